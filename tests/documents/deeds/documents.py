"""Rubrics and scorecards as files."""

from domain.access import Right
from tests.documents.deeds import AT_WORK, Deed, Not

SCORE = Right.SCORE
WORK, DOWNLOAD = "/works/{work_id:str}", "/downloads/{download_id:str}"
DEEDS = (
    Deed("Download rubric and scorecard", SCORE, "scorecard export",
         f"GET {WORK}/downloads, GET {WORK}/downloads/file", AT_WORK),
    Deed("Have a large file made, and fetch it", SCORE, Not("the command waits for it"),
         f"POST {WORK}/downloads, GET {DOWNLOAD}, GET {DOWNLOAD}/file", AT_WORK),
    Deed("Upload a filled scorecard", SCORE, "scorecard import",
         f"GET {WORK}/scorecard/upload, POST {WORK}/scorecard/upload, "
         f"POST {WORK}/scorecard/upload/apply", AT_WORK),
)  # fmt: skip
