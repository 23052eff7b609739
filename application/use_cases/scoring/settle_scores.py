"""Decide which value stands where two scorers differ."""

from dataclasses import dataclass
from datetime import datetime

from application.errors import Conflict, Invalid, NotFound
from application.planning.keeping import reached
from application.ports.runtime import Clock
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.score_book import ScoreBook
from application.viewers import Viewer
from application.workplace import Workplace
from domain.audit import Deed
from domain.double_scoring import Compared, compared
from domain.errors import DomainError
from domain.evaluation import Evaluator, Settled
from domain.ids import PersonId, RowId, SectionAssessmentId
from domain.score import Blank, ScoreValue, value_as_text, value_from_text


@dataclass(frozen=True, slots=True)
class SettleCommand:
    """`alias` names the student as the second scorer's `Evaluator.alias` does, or is the id.

    `stands` is a written score or `NA`; `first` and `second` are those that were looked at.
    """

    viewer: Viewer
    work_id: SectionAssessmentId
    scorer_id: PersonId
    student: str
    row_id: RowId
    stands: str
    first: str
    second: str


@dataclass(frozen=True, slots=True)
class SettleScores:
    """The value becomes the score of record; what both had given is kept beside it.

    Raises:
        NotFound: neither taught nor kept by the viewer, or there is nothing to compare.
        Invalid: the value is none of the row. Conflict: one of them scored anew meanwhile.
    """

    units: UnitOfWorkFactory
    clock: Clock

    def __call__(self, command: SettleCommand) -> Settled:
        now = self.clock.now()
        with self.units() as unit:
            place = reached(unit, command.viewer, command.work_id)
            cell = _cell(unit, place, command)
            if (value_as_text(cell.record), value_as_text(cell.second)) != (
                command.first,
                command.second,
            ):
                raise Conflict("One of the two was scored anew meanwhile. Look again, then decide.")
            stands = _value(cell, command.stands)
            _write(unit, place, command.viewer, cell, stands, now)
            saved = unit.evaluations.save_settled(_settled(unit, place, command, cell, stands, now))
            details = f"{cell.student_id} {cell.row.id}: {value_as_text(stands)}"
            deed = Deed(command.viewer.actor, "settled scores", place.work.id, details, now)
            unit.audit.record(deed)
            unit.commit()
        return saved


def _cell(unit: UnitOfWork, place: Workplace, command: SettleCommand) -> Compared:
    work_id = place.work.id
    scorer = unit.evaluations.evaluator(work_id, command.scorer_id)
    if scorer is None:
        raise NotFound("This evaluator")
    cells = compared(
        place.rubric,
        unit.scores.of_work(work_id),
        unit.evaluations.of_scorer(work_id, scorer.person_id),
        unit.evaluations.settled([work_id]),
    )
    for cell in cells:
        if cell.row.id == command.row_id and _names(scorer, cell.student_id, command.student):
            return cell
    raise NotFound("A score by both")


def _names(scorer: Evaluator, student_id: PersonId, name: str) -> bool:
    return name in {student_id, scorer.alias(student_id)}


def _value(cell: Compared, written: str) -> ScoreValue:
    try:
        value = value_from_text(written)
        cell.row.admit(value)
    except DomainError as refused:
        raise Invalid("stands", str(refused)) from refused
    if isinstance(value, Blank):
        raise Invalid("stands", "choose the value that stands.")
    return value


def _write(
    unit: UnitOfWork,
    place: Workplace,
    viewer: Viewer,
    cell: Compared,
    stands: ScoreValue,
    now: datetime,
) -> None:
    stored = unit.scores.cell(place.work.id, cell.student_id, cell.row.id)
    by = viewer.person_id or cell.scorer_id
    ScoreBook(unit, place, by, now).write(stored, stands, None, seen=stored.version)


def _settled(
    unit: UnitOfWork,
    place: Workplace,
    command: SettleCommand,
    cell: Compared,
    stands: ScoreValue,
    now: datetime,
) -> Settled:
    before = next(
        (
            one
            for one in unit.evaluations.settled([place.work.id])
            if (one.scorer_id, one.student_id, one.row_id)
            == (cell.scorer_id, cell.student_id, cell.row.id)
        ),
        None,
    )
    return Settled(
        place.work.id,
        cell.scorer_id,
        cell.student_id,
        cell.row.id,
        cell.first,
        cell.second,
        stands,
        command.viewer.actor,
        now,
        before.version if before else 0,
    )
