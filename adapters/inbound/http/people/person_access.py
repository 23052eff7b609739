"""How a person signs in: the link, the password, sessions that end."""

from litestar import Response, post
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect

from adapters.inbound.http.injection import Injected
from adapters.inbound.http.pages import see_other
from adapters.inbound.http.people.person_desk import PersonDesk, PersonForm
from adapters.inbound.http.visit import House, Visit
from application.errors import Invalid
from application.queries.people.person_page import ReadPerson
from application.use_cases.access.end_sessions import (
    EndSession,
    EndSessionCommand,
    SignOutEverywhere,
    SignOutEverywhereCommand,
)
from application.use_cases.access.passwords import (
    RemovePassword,
    RemovePasswordCommand,
    SetPassword,
    SetPasswordCommand,
)
from application.use_cases.access.sign_in import NewSignInLink, NewSignInLinkCommand
from domain.access import Right
from domain.ids import PersonId


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


ROUTES = (
    show_sign_in_link,
    set_a_password,
    remove_a_password,
    end_a_session,
    sign_out_a_person,
)
