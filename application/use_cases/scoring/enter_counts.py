"""Enter how many students reached each level, row by row; one row never stops another."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from application.errors import Conflict
from application.ports.runtime import Clock
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.score_book import ATTEMPTS, freeze
from application.viewers import Viewer
from application.workplace import Workplace, given, workplace
from domain.audit import Deed
from domain.collective import RowCounts, Tally, tally, uncounted
from domain.errors import DomainError, NonsenseValue, StaleVersion
from domain.ids import PersonId, RowId, SectionAssessmentId
from domain.rostering import EnrolmentRole
from domain.rubric import Criterion
from domain.score import Scored, value_from_text

NOT_ASSESSED = "NA"
"""Names, among the levels of a row, those who were not assessed."""


@dataclass(frozen=True, slots=True)
class RowWanted:
    """`counts` by level as written (its points, or `NA`), as written; all empty: blank.

    `seen` is the version of the row that was looked at.
    """

    row_id: RowId
    counts: Mapping[str, str]
    seen: int


@dataclass(frozen=True, slots=True)
class EnterCountsCommand:
    viewer: Viewer
    work_id: SectionAssessmentId
    rows: tuple[RowWanted, ...]


@dataclass(frozen=True, slots=True)
class RowSaved:
    wanted: RowWanted
    counts: RowCounts


@dataclass(frozen=True, slots=True)
class RowConflict:
    """Another person changed the row first; `counts` are those that are stored."""

    wanted: RowWanted
    counts: RowCounts
    by: str
    """Full name of that person, empty when unknown."""


@dataclass(frozen=True, slots=True)
class RowRefused:
    wanted: RowWanted
    sentence: str


RowAnswer = RowSaved | RowConflict | RowRefused


@dataclass(frozen=True, slots=True)
class EnterCounts:
    """The first count freezes the rubric. Saying the same twice saves once.

    Raises:
        NotFound: the person neither teaches there nor was given the work.
        NotScorable: it is not Collective, or closed.
        Conflict: other writers were faster `ATTEMPTS` times in a row.
    """

    units: UnitOfWorkFactory
    clock: Clock

    def __call__(self, command: EnterCountsCommand) -> tuple[RowAnswer, ...]:
        for _ in range(ATTEMPTS - 1):
            try:
                return self._enter(command)
            except Conflict:  # begun again, every row is judged by its version
                continue
        return self._enter(command)

    def _enter(self, command: EnterCountsCommand) -> tuple[RowAnswer, ...]:
        with self.units() as unit:
            place = counting_place(unit, command.viewer, command.work_id)
            place.work.require_countable(place.assessment)
            sheet = _Sheet(unit, place, command.viewer, self.clock.now())
            answers = tuple(sheet.answer(wanted) for wanted in command.rows)
            sheet.settle()
            unit.commit()
            return answers


def counting_place(unit: UnitOfWork, viewer: Viewer, work_id: SectionAssessmentId) -> Workplace:
    """For teachers, evaluators, and whoever works at the machine of the server."""
    if viewer.person_id is None:
        return workplace(unit, unit.assessments.work(work_id))
    return given(unit, viewer.person_id, work_id)


class _Sheet:
    def __init__(self, unit: UnitOfWork, place: Workplace, viewer: Viewer, now: datetime) -> None:
        self._unit = unit
        self._place = place
        self._viewer = viewer
        self._now = now
        self._rows = unit.counts.of_work(place.work.id)
        self._written = 0
        people = unit.roster.people_in(place.section.id, EnrolmentRole.STUDENT)
        self._enrolled = len(people)

    def answer(self, wanted: RowWanted) -> RowAnswer:
        stored = self._rows.get(wanted.row_id) or uncounted(self._place.work.id, wanted.row_id)
        try:
            row = self._place.rubric.row(wanted.row_id)
            return RowSaved(wanted, self._write(stored, self._read(row, wanted), wanted.seen))
        except StaleVersion:
            return RowConflict(wanted, stored, self._name_of(stored.counted_by))
        except DomainError as refusal:
            return RowRefused(wanted, str(refusal))

    def settle(self) -> None:
        """Freeze the rubric at the first count, and say in the audit trail what was done."""
        if not self._written:
            return
        freeze(self._unit, self._place)
        details = f"{self._written} rows counted"
        deed = Deed(self._viewer.actor, "counted", self._place.work.id, details, self._now)
        self._unit.audit.record(deed)

    def _read(self, row: Criterion, wanted: RowWanted) -> Tally:
        if not any(text.strip() for text in wanted.counts.values()):
            return Tally()
        counts = {level: _count(row, text) for level, text in wanted.counts.items()}
        not_assessed = counts.pop(NOT_ASSESSED, 0)
        at_levels = {_points(row, level): number for level, number in counts.items()}
        return tally(row, at_levels, not_assessed, self._enrolled)

    def _write(self, stored: RowCounts, wanted: Tally, seen: int) -> RowCounts:
        by = self._viewer.person_id
        changed = stored.changed(wanted, seen=seen, by=by, at=self._now)
        if changed is stored:
            return stored
        self._written += 1
        return self._unit.counts.save(changed)

    def _name_of(self, person_id: PersonId | None) -> str:
        if person_id is None:
            return ""
        person = self._unit.roster.people([person_id]).get(person_id)
        return person.full_name if person else ""


def _count(row: Criterion, text: str) -> int:
    """An empty field counts nobody."""
    written = text.strip()
    if not written:
        return 0
    if not (written.isascii() and written.isdecimal()):
        raise NonsenseValue(f"{row.code}, count", text, "give a whole number, 0 or more")
    return int(written[:9])


def _points(row: Criterion, level: str) -> Decimal:
    value = value_from_text(level)
    if not isinstance(value, Scored):
        raise NonsenseValue(f"{row.code}, level", level, "name a level of the row")
    return value.points
