"""Every page of the product: its route, who opens it where, and the states worth a look."""

from dataclasses import dataclass

from tests.browser.furnished import DONE, EMPTY_WORK, RUNNING, WAITING
from tests.browser.furnished_imports import (
    APPLIED,
    FAILED,
    HELD,
    NOTHING,
    READ,
    READING,
    SCHEDULED,
    UNDONE,
    UNLINKED_WORK,
)
from tests.browser.furnished_matching import FORGOTTEN, TWINS, UNMATCHED
from tests.browser.furnished_outcomes import (
    CHEMISTRY,
    MOVING_RUN,
    SENT_RUN,
    STOPPED_RUN,
    WAITING_RUN,
    WORK_RUN,
)
from tests.browser.furnished_rubrics import BARE_COURSE, UNRATED
from tests.browser.page_acts import (
    Act,
    ask,
    choose_course,
    choose_for_the_lms,
    compare,
    import_of_nothing,
    open_list,
    open_shortcuts,
    press,
    put_rubric_on,
    submit_wrong,
)
from tests.browser.scoring_server import CRITERIA_WORK, WORK

NO_PAGES = {
    "/health/live": "for machines",
    "/health/ready": "for machines",
    "/metrics": "for machines",
    "/static/{asked:str}/{name:str}": "files",
    "/lti/config.xml": "XML for the LMS",
    "/authorise/state": "JSON for the page that waits",
    "/sends/{send_id:str}/state": "JSON for the page that polls",
    "/sends/{send_id:str}/events": "an event stream",
    "/outcomes/runs/{run_id:str}/state": "JSON for the page that polls",
    "/outcomes/runs/{run_id:str}/events": "an event stream",
    "/imports/{import_id:str}/state": "JSON for the page that polls",
    "/imports/{import_id:str}/events": "an event stream",
    "/audit/export": "a file",
    "/sign-in/canvas/{name:str}": "goes on to the LMS",
    "/integrations/canvas/callback": "goes on, or answers with the page of /authorise/done",
}
"""GET routes that show no page of their own, with the reason."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A page in one state; `act` brings it there once it is open."""

    route: str
    path: str
    who: str = "tess"
    state: str = "normal"
    act: Act | None = None

    @property
    def overlaid(self) -> bool:
        """Something stands before the page, which axe takes for a hidden background."""
        return self.state in {"dialog", "popover"}

    @property
    def name(self) -> str:
        return f"{self.path.partition('?')[0]} {self.state}"


RUBRIC, SCORECARD, SEND = (
    f"/works/{{work_id:str}}/{view}" for view in ("rubric", "scorecard", "send")
)
LMS_RUBRIC = "/works/{work_id:str}/lms-rubric"
REFLECTION, MY_WORK = "/works/{work_id:str}/reflection", "/works/{work_id:str}/mine"
SENT = "/sends/{send_id:str}"
ACCOUNTS = "/settings/canvas/{name:str}/accounts"
OUTCOMES, SYNC, RUN = "/outcomes", "/outcomes/sync", "/outcomes/runs/{run_id:str}"
OF_WORK = "/works/{work_id:str}/outcomes"
TRIAL, QUEUE = "/settings/matching/trial", "/matching/queue"
CASE = "/matching/queue/{case_id:str}"
BY_LOGIN = "lti_param=custom_canvas_user_login_id&local_field=login"
IMPORT_START, IMPORT = "/works/{work_id:str}/import", "/imports/{import_id:str}"

PAGES: tuple[Shown, ...] = (
    Shown("/start/{code:str}", "/start/used-before", "stranger", "error"),
    Shown("/window/{code:str}", "/window/a-code"),
    Shown("/sign-in", "/sign-in", "stranger"),
    Shown("/sign-in", "/sign-in?out=true", "stranger", "signed out"),
    Shown("/sign-in/link/{code:str}", "/sign-in/link/a-code", "stranger"),
    Shown("/", "/", "rita"),
    Shown("", "/nowhere", "tess", "not found"),
    Shown("", "/assessments", "stranger", "not signed in"),
    Shown("/settings/assessment", "/settings/assessment", "stew"),
    Shown("/settings/assessment", "/settings/assessment", "stew", "error",
          submit_wrong("Save", small_group="none")),
    Shown("/settings/lti", "/settings/lti", "stew"),
    Shown("/settings/lti", "/settings/lti", "stew", "dialog", ask("Revoke this key")),
    Shown("/settings/lti", "/settings/lti", "stew", "secret", press("Show Shared Secret")),
    Shown("/settings/canvas", "/settings/canvas", "stew"),
    Shown("/settings/canvas", "/settings/canvas", "stew", "error",
          submit_wrong("Save", name="x", url="nonsense")),
    Shown("/settings/canvas", "/settings/canvas?site=main", "stew", "known site"),
    Shown("/settings/canvas", "/settings/canvas?site=main", "stew", "dialog", ask("Revoke")),
    Shown(ACCOUNTS, "/settings/canvas/main/accounts", "stew"),
    Shown(ACCOUNTS, "/settings/canvas/main/accounts", "stew", "error",
          submit_wrong("Pair", account="999")),
    Shown("/settings/canvas/{name:str}/authorise", "/settings/canvas/main/authorise", "stew",
          "without script"),
    Shown("/settings/doctor", "/settings/doctor", "stew"),
    Shown("/audit", "/audit", "stew"),
    Shown("/audit", "/audit?to=nothing", "stew", "empty"),
    Shown("/audit", "/audit?who=nobody", "stew", "error"),
    Shown("/audit/verify", "/audit/verify", "stew"),
    Shown("/settings/matching", "/settings/matching", "stew"),
    Shown("/settings/matching", "/settings/matching", "stew", "error",
          submit_wrong("Save rule", lti_param="no such")),
    Shown(TRIAL, f"{TRIAL}?audience=student", "stew", "as now"),
    Shown(TRIAL, f"{TRIAL}?audience=student&{BY_LOGIN}", "stew"),
    Shown(TRIAL, f"{TRIAL}?lti_param=custom_badge", "stew", "empty"),
    Shown(QUEUE, QUEUE, "stew"),
    Shown(QUEUE, f"{QUEUE}?q=nothing+at+all", "stew", "empty"),
    Shown(CASE, f"{QUEUE}/{UNMATCHED}", "stew"),
    Shown(CASE, f"{QUEUE}/{UNMATCHED}?q=rita", "stew", "found"),
    Shown(CASE, f"{QUEUE}/{UNMATCHED}", "stew", "error", submit_wrong("Dismiss", reason=" ")),
    Shown(CASE, f"{QUEUE}/{FORGOTTEN}?q=nobody+at+all", "stew", "nothing kept"),
    Shown(CASE, f"{QUEUE}/{TWINS}", "stew", "duplicate"),
    Shown(CASE, f"{QUEUE}/{TWINS}", "stew", "dialog", ask("Merge")),
    Shown("/matching/queue/decisions", "/matching/queue/decisions", "stew"),
    Shown("/matching/queue/decisions", "/matching/queue/decisions", "stew", "dialog", ask("Undo")),
    Shown("/launches", "/launches", "stew"),
    Shown("/launches", "/launches", "stew", "error", submit_wrong("Decide", tech_id="nobody")),
    Shown("/authorise", "/authorise", "tom"),
    Shown("/authorise", "/authorise", "tess", "stands"),
    Shown("/authorise", "/authorise", "tess", "dialog", ask("Revoke")),
    Shown("/authorise", "/authorise", "nora", "empty"),
    Shown("/authorise/done", "/authorise/done"),
    Shown("/assessments", "/assessments"),
    Shown("/assessments", "/assessments?term=none", "tess", "empty"),
    Shown("/assessments", "/assessments?choose=one", "tess", "error"),
    Shown("", "/assessments", "selecting", "chosen for the LMS", choose_for_the_lms),
    Shown("/assessments/new", "/assessments/new"),
    Shown("/assessments/new", "/assessments/new", "tess", "error", submit_wrong("Add Assessment")),
    Shown("/assessments/find", "/assessments/find"),
    Shown("/assessments/find", "/assessments/find?q=nothing", "tess", "empty"),
    Shown("/links", "/links"),
    Shown("/links", "/links", "tess", "dialog", ask("Unlink")),
    Shown("/links", "/links?said=changed", "sol", "forbidden"),
    Shown(RUBRIC, f"/works/{WORK}/rubric"),
    Shown(RUBRIC, f"/works/{CRITERIA_WORK}/rubric", "tess", "criteria"),
    Shown(RUBRIC, f"/works/{EMPTY_WORK}/rubric", "nora", "empty"),
    Shown(RUBRIC, f"/works/{WORK}/rubric", "tess", "error", submit_wrong("Save", own="much")),
    Shown(SCORECARD, f"/works/{WORK}/scorecard"),
    Shown(SCORECARD, f"/works/{WORK}/scorecard", "tess", "popover", open_list),
    Shown(SCORECARD, f"/works/{WORK}/scorecard", "tess", "dialog", open_shortcuts),
    Shown(SCORECARD, f"/works/{EMPTY_WORK}/scorecard", "nora", "empty"),
    Shown(REFLECTION, f"/works/{WORK}/reflection"),
    Shown(SEND, f"/works/{WORK}/send"),
    Shown(SEND, f"/works/{WORK}/send", "tom", "unauthorised"),
    Shown(SEND, f"/works/{EMPTY_WORK}/send", "nora", "empty"),
    Shown(LMS_RUBRIC, f"/works/{WORK}/lms-rubric"),
    Shown(LMS_RUBRIC, f"/works/{WORK}/lms-rubric", "tom", "unauthorised"),
    Shown(LMS_RUBRIC, f"/works/{WORK}/lms-rubric", "tess", "outcomes missing",
          choose_course(BARE_COURSE)),
    Shown(LMS_RUBRIC, f"/works/{CRITERIA_WORK}/lms-rubric", "tess", "empty",
          choose_course(BARE_COURSE)),
    Shown(LMS_RUBRIC, f"/works/{CRITERIA_WORK}/lms-rubric", "tess", "error",
          put_rubric_on(UNRATED)),
    Shown(LMS_RUBRIC, f"/works/{CRITERIA_WORK}/lms-rubric", "tess", "placed",
          put_rubric_on("Reflection on the field trip")),
    Shown(OF_WORK, f"/works/{WORK}/outcomes", "tess", "all there"),
    Shown(OF_WORK, f"/works/{WORK}/outcomes", "tess", "to send", choose_course(BARE_COURSE)),
    Shown(OF_WORK, f"/works/{WORK}/outcomes", "tom", "unauthorised"),
    Shown(OUTCOMES, OUTCOMES, "stew"),
    Shown(OUTCOMES, OUTCOMES, "stew", "compared", compare),
    Shown(OUTCOMES, OUTCOMES, "tess", "faculty"),
    Shown(OUTCOMES, f"{OUTCOMES}?state=changed+on+both+sides", "cora", "empty"),
    Shown(OUTCOMES, OUTCOMES, "evan", "no courses"),
    Shown(SYNC, SYNC, "stew"),
    Shown(SYNC, SYNC, "cora", "compared", compare),
    Shown(SYNC, f"{SYNC}?course={CHEMISTRY}", "stew", "nothing to do"),
    Shown(SYNC, f"{SYNC}?account=999", "stew", "unread"),
    Shown(SYNC, SYNC, "stew", "error", press("Send Outcomes")),
    Shown("/outcomes/runs", "/outcomes/runs", "stew"),
    Shown("/outcomes/runs", "/outcomes/runs", "cora", "empty"),
    Shown(RUN, f"/outcomes/runs/{SENT_RUN}", "stew", "done with failures"),
    Shown(RUN, f"/outcomes/runs/{WORK_RUN}", "tess", "dialog", ask("Undo")),
    Shown(RUN, f"/outcomes/runs/{MOVING_RUN}", "stew", "running"),
    Shown(RUN, f"/outcomes/runs/{WAITING_RUN}", "stew", "waiting"),
    Shown(RUN, f"/outcomes/runs/{STOPPED_RUN}", "stew", "stopped"),
    Shown(RUN, f"/outcomes/runs/{WORK_RUN}", "tess", "of an assessment"),
    Shown(SENT, f"/sends/{DONE}", "tess", "done with failures"),
    Shown(SENT, f"/sends/{RUNNING}", "tess", "running"),
    Shown(SENT, f"/sends/{WAITING}", "tess", "waiting"),
    Shown(IMPORT_START, f"/works/{WORK}/import"),
    Shown(IMPORT_START, f"/works/{WORK}/import", "tom", "unauthorised"),
    Shown(IMPORT_START, f"/works/{UNLINKED_WORK}/import", "tess", "no course chosen"),
    Shown(IMPORT, f"/imports/{READ}", "tess", "preview"),
    Shown(IMPORT, f"/imports/{READ}", "tess", "preview unfolded", compare),
    Shown(IMPORT, f"/imports/{READ}?policy=latest", "tess", "none chosen"),
    Shown(IMPORT, f"/imports/{READ}", "tess", "error", import_of_nothing),
    Shown(IMPORT, f"/imports/{NOTHING}", "tess", "no rubric"),
    Shown(IMPORT, f"/imports/{READING}", "tess", "reading"),
    Shown(IMPORT, f"/imports/{HELD}", "tess", "waiting"),
    Shown(IMPORT, f"/imports/{FAILED}", "tess", "failed"),
    Shown(IMPORT, f"/imports/{APPLIED}", "tess", "imported"),
    Shown(IMPORT, f"/imports/{APPLIED}", "tess", "dialog", ask("Undo this import")),
    Shown(IMPORT, f"/imports/{SCHEDULED}", "tess", "imported by schedule"),
    Shown(IMPORT, f"/imports/{UNDONE}", "tess", "undone"),
    Shown("/mine", "/mine", "s000"),
    Shown("/mine", "/mine", "sol", "empty"),
    Shown(MY_WORK, f"/works/{WORK}/mine", "s000", "not released"),
    Shown(MY_WORK, f"/works/{CRITERIA_WORK}/mine", "s000", "released"),
    Shown("/authorise/window/{site_id:str}", "/authorise/window/site-main", "tess",
          "without script"),
)  # fmt: skip
