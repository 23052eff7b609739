"""SLOs, scales, and outcomes in Canvas."""

from domain.access import Right
from tests.documents.deeds import AT_WORK, SET_UP, Deed, Not

RUN, SYNC, TEACH = Right.RUN_SYSTEM, Right.SYNC_OUTCOMES, Right.TEACH
KEEP = Right.KEEP_OUTCOMES
SLO, SCALE = "/slos/{slo_id:str}", "/scales/{scale_id:str}"
ONE = "/outcomes/runs/{run_id:str}"
DEEDS = (
    Deed("List SLOs", KEEP, "slo list", "GET /slos", "GET /api/v1/slos"),
    Deed("See one SLO", KEEP, "slo show", f"GET {SLO}", "GET /api/v1/slos/{slo_id:str}"),
    Deed("Make an SLO", KEEP, "slo new", "GET /slos/new, POST /slos/new", "POST /api/v1/slos"),
    Deed("Correct an SLO or change its wording", KEEP, "slo edit",
         f"POST {SLO}, POST {SLO}/descriptors", "PUT /api/v1/slos/{slo_id:str}"),
    Deed("Retire or reinstate an SLO", KEEP, "slo retire, slo reinstate", f"POST {SLO}/state",
         Not("`PUT /api/v1/slos/{slo_id}` with the state")),
    Deed("Map SLOs to higher ones", KEEP, "slo map, slo unmap",
         f"GET /slos/map, POST /slos/map, POST {SLO}/mappings", SET_UP),
    Deed("Set a target", KEEP, "slo target",
         f"POST {SLO}/target, GET /slos/targets, POST /slos/targets", SET_UP),
    Deed("Import SLOs", KEEP, "slo import",
         "GET /slos/import, POST /slos/import, GET /slos/import/done", SET_UP),
    Deed("Export SLOs", KEEP, "slo export", "GET /slos/export", SET_UP),
    Deed("List assessment scales", KEEP, "scale list",
         "GET /scales", "GET /api/v1/scales, GET /api/v1/scales/{scale_id:str}"),
    Deed("Make or change a scale", RUN, "scale new, scale edit, scale show",
         f"GET /scales/new, POST /scales/new, GET {SCALE}, POST {SCALE}", SET_UP),
    Deed("Choose the default scale", RUN, "scale default", "POST /scales/default", SET_UP),
    Deed("Set mastery levels and the threshold", RUN, "scale mastery", "POST /scales/mastery",
         SET_UP),
    Deed("See how CSLOs stand in Canvas", SYNC, "outcomes status", "GET /outcomes", SET_UP),
    Deed("Review a synchronisation", SYNC, "outcomes plan", "GET /outcomes/sync",
         "POST /api/v1/outcome-plans"),
    Deed("Send CSLOs to Canvas", SYNC, "outcomes sync", "POST /outcomes/sync",
         "POST /api/v1/sync-runs"),
    Deed("See what was sent", SYNC, "outcomes runs", f"GET /outcomes/runs, GET {ONE}",
         "GET /api/v1/sync-runs, GET /api/v1/sync-runs/{run_id:str}"),
    Deed("Undo a synchronisation", SYNC, "outcomes undo", f"POST {ONE}/undo", SET_UP),
    Deed("Retry or stop a synchronisation", SYNC, Not("`jobs retry`, `jobs cancel`"),
         f"POST {ONE}/retry, POST {ONE}/stop", SET_UP),
    Deed("Send outcomes of an assessment to its course", TEACH, "outcomes send",
         "GET /works/{work_id:str}/outcomes, POST /works/{work_id:str}/outcomes", AT_WORK),
)  # fmt: skip
