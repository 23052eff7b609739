"""Evaluators: who scores work of a section that is not theirs, and what they see of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from hashlib import blake2b

from domain.errors import IllegalMove
from domain.ids import PersonId, RowId, SectionAssessmentId
from domain.score import Score, ScoreValue


class Scoring(StrEnum):
    RECORD = "of record"
    """Scores of this evaluator are the scores of the section, as a teacher's are."""
    SECOND = "second"
    """Kept apart, to be compared with the scores of record: the work is scored twice."""


@dataclass(frozen=True, slots=True)
class Evaluator:
    """A person given the work of one assessment in a section to score.

    One record for each work and person; withdrawing keeps it, with what was scored.
    `seed` is chance: it orders students behind numbers, so that no order tells a name.
    `seats` are the students in the order of their numbers when the work was given.
    """

    section_assessment_id: SectionAssessmentId
    person_id: PersonId
    scoring: Scoring
    hides_names: bool
    seed: str
    seats: tuple[PersonId, ...]
    assigned_by: str
    """As deeds name who acts."""
    assigned_at: datetime
    withdrawn_at: datetime | None
    version: int

    @property
    def active(self) -> bool:
        return self.withdrawn_at is None

    @property
    def is_second(self) -> bool:
        return self.scoring is Scoring.SECOND

    def withdrawn(self, at: datetime) -> "Evaluator":
        return replace(self, withdrawn_at=self.withdrawn_at or at)

    def given_again(self, scoring: Scoring, *, hides_names: bool, scored: bool) -> "Evaluator":
        """Active, on these terms. `scored`: this evaluator has scored something already.

        Raises:
            IllegalMove: the scores of one kind would become those of the other.
        """
        if scored and scoring is not self.scoring:
            raise IllegalMove("This evaluator", f"scoring ({self.scoring})", scoring)
        return replace(self, scoring=scoring, hides_names=hides_names, withdrawn_at=None)

    def alias(self, student_id: PersonId) -> str:
        """What names a student in addresses and pages of an evaluator who sees no names."""
        return alias(self.seed, student_id)

    def numbers(self, students: Iterable[PersonId]) -> Mapping[PersonId, int]:
        """The numbers behind "Student 1" and so on; they stay when others come or go.

        A number whose student left is not given again; students who came later follow.
        """
        kept = {student: number for number, student in enumerate(self.seats, start=1)}
        here = frozenset(students)
        late = sorted((one for one in here if one not in kept), key=self.alias)
        numbered = {student: kept[student] for student in here if student in kept}
        return numbered | {one: len(self.seats) + n for n, one in enumerate(late, start=1)}


def alias(seed: str, student_id: PersonId) -> str:
    digest = blake2b(student_id.encode(), key=seed.encode()[:64], digest_size=10)
    return digest.hexdigest()


def seated(seed: str, students: Iterable[PersonId]) -> tuple[PersonId, ...]:
    """In an order that chance made: neither by name nor by id."""
    return tuple(sorted(set(students), key=lambda student: alias(seed, student)))


@dataclass(frozen=True, slots=True)
class SecondScore:
    """One cell of a second scorer, kept apart from the score of record."""

    section_assessment_id: SectionAssessmentId
    scorer_id: PersonId
    student_id: PersonId
    row_id: RowId
    value: ScoreValue
    comment: str
    version: int
    scored_at: datetime | None

    @classmethod
    def of(cls, score: Score, scorer_id: PersonId) -> "SecondScore":
        return cls(
            score.section_assessment_id, scorer_id, score.student_id, score.row_id, score.value,
            score.comment, score.version, score.scored_at,
        )  # fmt: skip

    def as_score(self) -> Score:
        return Score(
            self.section_assessment_id, self.student_id, self.row_id, self.value, self.comment,
            self.version, self.scorer_id, self.scored_at,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Settled:
    """Which value stands where two scorers differed, and what each had given.

    `first` is the score of record before the decision; agreement is told from it, so that a
    decision never makes two scorers agree afterwards.
    """

    section_assessment_id: SectionAssessmentId
    scorer_id: PersonId
    student_id: PersonId
    row_id: RowId
    first: ScoreValue
    second: ScoreValue
    stands: ScoreValue
    decided_by: str
    decided_at: datetime
    version: int

    def holds(self, record: ScoreValue, second: ScoreValue) -> bool:
        """Whether neither side was scored anew since."""
        return (record, second) == (self.stands, self.second)
