"""One person: facts and roles."""

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect

from adapters.inbound.http.injection import Injected
from adapters.inbound.http.pages import see_other
from adapters.inbound.http.people.person_desk import PersonDesk, PersonForm
from adapters.inbound.http.visit import Visit
from application.errors import Conflict, Invalid
from application.use_cases.people.edit_person import EditPerson, EditPersonCommand
from application.use_cases.people.role_grants import GrantRole, RevokeRole, RoleCommand
from domain.access import Right, Role
from domain.ids import OrgId, PersonId


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
)
