"""The register of people, and people who are made by hand."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from litestar import Response, get, post
from litestar.params import FromQuery, URLEncodedBody
from litestar.response import Redirect
from msgspec import Struct

from adapters.inbound.http.injection import Injected
from adapters.inbound.http.pages import page, see_other
from adapters.inbound.http.paging import Pager
from adapters.inbound.http.visit import Visit
from application.errors import Conflict, Invalid
from application.paging import ListPage
from application.ports.people_repositories import Standing
from application.queries.people.people_register import PeopleFilter, PeopleRegister, PersonLine
from application.queries.rosters.org_register import ListOrgs, OrgLine
from application.use_cases.people.new_people import NewPerson, NewPersonCommand
from domain.access import Right, Role
from domain.ids import OrgId


@dataclass(frozen=True, slots=True)
class PeopleModel:
    found: ListPage[PersonLine]
    filter: PeopleFilter
    orgs: Sequence[OrgLine]
    pager: Pager
    standings: Sequence[Standing] = tuple(Standing)

    @property
    def is_filtered(self) -> bool:
        return self.filter != PeopleFilter(page=self.filter.page)


@get("/people", right=Right.RUN_SYSTEM, sync_to_thread=True)
def people(
    visit: Injected[Visit],
    people_register: Injected[PeopleRegister],
    list_orgs: Injected[ListOrgs],
    q: FromQuery[str] = "",
    role: FromQuery[str] = "",
    org: FromQuery[str] = "",
    standing: FromQuery[str] = "",
    page_number: FromQuery[int] = 1,
) -> Response[str]:
    wanted = PeopleFilter(
        q.strip(),
        Role(role) if role in set(Role) else None,
        OrgId(org) if org else None,
        Standing(standing) if standing in set(Standing) else Standing.ACTIVE,
        page_number,
    )
    found = people_register(wanted)
    named = {"q": wanted.text, "role": role, "org": org, "standing": standing}
    query = urlencode({name: value for name, value in named.items() if value})
    pager = Pager("/people", query, found.page, found.pages)
    return page(visit, "people.html", PeopleModel(found, wanted, list_orgs(), pager))


class NewPersonForm(Struct, frozen=True):
    tech_id: str = ""
    login: str = ""
    email: str = ""
    name: str = ""
    role: str = ""
    org: str = ""
    csrf: str = ""


@dataclass(frozen=True, slots=True)
class NewPersonModel:
    orgs: Sequence[OrgLine]
    typed: NewPersonForm = field(default_factory=NewPersonForm)
    errors: dict[str, str] = field(default_factory=dict)


@get("/people/new", right=Right.RUN_SYSTEM, sync_to_thread=True)
def new_person_form(visit: Injected[Visit], list_orgs: Injected[ListOrgs]) -> Response[str]:
    return page(visit, "person-new.html", NewPersonModel(list_orgs()))


@post("/people/new", right=Right.RUN_SYSTEM, sync_to_thread=True)
def make_person(
    data: URLEncodedBody[NewPersonForm],
    visit: Injected[Visit],
    new_person: Injected[NewPerson],
    list_orgs: Injected[ListOrgs],
) -> Response[str] | Redirect:
    try:
        made = new_person(_command(visit, data))
    except Invalid as wrong:
        # A use case speaks of `tech-id` as the command line does.
        errors = {wrong.field.replace("-", "_"): wrong.cure}
    except Conflict as taken:
        errors = {"tech_id": str(taken)}
    else:
        said = "made" if made.made else "granted"
        return see_other(visit, f"/people/{made.person_id}?done={said}")
    model = NewPersonModel(list_orgs(), data, errors)
    return page(visit, "person-new.html", model, status=422)


def _command(visit: Visit, data: NewPersonForm) -> NewPersonCommand:
    if data.role not in set(Role):
        raise Invalid("role", "choose a role.")
    return NewPersonCommand(
        visit.person_id,
        data.tech_id,
        Role(data.role),
        data.login or None,
        data.email or None,
        data.name or None,
        data.org or None,
    )


ROUTES = (people, new_person_form, make_person)
