"""User and student matching: which launch value is compared with which of our fields."""

from collections.abc import Sequence
from dataclasses import dataclass

from litestar import Response, get, post
from litestar.params import FromQuery, URLEncodedBody
from litestar.response import Redirect
from msgspec import Struct

from adapters.inbound.http.access.launch_outcomes import outcome
from adapters.inbound.http.injection import Injected
from adapters.inbound.http.pages import page, see_other
from adapters.inbound.http.visit import Visit
from application.errors import Invalid
from application.use_cases.matching.matching_queue import ReadLaunchLog
from application.use_cases.matching.matching_rules import (
    ReadMatchingRules,
    SaveMatchingRule,
    SaveMatchingRuleCommand,
)
from domain.access import Right
from domain.identity import LaunchRecord, MatchingRule
from domain.launch import Audience

_SAMPLE = 10
_USUAL_PARAMS = (
    "lis_person_sourcedid",
    "custom_canvas_user_login_id",
    "custom_canvas_user_id",
    "lis_person_contact_email_primary",
)


class RuleForm(Struct, frozen=True):
    audience: str = ""
    lti_param: str = ""
    local_field: str = ""
    csrf: str = ""


@dataclass(frozen=True, slots=True)
class RuleShown:
    audience: Audience
    title: str
    lti_param: str
    local_field: str
    errors: dict[str, str]


@dataclass(frozen=True, slots=True)
class MatchingPage:
    rules: Sequence[RuleShown]
    usual_params: Sequence[str]
    sample: Sequence[tuple[LaunchRecord, str]]
    notice: str


@dataclass(frozen=True, slots=True)
class MatchingView:
    read_matching_rules: ReadMatchingRules
    read_launch_log: ReadLaunchLog

    def page(
        self, notice: str = "", typed: RuleForm | None = None, wrong: Invalid | None = None
    ) -> MatchingPage:
        rules = self.read_matching_rules()
        shown = [
            RuleShown(Audience.USER, "Users (faculty and staff)", *_texts(rules.user), {}),
            RuleShown(Audience.STUDENT, "Students", *_texts(rules.student), {}),
        ]
        if typed and wrong:
            shown = [_retyped(rule, typed, wrong) for rule in shown]
        recent = self.read_launch_log(_SAMPLE).recent
        sample = [(record, outcome(record)) for record in recent]
        return MatchingPage(shown, _USUAL_PARAMS, sample, notice)


def provide_matching_view(
    read_matching_rules: Injected[ReadMatchingRules], read_launch_log: Injected[ReadLaunchLog]
) -> MatchingView:
    return MatchingView(read_matching_rules, read_launch_log)


@get("/settings/matching", right=Right.RUN_SYSTEM, sync_to_thread=True)
def matching_settings(
    visit: Injected[Visit], matching_view: Injected[MatchingView], done: FromQuery[str] = ""
) -> Response[str]:
    notice = "Saved. The rule takes effect with the next launch." if done else ""
    return page(visit, "settings-matching.html", matching_view.page(notice))


@post("/settings/matching", right=Right.RUN_SYSTEM, sync_to_thread=True)
def save_rule(
    data: URLEncodedBody[RuleForm],
    visit: Injected[Visit],
    save_matching_rule: Injected[SaveMatchingRule],
    matching_view: Injected[MatchingView],
) -> Response[str] | Redirect:
    audience = audience_of(data)
    try:
        save_matching_rule(
            SaveMatchingRuleCommand(visit.person_id, audience, data.lti_param, data.local_field)
        )
    except Invalid as wrong:
        model = matching_view.page(typed=data, wrong=wrong)
        return page(visit, "settings-matching.html", model, status=422)
    return see_other(visit, "/settings/matching?done=saved")


def audience_of(data: RuleForm) -> Audience:
    """Raises Invalid."""
    if data.audience not in set(Audience):
        raise Invalid("audience", "choose users or students.")
    return Audience(data.audience)


def _texts(rule: MatchingRule) -> tuple[str, str]:
    return rule.lti_param, rule.local_field


def _retyped(rule: RuleShown, typed: RuleForm, wrong: Invalid) -> RuleShown:
    if rule.audience != typed.audience:
        return rule
    errors = {wrong.field: wrong.cure}
    return RuleShown(rule.audience, rule.title, typed.lti_param, typed.local_field, errors)


ROUTES = (matching_settings, save_rule)
