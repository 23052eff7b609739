"""What teachers ask of students beside scoring, and what students do."""

from domain.access import Right
from tests.documents.deeds import AT_WORK, OWN, Deed, Not

TEACH, STUDENT = Right.TEACH, Right.SEE_OWN_RESULTS
WORK, DLA, MINE = "/works/{work_id:str}", "/dlas/{dla_id:str}", "/mine/dlas/{assigned_id:str}"
GIVEN = "/dlas/assigned/{assigned_id:str}"
DEEDS = (
    Deed("Release results to students, and hide them again", TEACH, "scores release",
         f"GET {WORK}/release, POST {WORK}/release", AT_WORK),
    Deed("Make and change a DLA", TEACH, "dla new, dla made",
         f"GET /dlas/new, POST /dlas/new, GET {DLA}, POST {DLA}", AT_WORK),
    Deed("Take a DLA out of use, and back", TEACH, "dla retire",
         f"POST {DLA}/retire", AT_WORK),
    Deed("Assign a DLA, also to those below the threshold", TEACH, "dla assign",
         "GET /dlas/assign, POST /dlas/assign", AT_WORK),
    Deed("See how far students are with their DLAs", TEACH, "dla list",
         f"GET /dlas, GET {GIVEN}", AT_WORK),
    Deed("Accept and return what was handed in", TEACH, "dla accept, dla return",
         "POST /dlas/decide", AT_WORK),
    Deed("Take a DLA away from a student who has not begun", TEACH,
         Not("seldom; on its page"), f"POST {GIVEN}/take-away", AT_WORK),
    Deed("See one's own results", STUDENT, OWN,
         f"GET /mine, GET /mine/results, GET {WORK}/mine", OWN),
    Deed("Assess oneself on the rubric", STUDENT, OWN,
         f"GET {WORK}/self-assessment, POST {WORK}/self-assessment", OWN),
    Deed("Do one's DLAs and hand them in", STUDENT, OWN,
         f"GET /mine/dlas, GET {MINE}, POST {MINE}, POST {MINE}/take-back", OWN),
)  # fmt: skip
