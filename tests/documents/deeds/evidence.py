"""What is done with files, links and LMS submissions that results rest on."""

from domain.access import Right
from tests.documents.deeds import AT_WORK, NO_PAGE, ON_SERVER, OWN, Deed, Not

TEACH, MINE = Right.TEACH, Right.SEE_OWN_RESULTS
PLAN = "/action-plans/{plan_id:str}/evidence"
DLA = "/mine/dlas/{assigned_id:str}/evidence"
WORK, EVIDENCE = "/works/{work_id:str}", "/evidence/{evidence_id:str}"
SAME_CALLS = Not("by the calls of the next line, which take a student's own result")
API_WORK = "/api/v1/section-assessments/{work_id:str}/evidence"
API_DLA = "/api/v1/assigned-dlas/{assigned_id:str}/evidence"
API_PLAN, API_ONE = f"/api/v1{PLAN}", f"/api/v1{EVIDENCE}"
DEEDS = (
    Deed("Add evidence to one's own result", MINE, OWN,
         f"GET {WORK}/mine/evidence, POST {WORK}/mine/evidence, POST {WORK}/mine/evidence/file, "
         f"POST {WORK}/mine/evidence/link", SAME_CALLS),
    Deed("Add evidence of a student or a section", TEACH, OWN,
         f"POST {WORK}/evidence, POST {WORK}/evidence/file, "
         f"POST {WORK}/evidence/link", f"GET {API_WORK}, POST {API_WORK}, POST {API_WORK}/files"),
    Deed("See the evidence of the students whom one scores", Right.SCORE, OWN,
         f"GET {WORK}/evidence", AT_WORK),
    Deed("Add evidence to an action plan", Right.IMPROVE, OWN,
         f"GET {PLAN}, POST {PLAN}, POST {PLAN}/file, POST {PLAN}/link",
         f"GET {API_PLAN}, POST {API_PLAN}, POST {API_PLAN}/files"),
    Deed("Attach evidence to one's own DLA", MINE, OWN,
         f"GET {DLA}, POST {DLA}, POST {DLA}/file, POST {DLA}/link",
         f"GET {API_DLA}, POST {API_DLA}/files"),
    Deed("Attach submissions of the linked LMS assignment", TEACH, OWN,
         f"POST {WORK}/evidence/submissions", AT_WORK),
    Deed("Open, describe, retire, take back and remove evidence", Right.SIGNED_IN, OWN,
         f"GET {EVIDENCE}/file, POST {EVIDENCE}/describe, POST {EVIDENCE}/retire, "
         f"POST {EVIDENCE}/restore, POST {EVIDENCE}/remove",
         f"GET {API_ONE}, GET {API_ONE}/file, PUT {API_ONE}, PUT {API_ONE}/state"),
    Deed("List evidence, compare it with the store, remove what is past its date",
         Right.RUN_SYSTEM, "evidence list, evidence check, evidence expire", NO_PAGE, ON_SERVER),
)  # fmt: skip
