"""One's own account: roles, sessions and the local password."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from litestar import Response, get, post
from litestar.params import FromQuery, URLEncodedBody
from litestar.response import Redirect
from msgspec import Struct

from adapters.inbound.http.injection import Injected
from adapters.inbound.http.limits import FailureLimit
from adapters.inbound.http.pages import page, see_other
from adapters.inbound.http.visit import Visit
from application.errors import Invalid
from application.queries.people.person_page import PersonView, ReadPerson
from application.use_cases.access.end_sessions import (
    EndSession,
    EndSessionCommand,
    SignOutEverywhere,
    SignOutEverywhereCommand,
)
from application.use_cases.access.passwords import ChangeOwnPassword, ChangeOwnPasswordCommand
from domain.access import Right

_NOTICES = {
    "ended": "The session has ended.",
    "signed-out": "Your other sessions have ended.",
    "password": "Your password is changed, and your other sessions have ended.",
}


class AccountForm(Struct, frozen=True):
    present: str = ""
    password: str = ""
    again: str = ""
    session: str = ""
    csrf: str = ""


@dataclass(frozen=True, slots=True)
class AccountModel:
    view: PersonView
    notice: str = ""
    errors: Mapping[str, str] = field(default_factory=dict)


@get("/account", right=Right.SIGNED_IN, sync_to_thread=True)
def account(
    visit: Injected[Visit], read_person: Injected[ReadPerson], done: FromQuery[str] = ""
) -> Response[str]:
    view = read_person(visit.person_id, visit.session.id)
    return page(visit, "account.html", AccountModel(view, _NOTICES.get(done, "")))


@post("/account/sessions/end", right=Right.SIGNED_IN, sync_to_thread=True)
def end_own_session(
    data: URLEncodedBody[AccountForm], visit: Injected[Visit], end_session: Injected[EndSession]
) -> Redirect:
    end_session(EndSessionCommand(visit.person_id, visit.person_id, data.session))
    return see_other(visit, "/account?done=ended")


@post("/account/sign-out", right=Right.SIGNED_IN, sync_to_thread=True)
def sign_out_elsewhere(
    visit: Injected[Visit], sign_out_everywhere: Injected[SignOutEverywhere]
) -> Redirect:
    me = visit.person_id
    sign_out_everywhere(SignOutEverywhereCommand(me, me, but=visit.session.id))
    return see_other(visit, "/account?done=signed-out")


@post("/account/password", right=Right.SIGNED_IN, sync_to_thread=True)
def change_password(
    data: URLEncodedBody[AccountForm],
    visit: Injected[Visit],
    change_own_password: Injected[ChangeOwnPassword],
    read_person: Injected[ReadPerson],
    password_failures: Injected[FailureLimit],
) -> Response[str] | Redirect:
    """Whoever finds an open session must not guess the password there."""
    password_failures.check(visit.person_id)
    errors = {} if data.password == data.again else {"again": "this is not the same."}
    if not errors:
        errors = _changed(visit, data, change_own_password, password_failures)
    if errors:
        view = read_person(visit.person_id, visit.session.id)
        return page(visit, "account.html", AccountModel(view, "", errors), status=422)
    return see_other(visit, "/account?done=password")


def _changed(
    visit: Visit, data: AccountForm, change: ChangeOwnPassword, failures: FailureLimit
) -> dict[str, str]:
    """What was wrong, by field; empty when the password is changed."""
    me, here = visit.person_id, visit.session.id
    try:
        change(ChangeOwnPasswordCommand(me, here, data.present, data.password))
    except Invalid as wrong:
        if wrong.field == "present":
            failures.failed(me)
        return {wrong.field: wrong.cure}
    return {}


ROUTES = (account, end_own_session, sign_out_elsewhere, change_password)
