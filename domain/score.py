"""Scores: what one student got on one row. Blank, N/A and 0 are three different things."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal, InvalidOperation

from domain.errors import NonsenseValue, StaleVersion
from domain.ids import PersonId, RowId, SectionAssessmentId


@dataclass(frozen=True, slots=True)
class Scored:
    points: Decimal


@dataclass(frozen=True, slots=True)
class NotAssessed:
    """The student was not assessed on this row; it leaves every denominator."""


@dataclass(frozen=True, slots=True)
class Blank:
    """Nobody has decided yet; an assessment with a blank is not complete."""


ScoreValue = Scored | NotAssessed | Blank
BLANK = Blank()
NOT_ASSESSED = NotAssessed()
DIGITS = 15
"""At most so many digits before and after the point are read."""


def plain(number: Decimal) -> str:
    """A number as people write it: no exponent, no trailing zeros."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def value_as_text(value: ScoreValue) -> str:
    """The one written form: a number, `NA`, or nothing."""
    match value:
        case Scored(points):
            return plain(points)
        case NotAssessed():
            return "NA"
        case Blank():
            return ""


def value_from_text(text: str) -> ScoreValue:
    """Read the written form back.

    Raises:
        NonsenseValue: neither a number, nor N/A, nor empty.
    """
    written = text.strip()
    if written in {"", "-", "\N{EN DASH}"}:
        return BLANK
    if written.upper() in {"NA", "N/A"}:
        return NOT_ASSESSED
    try:
        points = Decimal(written)
    except InvalidOperation:
        raise NonsenseValue("score", text, "give a number, N/A, or nothing") from None
    if not _can_be_written(points):
        raise NonsenseValue("score", text, "give a number, N/A, or nothing")
    return Scored(points)


def _can_be_written(points: Decimal) -> bool:
    """Finite, and not a short text like 1e999999999 that stands for a long number."""
    exponent = points.as_tuple().exponent
    return isinstance(exponent, int) and exponent >= -DIGITS and points.adjusted() <= DIGITS


@dataclass(frozen=True, slots=True)
class Score:
    """One cell, with its own version: two people scoring different cells never conflict.

    Version 0 is a cell that was never stored.
    """

    section_assessment_id: SectionAssessmentId
    student_id: PersonId
    row_id: RowId
    value: ScoreValue
    comment: str
    version: int
    scored_by: PersonId | None
    scored_at: datetime | None

    def changed(
        self, value: ScoreValue, comment: str | None, *, seen: int, by: PersonId, at: datetime
    ) -> "Score":
        """The next state of the cell, if `seen` is the version stored.

        Saying the same again is no change and never a conflict: a retried autosave must
        come out as saved.

        Raises:
            StaleVersion: another person changed the cell since `seen`.
        """
        text = self.comment if comment is None else comment
        if value == self.value and text == self.comment:
            return self
        if seen != self.version:
            raise StaleVersion("This score", seen, self.version)
        return replace(
            self, value=value, comment=text, version=seen + 1, scored_by=by, scored_at=at
        )


def unscored(
    section_assessment_id: SectionAssessmentId, student_id: PersonId, row_id: RowId
) -> Score:
    return Score(section_assessment_id, student_id, row_id, BLANK, "", 0, None, None)


def values_by_row(scores: Iterable[Score]) -> dict[RowId, ScoreValue]:
    return {score.row_id: score.value for score in scores}
