"""Integrations > Mail: whether mail is set up, and a mail to oneself."""

from dataclasses import dataclass

from litestar import Response, get, post
from litestar.params import FromQuery
from litestar.response import Redirect

from adapters.inbound.http.injection import Injected
from adapters.inbound.http.pages import page, see_other
from adapters.inbound.http.visit import Visit
from application.errors import Invalid
from application.use_cases.settings.send_test_mail import SendTestMail
from domain.access import Right


@dataclass(frozen=True, slots=True)
class MailPage:
    is_set_up: bool
    address: str
    error: str
    notice: str


@get("/settings/mail", right=Right.RUN_SYSTEM, sync_to_thread=False)
def mail_settings(
    visit: Injected[Visit], send_test_mail: Injected[SendTestMail], done: FromQuery[str] = ""
) -> Response[str]:
    notice = "The mail server took it. Look into your mailbox." if done else ""
    return page(visit, "settings-mail.html", _page(visit, send_test_mail, "", notice))


@post("/settings/mail", right=Right.RUN_SYSTEM)
async def try_mail(
    visit: Injected[Visit], send_test_mail: Injected[SendTestMail]
) -> Response[str] | Redirect:
    try:
        await send_test_mail(visit.person_id, visit.person_id)
    except Invalid as wrong:
        model = _page(visit, send_test_mail, wrong.cure, "")
        return page(visit, "settings-mail.html", model, status=422)
    return see_other(visit, "/settings/mail?done=sent")


def _page(visit: Visit, mail: SendTestMail, error: str, notice: str) -> MailPage:
    return MailPage(mail.is_set_up, visit.person.email, error, notice)


ROUTES = (mail_settings, try_mail)
