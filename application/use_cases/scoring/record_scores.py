"""Write scores cell by cell, each with its own version; one cell never stops another."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from application.class_list import student_called
from application.errors import Conflict
from application.ports.runtime import Clock
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.score_book import ATTEMPTS, ScoreBook
from application.score_shelf import hides_comment, shelf_of, shown_to
from application.workplace import Workplace, given, points_possible
from domain.audit import Deed
from domain.errors import DomainError, StaleVersion
from domain.ids import PersonId, RowId, SectionAssessmentId
from domain.recommendation import Recommendation, recommended_score, recommended_slo_level
from domain.rubric import CriterionLevel
from domain.score import Score, ScoreValue, unscored, value_from_text, values_by_row


@dataclass(frozen=True, slots=True)
class CellChange:
    """One cell as somebody wants it; `seen` is the version that person looked at.

    `value` may be in its written form (a number, N/A, nothing). `comment` None keeps the
    comment that is there. Where names are hidden from the person, `student_id` is the alias.
    """

    student_id: PersonId
    row_id: RowId
    value: ScoreValue | str
    seen: int
    comment: str | None = None


@dataclass(frozen=True, slots=True)
class RecordScoresCommand:
    actor_id: PersonId
    work_id: SectionAssessmentId
    changes: tuple[CellChange, ...]


@dataclass(frozen=True, slots=True)
class Saved:
    """The cell holds what was asked for."""

    change: CellChange
    score: Score


@dataclass(frozen=True, slots=True)
class InConflict:
    """Another person changed the cell first; `score` is what is stored."""

    change: CellChange
    score: Score
    by: str
    """Full name of that person, empty when unknown."""


@dataclass(frozen=True, slots=True)
class Refused:
    change: CellChange
    sentence: str


CellAnswer = Saved | InConflict | Refused


@dataclass(frozen=True, slots=True)
class Standing:
    """What follows for a student; `slo_levels` are those of Student-Oriented work."""

    recommendation: Recommendation
    slo_levels: Mapping[RowId, CriterionLevel | None]


@dataclass(frozen=True, slots=True)
class RecordScoresReport:
    """One answer for each change, in their order, and where each student of them stands."""

    answers: tuple[CellAnswer, ...]
    standings: Mapping[PersonId, Standing]


@dataclass(frozen=True, slots=True)
class RecordScores:
    """Saying the same twice saves once, so a retried call is harmless.

    Raises:
        NotFound: the person neither teaches the section nor was given the work.
        Conflict: other writers were faster `ATTEMPTS` times in a row.
    """

    units: UnitOfWorkFactory
    clock: Clock

    def __call__(self, command: RecordScoresCommand) -> RecordScoresReport:
        for _ in range(ATTEMPTS - 1):
            try:
                return self._record(command)
            except Conflict:  # begun again, every cell is read anew and judged by its version
                continue
        return self._record(command)

    def _record(self, command: RecordScoresCommand) -> RecordScoresReport:
        with self.units() as unit:
            place = given(unit, command.actor_id, command.work_id)
            sheet = _Sheet(unit, place, command.actor_id, self.clock.now())
            answers = tuple(sheet.answer(change) for change in command.changes)
            sheet.settle()
            report = RecordScoresReport(answers, sheet.standings())
            unit.commit()
            return report


class _Sheet:
    """The cells of one call: those of a student are read once, when first asked for.

    Students go by the names that the person who scores has for them.
    """

    def __init__(
        self, unit: UnitOfWork, place: Workplace, actor_id: PersonId, now: datetime
    ) -> None:
        self._unit = unit
        self._place = place
        self._book = ScoreBook(unit, place, actor_id, now)
        self._shelf = shelf_of(unit, place)
        self._cells: dict[PersonId, dict[RowId, Score] | None] = {}
        self._people: dict[PersonId, PersonId] = {}
        self._written = 0

    def answer(self, change: CellChange) -> CellAnswer:
        cells = self._cells_of(change.student_id)
        if cells is None:
            return Refused(change, "This student is not in the section.")
        try:
            wanted = _read(change)
            self._place.rubric.row(change.row_id).admit(wanted)
            saved = self._write(cells, change, wanted)
            return Saved(change, shown_to(self._place.evaluator, saved))
        except StaleVersion:
            stored = cells[change.row_id]
            shown = shown_to(self._place.evaluator, stored)
            return InConflict(change, shown, self._name_of(stored.scored_by))
        except DomainError as refusal:
            return Refused(change, str(refusal))

    def settle(self) -> None:
        """Freeze the rubric at the first score, and say in the audit trail what was done."""
        if not self._written:
            return
        details = f"{self._written} scores written"
        book = self._book
        book.freeze()
        deed = Deed(book.by, "scored", self._place.work.id, details, book.at)
        self._unit.audit.record(deed)

    def standings(self) -> dict[PersonId, Standing]:
        possible = points_possible(self._unit, self._place)
        return {
            student: _standing(self._place, values_by_row(cells.values()), possible)
            for student, cells in self._cells.items()
            if cells is not None
        }

    def _cells_of(self, student_id: PersonId) -> dict[RowId, Score] | None:
        if student_id not in self._cells:
            self._cells[student_id] = self._read_cells(student_id)
        return self._cells[student_id]

    def _read_cells(self, student_id: PersonId) -> dict[RowId, Score] | None:
        student = student_called(self._unit, self._place, student_id)
        if student is None:
            return None
        self._people[student_id] = student
        return self._shelf.of_student(student)

    def _write(self, cells: dict[RowId, Score], change: CellChange, value: ScoreValue) -> Score:
        student = self._people[change.student_id]
        empty = unscored(self._place.work.id, student, change.row_id)
        stored = cells.get(change.row_id, empty)
        # Who was not shown a comment sends none back; that is no wish to remove it.
        hidden = not change.comment and hides_comment(self._place.evaluator, stored)
        comment = None if hidden else change.comment
        changed = self._book.write(stored, value, comment, seen=change.seen)
        if changed is not stored:
            self._written += 1
            cells[change.row_id] = changed
        return changed

    def _name_of(self, person_id: PersonId | None) -> str:
        if person_id is None:
            return ""
        person = self._unit.roster.people([person_id]).get(person_id)
        return person.full_name if person else ""


def _read(change: CellChange) -> ScoreValue:
    return value_from_text(change.value) if isinstance(change.value, str) else change.value


def _standing(place: Workplace, values: Mapping[RowId, ScoreValue], possible: Decimal) -> Standing:
    rubric = place.rubric
    levels = {
        row.id: recommended_slo_level(rubric, row.slo_ids[0], values) for row in rubric.outcomes
    }
    return Standing(recommended_score(rubric, values, possible, place.decimals), levels)
