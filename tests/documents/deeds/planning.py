"""The assessment library, plans, the calendar."""

from domain.access import Right
from tests.documents.deeds import SET_UP, Deed, Not

KEEP, TEACH, SYNC = Right.KEEP_OUTCOMES, Right.TEACH, Right.SYNC_OUTCOMES
ITEM, WORK = "/library/{assessment_id:str}", "/works/{work_id:str}"
DEEDS = (
    Deed("See the library", KEEP, "assessment list", "GET /library", "GET /api/v1/assessments"),
    Deed("See one assessment", KEEP, "assessment show", f"GET {ITEM}",
         "GET /api/v1/assessments/{assessment_id:str}"),
    Deed("Define an assessment", KEEP, "assessment import",
         "GET /library/new, POST /library/new", "POST /api/v1/assessments"),
    Deed("Change an assessment", KEEP, Not("`assessment import` again"),
         f"GET {ITEM}/edit, POST {ITEM}/edit", "PUT /api/v1/assessments/{assessment_id:str}"),
    Deed("Export assessments", KEEP, "assessment export", Not("for scripts and terminals"),
         SET_UP),
    Deed("Copy an assessment", KEEP, "assessment copy", f"POST {ITEM}/copy", SET_UP),
    Deed("Retire or restore an assessment", KEEP, "assessment retire",
         f"POST {ITEM}/retire, POST {ITEM}/restore", SET_UP),
    Deed("Plan an assessment to sections", KEEP, "assessment plan",
         f"GET {ITEM}/plan, POST {ITEM}/plan", SET_UP),
    Deed("Take a plan back", KEEP, "assessment unplan", "POST /plans/{plan_id:str}/undo", SET_UP),
    Deed("Carry a term's plans forward", KEEP, "assessment carry",
         "GET /library/carry, POST /library/carry", SET_UP),
    Deed("Give plans to sections that came later", KEEP, "assessment follow",
         "POST /library/follow", SET_UP),
    Deed("See where assessments stand", KEEP, "calendar", "GET /calendar, GET /calendar/export",
         SET_UP),
    Deed("Remind people by mail", KEEP, "calendar remind, calendar reminded",
         "GET /calendar/remind, POST /calendar/remind, GET /reminders/{round_id:str}", SET_UP),
    Deed("Close work as not assessed, or reopen it", KEEP, "calendar close, calendar reopen",
         "POST /calendar/close, POST /calendar/reopen", SET_UP),
    Deed("Close, reopen or remove work of one's own section", TEACH, "assessment remove",
         f"GET {WORK}/state, POST {WORK}/close, POST {WORK}/reopen, POST {WORK}/remove", SET_UP),
    Deed("Decide links of copied Canvas courses", SYNC, "links offers, links decide",
         "GET /links/offers, POST /links/offers", SET_UP),
)  # fmt: skip
