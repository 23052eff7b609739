"""System Settings > Assessment: the switch *Enable LTI functionality*, rounding, words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from litestar import Response, get, post
from litestar.params import FromQuery, URLEncodedBody
from litestar.response import Redirect

from adapters.inbound.http.form_fields import FormBody, FormFields
from adapters.inbound.http.injection import Injected
from adapters.inbound.http.pages import page, see_other
from adapters.inbound.http.visit import Visit
from application.college_rules import WORDS, CollegeRules, Word
from application.errors import Invalid
from application.queries.slos.scale_list import ScaleList, ScaleListView
from application.use_cases.lms.lti_switch import ReadLtiSwitch, SetLtiSwitch, SetLtiSwitchCommand
from application.use_cases.settings.college_settings import (
    ReadCollegeRules,
    SaveCollegeRules,
    SaveCollegeRulesCommand,
)
from domain.access import Right
from domain.college_time import known_zones


@dataclass(frozen=True, slots=True)
class AssessmentSettingsPage:
    """`typed` is by field: decimals, small_group, time_zone, the college's `one` and `many`."""

    lti_enabled: bool
    words: Sequence[Word]
    typed: Mapping[str, str]
    errors: Mapping[str, str]
    notice: str
    threshold: str
    """The name of the lowest mastery level that meets an SLO; empty before there is one."""

    @property
    def zones(self) -> Sequence[tuple[str, str]]:
        """To choose from; the one that is set is among them, whatever its name."""
        names = known_zones()
        own = self.typed.get("time_zone", "")
        return [(one, one.replace("_", " ")) for one in ([] if own in names else [own]) + names]


@get("/settings/assessment", right=Right.RUN_SYSTEM, sync_to_thread=True)
def assessment_settings(
    visit: Injected[Visit],
    read_lti_switch: Injected[ReadLtiSwitch],
    read_college_rules: Injected[ReadCollegeRules],
    scale_list: Injected[ScaleList],
    done: FromQuery[str] = "",
) -> Response[str]:
    notice = {
        "switched": "Saved. It takes effect with the next launch.",
        "saved": "Saved. All pages follow within ten seconds.",
    }.get(done, "")
    typed = _written(read_college_rules())
    model = AssessmentSettingsPage(
        read_lti_switch(), WORDS, typed, {}, notice, _threshold(scale_list())
    )
    return page(visit, "settings-assessment.html", model)


@post("/settings/assessment/lti", right=Right.RUN_SYSTEM, sync_to_thread=True)
def switch_lti(
    data: URLEncodedBody[FormBody],
    visit: Injected[Visit],
    set_lti_switch: Injected[SetLtiSwitch],
) -> Redirect:
    """A checkbox sends its value or nothing."""
    enabled = bool(FormFields(data).text("enabled"))
    set_lti_switch(SetLtiSwitchCommand(visit.person_id, enabled=enabled))
    return see_other(visit, "/settings/assessment?done=switched")


@post("/settings/assessment", right=Right.RUN_SYSTEM, sync_to_thread=True)
def save_assessment_settings(
    data: URLEncodedBody[FormBody],
    visit: Injected[Visit],
    read_lti_switch: Injected[ReadLtiSwitch],
    save_college_rules: Injected[SaveCollegeRules],
    scale_list: Injected[ScaleList],
) -> Response[str] | Redirect:
    fields = FormFields(data)
    words = {w.key: (fields.text(f"{w.key}-one"), fields.text(f"{w.key}-many")) for w in WORDS}
    try:
        save_college_rules(
            SaveCollegeRulesCommand(
                visit.person_id,
                fields.text("decimals"),
                fields.text("small_group"),
                words,
                fields.text("time_zone"),
            )
        )
    except Invalid as wrong:
        typed = {name: fields.text(name) for name in (*_written(CollegeRules()), *data)}
        errors = {wrong.field: wrong.cure}
        model = AssessmentSettingsPage(
            read_lti_switch(), WORDS, typed, errors, "", _threshold(scale_list())
        )
        return page(visit, "settings-assessment.html", model, status=422)
    return see_other(visit, "/settings/assessment?done=saved")


def _threshold(scales: ScaleListView) -> str:
    return next((one.level.name for one in scales.mastery if one.level.met), "")


def _written(rules: CollegeRules) -> dict[str, str]:
    own = {f"{key}-{which}": getattr(word, which) for key, word in rules.words.items()
           for which in ("one", "many")}  # fmt: skip
    return {
        "decimals": str(rules.decimals),
        "small_group": str(rules.small_group),
        "time_zone": rules.time.zone,
        **own,
    }


ROUTES = (assessment_settings, save_assessment_settings, switch_lti)
