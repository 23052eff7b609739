"""Where the scores of a person who scores are kept: with the record, or apart from it."""

from dataclasses import dataclass, replace
from typing import Protocol

from application.ports.unit_of_work import UnitOfWork
from application.workplace import Workplace
from domain.evaluation import Evaluator, SecondScore
from domain.ids import PersonId, RowId, SectionAssessmentId
from domain.score import Score


class ScoreShelf(Protocol):
    """Cells of one assessment in one section; the promises of `ScoreRepository`."""

    def of_work(self) -> list[Score]: ...
    def of_student(self, student_id: PersonId) -> dict[RowId, Score]: ...
    def save(self, score: Score) -> Score: ...


@dataclass(frozen=True, slots=True)
class _OfRecord(ScoreShelf):
    unit: UnitOfWork
    work_id: SectionAssessmentId

    def of_work(self) -> list[Score]:
        return self.unit.scores.of_work(self.work_id)

    def of_student(self, student_id: PersonId) -> dict[RowId, Score]:
        return dict(self.unit.scores.of_student(self.work_id, student_id))

    def save(self, score: Score) -> Score:
        return self.unit.scores.save(score)


@dataclass(frozen=True, slots=True)
class _Apart(ScoreShelf):
    """A second scorer neither sees the scores of record nor changes them."""

    unit: UnitOfWork
    work_id: SectionAssessmentId
    scorer_id: PersonId

    def of_work(self) -> list[Score]:
        found = self.unit.evaluations.of_scorer(self.work_id, self.scorer_id)
        return [one.as_score() for one in found]

    def of_student(self, student_id: PersonId) -> dict[RowId, Score]:
        return {one.row_id: one for one in self.of_work() if one.student_id == student_id}

    def save(self, score: Score) -> Score:
        self.unit.evaluations.save_second_score(SecondScore.of(score, self.scorer_id))
        return score


def shelf_of(unit: UnitOfWork, place: Workplace) -> ScoreShelf:
    if place.evaluator is not None and place.evaluator.is_second:
        return _Apart(unit, place.work.id, place.evaluator.person_id)
    return _OfRecord(unit, place.work.id)


def shown_to(evaluator: Evaluator | None, score: Score) -> Score:
    """The cell as that person may see it: a comment by somebody else may hold a name."""
    return replace(score, comment="") if hides_comment(evaluator, score) else score


def hides_comment(evaluator: Evaluator | None, score: Score) -> bool:
    if evaluator is None or not evaluator.hides_names:
        return False
    return score.scored_by != evaluator.person_id
