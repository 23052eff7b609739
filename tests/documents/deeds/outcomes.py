"""SLOs, scales, assessments as definitions, and outcomes in Canvas."""

from domain.access import Right
from tests.documents.deeds import AT_WORK, PAGE_ONLY, SET_UP, Deed, Not

RUN, SYNC, TEACH = Right.RUN_SYSTEM, Right.SYNC_OUTCOMES, Right.TEACH
FILES = Not("files on the server")
ONE = "/outcomes/runs/{run_id:str}"
DEEDS = (
    Deed("List SLOs", RUN, "slo list", FILES, SET_UP),
    Deed("Import SLOs", RUN, "slo import", FILES, SET_UP),
    Deed("Export SLOs", RUN, "slo export", FILES, SET_UP),
    Deed("List assessment scales", RUN, "scale list", FILES, SET_UP),
    Deed("Import assessments", RUN, "assessment import", FILES, SET_UP),
    Deed("List all assessments", RUN, "assessment list", FILES, SET_UP),
    Deed("See how CSLOs stand in Canvas", SYNC, "outcomes status", "GET /outcomes", SET_UP),
    Deed("Review a synchronisation", SYNC, "outcomes plan", "GET /outcomes/sync", SET_UP),
    Deed("Send CSLOs to Canvas", SYNC, "outcomes sync", "POST /outcomes/sync", SET_UP),
    Deed("See what was sent", SYNC, "outcomes runs", f"GET /outcomes/runs, GET {ONE}", SET_UP),
    Deed("Undo a synchronisation", SYNC, "outcomes undo", f"POST {ONE}/undo", SET_UP),
    Deed("Retry or stop a synchronisation", SYNC, Not("`jobs retry`, `jobs cancel`"),
         f"POST {ONE}/retry, POST {ONE}/stop", SET_UP),
    Deed("Send outcomes of an assessment to its course", TEACH, PAGE_ONLY,
         "GET /works/{work_id:str}/outcomes, POST /works/{work_id:str}/outcomes", AT_WORK),
)  # fmt: skip
