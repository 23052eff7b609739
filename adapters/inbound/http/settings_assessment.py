"""System Settings > Assessment: the switch *Enable LTI functionality*."""

from dataclasses import dataclass

from litestar import Response, get, post
from litestar.params import FromQuery, URLEncodedBody
from litestar.response import Redirect
from msgspec import Struct

from adapters.inbound.http.injection import Injected
from adapters.inbound.http.pages import page, see_other
from adapters.inbound.http.visit import Visit
from application.use_cases.lti_switch import ReadLtiSwitch, SetLtiSwitch, SetLtiSwitchCommand
from domain.access import Right


class LtiSwitchForm(Struct, frozen=True):
    """A checkbox sends its value or nothing."""

    enabled: str = ""
    csrf: str = ""


@dataclass(frozen=True, slots=True)
class AssessmentSettingsPage:
    lti_enabled: bool
    notice: str


@get("/settings/assessment", right=Right.RUN_SYSTEM, sync_to_thread=True)
def assessment_settings(
    visit: Injected[Visit], read_lti_switch: Injected[ReadLtiSwitch], done: FromQuery[str] = ""
) -> Response[str]:
    notice = "Saved. It takes effect with the next launch." if done else ""
    model = AssessmentSettingsPage(read_lti_switch(), notice)
    return page(visit, "settings-assessment.html", model)


@post("/settings/assessment", right=Right.RUN_SYSTEM, sync_to_thread=True)
def save_assessment_settings(
    data: URLEncodedBody[LtiSwitchForm],
    visit: Injected[Visit],
    set_lti_switch: Injected[SetLtiSwitch],
) -> Redirect:
    set_lti_switch(SetLtiSwitchCommand(visit.person_id, enabled=bool(data.enabled)))
    return see_other(visit, "/settings/assessment?done=saved")
