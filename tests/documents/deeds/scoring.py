"""Scoring beside the usual: counts, evaluators, second scores, reflections."""

from domain.access import Right
from tests.documents.deeds import AT_WORK, OWN, Deed, Not

WORK, KEPT = "/works/{work_id:str}", "/calendar/works/{work_id:str}"
DEEDS = (
    Deed("Count students for each SLO", Right.SCORE, "counts set, counts show",
         f"GET {WORK}/counts, POST {WORK}/counts",
         "GET /api/v1/section-assessments/{work_id:str}/counts"),
    Deed("Score what was given to one", Right.SCORE, OWN, "GET /scoring", AT_WORK),
    Deed("Give work to an evaluator, take it back", Right.TEACH,
         "evaluator add, evaluator remove, evaluator list",
         f"GET {WORK}/evaluators, POST {WORK}/evaluators, POST {WORK}/evaluators/take-back",
         AT_WORK),
    Deed("Give work of one's orgs to an evaluator", Right.KEEP_OUTCOMES,
         Not("`evaluator add`"),
         f"GET {KEPT}/evaluators, POST {KEPT}/evaluators, POST {KEPT}/evaluators/take-back",
         AT_WORK),
    Deed("See how two scorers agree, decide where they differ", Right.TEACH,
         "evaluator agreement", f"GET {WORK}/agreement, POST {WORK}/agreement", AT_WORK),
    Deed("See and decide it for one's orgs, by numbers instead of names", Right.KEEP_OUTCOMES,
         Not("`evaluator agreement`"), f"GET {KEPT}/agreement, POST {KEPT}/agreement", AT_WORK),
)  # fmt: skip
