"""What faculty and students do."""

from domain.access import Right
from tests.documents.deeds import AT_WORK, NO_COMMAND, OWN, PAGE_ONLY, Deed, Not

TEACH, OWN_RIGHT = Right.TEACH, Right.SIGNED_IN
WORK, IMPORT, SEND = "/works/{work_id:str}", "/imports/{import_id:str}", "/sends/{send_id:str}"
EYES = Not("done while looking at the students' work")
DEEDS = (
    Deed("Come in by an LTI launch", Right.OPEN_TO_ALL, OWN, "POST /lti/launch", OWN),
    Deed("Let Attain act for oneself in Canvas", OWN_RIGHT, NO_COMMAND,
         "GET /authorise, POST /authorise, GET /authorise/window/{site_id:str}, "
         "GET /authorise/done, POST /authorise/not-now, POST /authorise/revoke", OWN),
    Deed("List one's own assessments", TEACH, OWN, "GET /assessments",
         "GET /api/v1/section-assessments, GET /api/v1/section-assessments/{work_id:str}"),
    Deed("Add an assessment", TEACH, OWN, "GET /assessments/new, POST /assessments/new", AT_WORK),
    Deed("Find an assessment in the library", TEACH, OWN,
         "GET /assessments/find, POST /assessments/find", "POST /api/v1/section-assessments"),
    Deed("Offer an own assessment to the library", TEACH, "assessment offer",
         "POST /assessments/offer", AT_WORK),
    Deed("See links to LMS assignments", TEACH, "links list", "GET /links",
         "GET /api/v1/links, GET /api/v1/links/{link_id:str}"),
    Deed("Link, change and unlink", TEACH, NO_COMMAND,
         "POST /links, POST /links/{link_id:str}/change, POST /links/{link_id:str}/unlink",
         AT_WORK),
    Deed("Score on the rubric", Right.SCORE, EYES, f"GET {WORK}/rubric, POST {WORK}/rubric",
         AT_WORK),
    Deed("Score in the grid", Right.SCORE, EYES, f"GET {WORK}/scorecard, PATCH {WORK}/scores",
         "GET /api/v1/scores, PATCH /api/v1/section-assessments/{work_id:str}/scores"),
    Deed("Release results to students", TEACH, EYES, f"POST {WORK}/release", AT_WORK),
    Deed("Reflect", Right.SCORE, OWN, f"GET {WORK}/reflection, POST {WORK}/reflection", AT_WORK),
    Deed("Send scores to the LMS", TEACH, "scores send",
         f"GET {WORK}/send, POST {WORK}/send, GET {SEND}",
         "POST /api/v1/section-assessments/{work_id:str}/sends, GET /api/v1/sends/{send_id:str}"),
    Deed("Retry a send, check it against the gradebook", TEACH, Not("`scores send` again"),
         f"POST {SEND}/retry, POST {SEND}/check", AT_WORK),
    Deed("Put the rubric on an assignment", TEACH, "outcomes rubric",
         f"GET {WORK}/lms-rubric, POST {WORK}/lms-rubric", AT_WORK),
    Deed("Import scores from the LMS", TEACH, "scores import",
         f"GET {WORK}/import, POST {WORK}/import, GET {IMPORT}, POST {IMPORT}",
         "GET /api/v1/import-runs, GET /api/v1/import-runs/{import_id:str}"),
    Deed("Map, retry and undo an import", TEACH, PAGE_ONLY,
         f"POST {IMPORT}/map, POST {IMPORT}/retry, POST {IMPORT}/undo", AT_WORK),
    Deed("Refresh imported scores by schedule", TEACH, PAGE_ONLY, f"POST {WORK}/refresh", AT_WORK),
    Deed("See one's own results", Right.SEE_OWN_RESULTS, OWN,
         f"GET /mine, GET {WORK}/mine", OWN),
)  # fmt: skip
