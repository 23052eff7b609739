"""One person: facts, roles, enrolments, sessions, and the ways to sign in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect
from msgspec import Struct

from adapters.inbound.http.injection import Injected
from adapters.inbound.http.pages import page, see_other
from adapters.inbound.http.visit import House, Visit
from application.errors import Conflict, Invalid
from application.queries.org_register import ListOrgs, OrgLine
from application.queries.person_page import PersonView, ReadPerson
from application.use_cases.edit_person import EditPerson, EditPersonCommand
from application.use_cases.end_sessions import (
    EndSession,
    EndSessionCommand,
    SignOutEverywhere,
    SignOutEverywhereCommand,
)
from application.use_cases.passwords import (
    RemovePassword,
    RemovePasswordCommand,
    SetPassword,
    SetPasswordCommand,
)
from application.use_cases.role_grants import GrantRole, RevokeRole, RoleCommand
from application.use_cases.sign_in import NewSignInLink, NewSignInLinkCommand, SignInLink
from domain.access import Right, Role
from domain.ids import OrgId, PersonId

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


@get("/people/{person_id:str}", right=Right.RUN_SYSTEM, sync_to_thread=True)
def person(
    person_id: FromPath[str],
    visit: Injected[Visit],
    person_desk: Injected[PersonDesk],
    done: FromQuery[str] = "",
) -> Response[str]:
    return person_desk.shown(visit, person_id, done)


@post("/people/{person_id:str}", right=Right.RUN_SYSTEM, sync_to_thread=True)
def save_person(
    person_id: FromPath[str],
    data: URLEncodedBody[PersonForm],
    visit: Injected[Visit],
    edit_person: Injected[EditPerson],
    person_desk: Injected[PersonDesk],
) -> Response[str] | Redirect:
    command = EditPersonCommand(
        visit.person_id, PersonId(person_id), data.login, data.email, data.name,
        active=data.active == "yes",
    )  # fmt: skip
    try:
        edit_person(command)
    except Invalid as wrong:
        return person_desk.refused(visit, person_id, data, {wrong.field: wrong.cure})
    except Conflict as taken:
        return person_desk.refused(visit, person_id, data, {"active": str(taken)})
    return see_other(visit, f"/people/{person_id}?done=edited")


@post("/people/{person_id:str}/roles", right=Right.RUN_SYSTEM, sync_to_thread=True)
def grant_a_role(
    person_id: FromPath[str],
    data: URLEncodedBody[PersonForm],
    visit: Injected[Visit],
    grant_role: Injected[GrantRole],
    person_desk: Injected[PersonDesk],
) -> Response[str] | Redirect:
    try:
        grant_role(_role(visit, person_id, data))
    except Invalid as wrong:
        return person_desk.refused(visit, person_id, data, {wrong.field: wrong.cure})
    return see_other(visit, f"/people/{person_id}?done=granted")


@post("/people/{person_id:str}/roles/revoke", right=Right.RUN_SYSTEM, sync_to_thread=True)
def revoke_a_role(
    person_id: FromPath[str],
    data: URLEncodedBody[PersonForm],
    visit: Injected[Visit],
    revoke_role: Injected[RevokeRole],
    person_desk: Injected[PersonDesk],
) -> Response[str] | Redirect:
    try:
        revoke_role(_role(visit, person_id, data))
    except Invalid as wrong:
        return person_desk.refused(visit, person_id, PersonForm(), {"revoke": wrong.cure})
    return see_other(visit, f"/people/{person_id}?done=revoked")


@post(
    "/people/{person_id:str}/sign-in-link",
    right=Right.RUN_SYSTEM,
    sync_to_thread=True,
    status_code=200,
)
def show_sign_in_link(
    person_id: FromPath[str],
    visit: Injected[Visit],
    house: Injected[House],
    new_sign_in_link: Injected[NewSignInLink],
    read_person: Injected[ReadPerson],
    person_desk: Injected[PersonDesk],
) -> Response[str]:
    """Answers the page itself: a redirect would have to carry the link somewhere."""
    tech_id = read_person(PersonId(person_id)).person.tech_id
    link = new_sign_in_link(NewSignInLinkCommand(visit.person_id, tech_id))
    return person_desk.with_link(visit, person_id, link, house.url(link.path))


@post("/people/{person_id:str}/password", right=Right.RUN_SYSTEM, sync_to_thread=True)
def set_a_password(
    person_id: FromPath[str],
    data: URLEncodedBody[PersonForm],
    visit: Injected[Visit],
    set_password: Injected[SetPassword],
    person_desk: Injected[PersonDesk],
) -> Response[str] | Redirect:
    command = SetPasswordCommand(
        visit.person_id, PersonId(person_id), data.password, but=visit.session.id
    )
    try:
        set_password(command)
    except Invalid as wrong:
        return person_desk.refused(visit, person_id, PersonForm(), {wrong.field: wrong.cure})
    return see_other(visit, f"/people/{person_id}?done=password")


@post("/people/{person_id:str}/password/remove", right=Right.RUN_SYSTEM, sync_to_thread=True)
def remove_a_password(
    person_id: FromPath[str], visit: Injected[Visit], remove_password: Injected[RemovePassword]
) -> Redirect:
    remove_password(RemovePasswordCommand(visit.person_id, PersonId(person_id)))
    return see_other(visit, f"/people/{person_id}?done=no-password")


@post("/people/{person_id:str}/sessions/end", right=Right.RUN_SYSTEM, sync_to_thread=True)
def end_a_session(
    person_id: FromPath[str],
    data: URLEncodedBody[PersonForm],
    visit: Injected[Visit],
    end_session: Injected[EndSession],
) -> Redirect:
    end_session(EndSessionCommand(visit.person_id, PersonId(person_id), data.session))
    return see_other(visit, f"/people/{person_id}?done=ended")


@post("/people/{person_id:str}/sign-out", right=Right.RUN_SYSTEM, sync_to_thread=True)
def sign_out_a_person(
    person_id: FromPath[str],
    visit: Injected[Visit],
    sign_out_everywhere: Injected[SignOutEverywhere],
) -> Redirect:
    """The steward's own session stays, should it be the same person."""
    command = SignOutEverywhereCommand(visit.person_id, PersonId(person_id), visit.session.id)
    sign_out_everywhere(command)
    return see_other(visit, f"/people/{person_id}?done=signed-out")


def _role(visit: Visit, person_id: str, data: PersonForm) -> RoleCommand:
    if data.role not in set(Role):
        raise Invalid("role", "choose a role.")
    org_id = OrgId(data.org) if data.org else None
    return RoleCommand(visit.person_id, PersonId(person_id), Role(data.role), org_id)


ROUTES = (
    person,
    save_person,
    grant_a_role,
    revoke_a_role,
    show_sign_in_link,
    set_a_password,
    remove_a_password,
    end_a_session,
    sign_out_a_person,
)
