"""A matching rule tried before it is saved: whom it would find, and whom it would change."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from litestar import Response, get, post
from litestar.params import FromQuery, URLEncodedBody
from litestar.response import Redirect

from adapters.inbound.http.injection import Injected
from adapters.inbound.http.matching.matching_rules import (
    MatchingView,
    RuleForm,
    audience_of,
)
from adapters.inbound.http.matching.matching_words import FIELDS, reason
from adapters.inbound.http.pages import page, see_other
from adapters.inbound.http.visit import Visit
from application.errors import Invalid
from application.ports.runtime import Transact
from application.refusals import outcome_sentence
from application.use_cases.matching.matching_rules import checked_rule
from application.use_cases.matching.try_rule import (
    NO_ACCOUNT,
    NOT_TOLD,
    RuleTrialReport,
    TryRule,
    TryRuleCommand,
)
from domain.access import Right
from domain.identity import LocalField
from domain.launch import Audience

_TITLES = {Audience.USER: "Users (faculty and staff)", Audience.STUDENT: "Students"}
_UNREAD = {
    NOT_TOLD: "Accounts in Canvas do not show this parameter; only launches can try it.",
    NO_ACCOUNT: "No Canvas account is set for this site, so its users were not asked for.",
}


@dataclass(frozen=True, slots=True)
class TrialView:
    audience: Audience
    title: str
    report: RuleTrialReport
    fields: Mapping[LocalField, str]
    reason: Callable[[str], str]
    unread: Callable[[str], str]


@post("/settings/matching/try", right=Right.RUN_SYSTEM, sync_to_thread=True)
def try_rule_first(
    data: URLEncodedBody[RuleForm], visit: Injected[Visit], matching_view: Injected[MatchingView]
) -> Response[str] | Redirect:
    """Goes on to the trial; what cannot be a rule comes back with the form."""
    audience = audience_of(data)
    try:
        checked_rule(data.lti_param, data.local_field)
    except Invalid as wrong:
        model = matching_view.page(typed=data, wrong=wrong)
        return page(visit, "settings-matching.html", model, status=422)
    asked = {
        "audience": audience,
        "lti_param": data.lti_param.strip(),
        "local_field": data.local_field,
    }
    return see_other(visit, f"/settings/matching/trial?{urlencode(asked)}")


@get("/settings/matching/trial", right=Right.RUN_SYSTEM)
async def rule_trial(
    visit: Injected[Visit],
    try_rule: Injected[TryRule],
    transact: Injected[Transact],
    audience: FromQuery[str] = Audience.USER,
    lti_param: FromQuery[str] = "lis_person_sourcedid",
    local_field: FromQuery[str] = LocalField.TECH_ID,
) -> Response[str]:
    """Asks the sites for users; without any, the launches alone are tried. Raises Invalid."""
    whom = audience_of(RuleForm(audience))
    report = await try_rule(TryRuleCommand(whom, lti_param, local_field))
    view = TrialView(whom, _TITLES[whom], report, FIELDS, reason, _unread)
    return await transact(lambda: page(visit, "matching-trial.html", view))


def _unread(slug: str) -> str:
    return _UNREAD.get(slug) or outcome_sentence(slug)


ROUTES = (try_rule_first, rule_trial)
