"""The rubric that work in a section is read with: the frozen one, else the assessment's."""

from functools import lru_cache

from sqlalchemy import func, type_coerce

from adapters.outbound.persistence.columns import PLAIN_TEXT, Json
from adapters.outbound.persistence.tables import scoring
from domain.rubric import Rubric

RUBRIC_TEXT = func.coalesce(
    type_coerce(scoring.works.c.snapshot, PLAIN_TEXT),
    type_coerce(scoring.assessments.c.rubric, PLAIN_TEXT),
)
"""Of a work joined with its assessment, for `rubric_of`."""
_RUBRICS = Json[Rubric](Rubric)


@lru_cache(maxsize=256)
def rubric_of(text: str) -> Rubric:
    """Many sections share the words of one assessment."""
    return _RUBRICS.read(text)
