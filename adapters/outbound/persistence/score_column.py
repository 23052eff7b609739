"""How a score is written in SQL."""

from adapters.outbound.persistence.columns import Written
from domain.score import ScoreValue, value_as_text, value_from_text


class ScoreText(Written[ScoreValue]):
    """A score in its one written form: a number, `NA`, or nothing."""

    cache_ok = True

    def written(self, value: ScoreValue) -> str:
        return value_as_text(value)

    def read(self, stored: str) -> ScoreValue:
        return value_from_text(stored)
