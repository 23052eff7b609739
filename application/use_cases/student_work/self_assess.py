"""A student scores themself on the rubric of an assessment."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from application.errors import Conflict, Invalid
from application.ports.runtime import Clock
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.student_work.self_scoring import require_open
from application.workplace import Workplace, taken
from domain.audit import Deed
from domain.errors import DomainError
from domain.ids import PersonId, RowId, SectionAssessmentId
from domain.rubric import Criterion
from domain.score import BLANK, Scored, ScoreValue, value_as_text, value_from_text
from domain.self_assessment import OwnScore, SelfAssessment, missing_row

LONGEST = 10_000


@dataclass(frozen=True, slots=True)
class SelfAssessCommand:
    """`values` and `comments` by row; rows that the rubric does not have are left out."""

    actor_id: PersonId
    work_id: SectionAssessmentId
    values: Mapping[RowId, str]
    comments: Mapping[RowId, str]
    note: str
    submit: bool
    seen: int


@dataclass(frozen=True, slots=True)
class SelfAssess:
    """Saved, only the student sees it; submitted, it stays so, and later choices replace it.

    Raises:
        NotFound: the person is no student of the section.
        Conflict: results are released, the work is closed or Collective, or something else
            was saved since `seen`, in another window.
        Invalid: submitted with a row undecided, or a level that the row does not offer; the
            field is the id of the row.
    """

    units: UnitOfWorkFactory
    clock: Clock

    def __call__(self, command: SelfAssessCommand) -> SelfAssessment:
        now = self.clock.now()
        with self.units() as unit:
            place = taken(unit, command.actor_id, command.work_id)
            require_open(place)
            stored = _stored(unit, command)
            wanted = _written(place, stored, command, now)
            if wanted == stored:
                return stored
            if command.seen != stored.version:
                raise Conflict("You saved other choices meanwhile, in another window.")
            saved = unit.self_assessments.save(wanted)
            verb = "submitted self-assessment" if wanted.submitted else "saved self-assessment"
            unit.audit.record(Deed(command.actor_id, verb, command.work_id, "", now))
            unit.commit()
        return saved


def _stored(unit: UnitOfWork, command: SelfAssessCommand) -> SelfAssessment:
    found = unit.self_assessments.find(command.work_id, command.actor_id)
    return found or SelfAssessment(command.work_id, command.actor_id, (), "", None, 0)


def _written(
    place: Workplace, stored: SelfAssessment, command: SelfAssessCommand, now: datetime
) -> SelfAssessment:
    rows = place.rubric.criteria
    values = {row.id: _value(row, command.values.get(row.id, "")) for row in rows}
    missing = missing_row(place.rubric, values) if command.submit or stored.submitted else None
    if missing:
        raise Invalid(missing.id, f"{missing.code}: choose a level before you submit.")
    texts = [command.note, *command.comments.values()]
    if any(len(text) > LONGEST for text in texts):
        raise Invalid("note", f"write at most {LONGEST} characters.")
    scores = tuple(
        OwnScore(row.id, value_as_text(values[row.id]), command.comments.get(row.id, "").strip())
        for row in rows
    )
    return stored.saying(scores, command.note.strip(), now if command.submit else None)


def _value(row: Criterion, written: str) -> ScoreValue:
    """A level of the row, or blank: students have no N/A to give."""
    try:
        value = value_from_text(written)
        row.admit(value)
    except DomainError as wrong:
        raise Invalid(row.id, f"{row.code}: choose one of the levels.") from wrong
    return value if isinstance(value, Scored) else BLANK
