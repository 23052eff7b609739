"""Scoring beside the usual: counts, evaluators, second scores, reflections."""

from domain.access import Right
from tests.documents.deeds import Deed

WORK = "/works/{work_id:str}"
DEEDS = (
    Deed("Count students for each SLO", Right.SCORE, "counts set, counts show",
         f"GET {WORK}/counts, POST {WORK}/counts",
         "GET /api/v1/section-assessments/{work_id:str}/counts"),
)  # fmt: skip
