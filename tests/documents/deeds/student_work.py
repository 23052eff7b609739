"""What teachers ask of students beside scoring, and what students do."""

from domain.access import Right
from tests.documents.deeds import AT_WORK, OWN, Deed, Not

TEACH, STUDENT = Right.TEACH, Right.SEE_OWN_RESULTS
WORK, DLA, MINE = "/works/{work_id:str}", "/dlas/{dla_id:str}", "/mine/dlas/{assigned_id:str}"
GIVEN = "/dlas/assigned/{assigned_id:str}"
DLAS, ASSIGNED = "/api/v1/dlas", "/api/v1/assigned-dlas"
API_DLA, API_GIVEN = f"{DLAS}/{{dla_id:str}}", f"{ASSIGNED}/{{assigned_id:str}}"
API_WORK = "/api/v1/section-assessments/{work_id:str}"
OWN_SCORING = f"{API_WORK}/self-assessment"
DEEDS = (
    Deed("Release results to students, and hide them again", TEACH, "scores release",
         f"GET {WORK}/release, POST {WORK}/release", AT_WORK),
    Deed("Make and change a DLA", TEACH, "dla new, dla made",
         f"GET /dlas/new, POST /dlas/new, GET {DLA}, POST {DLA}",
         f"GET {DLAS}, POST {DLAS}, GET {API_DLA}, PUT {API_DLA}"),
    Deed("Take a DLA out of use, and back", TEACH, "dla retire",
         f"POST {DLA}/retire", AT_WORK),
    Deed("Assign a DLA, also to those below the threshold", TEACH, "dla assign",
         "GET /dlas/assign, POST /dlas/assign", f"POST {API_DLA}/assignments"),
    Deed("See how far students are with their DLAs", TEACH, "dla list",
         f"GET /dlas, GET {GIVEN}", f"GET {ASSIGNED}, GET {API_GIVEN}"),
    Deed("Accept and return what was handed in", TEACH, "dla accept, dla return",
         "POST /dlas/decide", f"POST {API_GIVEN}/decision"),
    Deed("Take a DLA away from a student who has not begun", TEACH,
         Not("seldom; on its page"), f"POST {GIVEN}/take-away", AT_WORK),
    Deed("See one's own results", STUDENT, OWN,
         f"GET /mine, GET /mine/results, GET {WORK}/mine", OWN),
    Deed("Assess oneself on the rubric", STUDENT, OWN,
         f"GET {WORK}/self-assessment, POST {WORK}/self-assessment",
         f"GET {API_WORK}/self-assessments, GET {OWN_SCORING}, PUT {OWN_SCORING}"),
    Deed("Do one's DLAs and hand them in", STUDENT, OWN,
         f"GET /mine/dlas, GET {MINE}, POST {MINE}, POST {MINE}/take-back",
         f"PUT {API_GIVEN}"),
)  # fmt: skip
