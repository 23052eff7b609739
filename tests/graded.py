"""Rubrics of the LMS and what graders chose on them, with valid defaults."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

from domain.ids import LmsCriterionRef, LmsRatingRef, LmsUserRef, PersonId, RowId
from domain.rubric import Rubric
from domain.score import Score, ScoreValue, unscored
from domain.score_import.conversion import Meaning
from domain.score_import.import_plan import Desk
from domain.score_import.lms_rubric import (
    GivenRating,
    LmsCriterion,
    LmsRating,
    RubricAssignment,
    RubricScores,
)
from domain.score_import.reading import CriterionUse, Reading
from domain.score_import.source import ScoreSource
from tests import builders
from tests.exchange_builders import (
    a_rubric_assignment,
    an_lms_criterion,
    an_lms_rubric,
    some_rubric_scores,
)
from tests.stand_ins import NOON

FOUR = (4, 3, 2, 1)
"""Points of ratings, from highest to lowest, as those of `builders.a_scale`."""
UNKNOWN = Meaning({}, {})


def ratings(*points: float) -> tuple[LmsRating, ...]:
    """Named `rating-0` and so on, from highest to lowest."""
    return tuple(
        LmsRating(LmsRatingRef(f"rating-{place}"), Decimal(str(one)), f"Rated {one}")
        for place, one in enumerate(points or FOUR)
    )


def a_criterion_there(key: str = "thesis", *points: float, **changes: Any) -> LmsCriterion:
    return an_lms_criterion(key, ratings=ratings(*points), **changes)


def an_assignment_there(key: str = "draft", *criteria: str, **changes: Any) -> RubricAssignment:
    rows = tuple(a_criterion_there(one) for one in criteria or ("thesis", "evidence"))
    rubric = an_lms_rubric(criteria=rows)
    return a_rubric_assignment(key, **{"name": key.title(), "rubric": rubric, **changes})


def given(key: str = "thesis", points: float | None = 3, rating: str | None = None) -> GivenRating:
    return GivenRating(
        LmsCriterionRef(f"criterion-{key}"),
        LmsRatingRef(rating) if rating else None,
        None if points is None else Decimal(str(points)),
    )


def scores(
    student: str = "ana", *ratings_given: GivenRating, assignment: str = "draft", days: int = 0,
    **changes: Any,
) -> RubricScores:  # fmt: skip
    """What one student got; `days` after noon."""
    made = some_rubric_scores(
        student, assignment, given=ratings_given or (given(),), graded_at=NOON + timedelta(days)
    )
    return replace(made, **changes)


def a_reading(key: str = "draft", *given_there: RubricScores, **changes: Any) -> Reading:
    return Reading(an_assignment_there(key, **changes), given_there or (scores(assignment=key),))


class Table:
    """What stands here, and where it came from; `ana` and `ben` are here, `gone` dropped."""

    def __init__(self, rubric: Rubric | None = None, meaning: Meaning | None = None) -> None:
        self.rubric = rubric or builders.a_rubric()
        self.meaning = meaning or Meaning({}, MASTERIES)
        self.scores: dict[tuple[PersonId, RowId], Score] = {}
        self.sources: dict[tuple[PersonId, RowId], ScoreSource] = {}

    def stands(self, student: str, row: str, value: ScoreValue, **changes: Any) -> None:
        score = builders.a_score(student, row, value=value, **changes)
        self.scores[score.student_id, score.row_id] = score

    def desk(self, *assignments: RubricAssignment) -> Desk:
        uses = {
            (one.ref, criterion.ref): CriterionUse(_row_of(criterion.ref), self.meaning)
            for one in assignments
            for criterion in (one.rubric.criteria if one.rubric else ())
        }
        return Desk(
            self.rubric,
            uses,
            {LmsUserRef(f"user-{key}"): PersonId(f"person-{key}") for key in ("ana", "ben")},
            {LmsUserRef("user-gone"): PersonId("person-gone")},
            lambda _user: "not-matched",
            self._score,
            lambda student, row: self.sources.get((student, row)),
        )

    def _score(self, student: PersonId, row: RowId) -> Score:
        work = builders.a_section_assessment().id
        return self.scores.get((student, row)) or unscored(work, student, row)


MASTERIES: Mapping[Decimal, str] = {
    level.points: level.mastery.code for level in builders.a_scale().levels
}


def _row_of(criterion: LmsCriterionRef) -> RowId:
    return RowId(criterion.replace("criterion", "row"))
