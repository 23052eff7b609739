"""The page of a person: what it shows, and what its forms send."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from litestar import Response
from msgspec import Struct

from adapters.inbound.http.pages import page
from adapters.inbound.http.visit import Visit
from application.queries.people.person_page import PersonView, ReadPerson
from application.queries.rosters.org_register import ListOrgs, OrgLine
from application.use_cases.access.sign_in import SignInLink
from domain.ids import PersonId

NOTICES = {
    "made": "The person is made. Show a sign-in link, or let the person come from Canvas.",
    "granted": "The role is granted, also to sessions that are open.",
    "revoked": "The role is revoked, also in sessions that were open.",
    "edited": "Saved.",
    "password": "The password is set. The person's other sessions have ended.",
    "no-password": "The password is removed.",
    "ended": "The session has ended.",
    "signed-out": "The person is signed out everywhere.",
}


class PersonForm(Struct, frozen=True):
    """One of the page's forms; each uses its own fields."""

    login: str = ""
    email: str = ""
    name: str = ""
    active: str = ""
    role: str = ""
    org: str = ""
    password: str = ""
    session: str = ""
    csrf: str = ""


@dataclass(frozen=True, slots=True)
class PersonModel:
    view: PersonView
    orgs: Sequence[OrgLine]
    notice: str = ""
    link: SignInLink | None = None
    typed: PersonForm = field(default_factory=PersonForm)
    errors: Mapping[str, str] = field(default_factory=dict)
    url: str = ""
    """The sign-in link in full, shown once."""


@dataclass(frozen=True, slots=True)
class PersonDesk:
    """What the page shows besides the outcome of a form."""

    read_person: ReadPerson
    list_orgs: ListOrgs

    def shown(self, visit: Visit, person_id: str, done: str = "") -> Response[str]:
        return page(visit, "person.html", self._model(visit, person_id, NOTICES.get(done, "")))

    def refused(
        self, visit: Visit, person_id: str, typed: PersonForm, errors: Mapping[str, str]
    ) -> Response[str]:
        model = self._model(visit, person_id, "", typed=typed, errors=errors)
        return page(visit, "person.html", model, status=422)

    def with_link(self, visit: Visit, person_id: str, link: SignInLink, url: str) -> Response[str]:
        return page(visit, "person.html", self._model(visit, person_id, "", link=link, url=url))

    def _model(
        self,
        visit: Visit,
        person_id: str,
        notice: str,
        *,
        typed: PersonForm | None = None,
        errors: Mapping[str, str] | None = None,
        link: SignInLink | None = None,
        url: str = "",
    ) -> PersonModel:
        view = self.read_person(PersonId(person_id), visit.session.id)
        asked = typed or PersonForm()
        return PersonModel(view, self.list_orgs(), notice, link, asked, errors or {}, url)
