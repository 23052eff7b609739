"""Write what was read in the LMS into the scores of an assessment, all at once or not at all."""

from dataclasses import dataclass, replace
from typing import NamedTuple

from application.errors import Conflict, Invalid
from application.own_records import own_import
from application.ports.runtime import Clock
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.score_book import ATTEMPTS, ScoreBook
from application.score_import.desk import score_desk
from application.score_import.writing import counts_of, write_lines
from application.workplace import Workplace
from domain.audit import Deed
from domain.ids import ImportId, LmsAssignmentRef, PersonId, RowId
from domain.score_import.import_plan import ImportLine, ImportPolicy, LineState
from domain.score_import.import_run import ImportState, ScoreImport


class Replacement(NamedTuple):
    """A score given here that may be replaced; `seen` is the version that was looked at."""

    student_id: PersonId
    row_id: RowId
    seen: int


@dataclass(frozen=True, slots=True)
class ApplyImportCommand:
    """`assignments` None: all that match. `replace_all` replaces conflicts unseen too."""

    person_id: PersonId
    import_id: ImportId
    assignments: frozenset[LmsAssignmentRef] | None = None
    policy: ImportPolicy = ImportPolicy.LATEST
    replace: frozenset[Replacement] = frozenset()
    replace_all: bool = False

    def takes(self, line: ImportLine) -> bool:
        """Whether this line is to be written."""
        if line.state is LineState.CONFLICT:
            return self.replace_all or _replacement(line) in self.replace
        return line.state in {LineState.NEW, LineState.CHANGED}


@dataclass(frozen=True, slots=True)
class ImportReport:
    """`score_import.counts` is what was done; `written` is 0 where a press came twice.

    `lines` is how each student and row was judged just before; empty for a second press.
    """

    score_import: ScoreImport
    written: int
    lines: tuple[ImportLine, ...]


@dataclass(frozen=True, slots=True)
class ApplyImport:
    """Write the chosen lines; comments stay, and a second press changes nothing.

    The plan is made anew from what stands now, so that scores given since the preview are
    conflicts and are left.

    Raises:
        NotFound: the person does not teach the section.
        Invalid: no assignment was chosen.
        IllegalMove: it was not read yet, or was undone.
        Conflict: other writers were faster `ATTEMPTS` times in a row.
    """

    units: UnitOfWorkFactory
    clock: Clock

    def __call__(self, command: ApplyImportCommand) -> ImportReport:
        if command.assignments is not None and not command.assignments:
            raise Invalid("assignments", "choose at least one assignment.")
        for _ in range(ATTEMPTS - 1):
            try:
                return self._apply(command)
            except Conflict:  # begun again, the plan is made of what stands then
                continue
        return self._apply(command)

    def _apply(self, command: ApplyImportCommand) -> ImportReport:
        with self.units() as unit:
            one, place = own_import(unit, command.person_id, command.import_id)
            if one.state is ImportState.APPLIED:
                return ImportReport(one, 0, ())
            moved = one.moved(ImportState.APPLIED)
            report = self._applied(unit, place, moved, command)
            unit.commit()
            return report

    def _applied(
        self, unit: UnitOfWork, place: Workplace, moved: ScoreImport, command: ApplyImportCommand
    ) -> ImportReport:
        now = self.clock.now()
        desk = score_desk(unit, place, moved)
        wanted = desk.matching if command.assignments is None else command.assignments
        lines = desk.plan(wanted, command.policy)
        taken = [line for line in lines if command.takes(line)]
        book = ScoreBook(unit, place, command.person_id, now)
        written = write_lines(book, moved, taken)
        replaced = [line for line in taken if line.state is LineState.CONFLICT]
        applied = replace(
            moved,
            assignments=tuple(sorted(wanted)),
            policy=command.policy,
            counts=counts_of(lines, replaced),
            applied_at=now,
        )
        details = f"work:{place.work.id} scores:{written} conflicts:{applied.counts.conflicts}"
        deed = Deed(command.person_id, "imported scores", f"import:{moved.id}", details, now)
        unit.audit.record(deed)
        return ImportReport(unit.imports.save(applied), written, lines)


def _replacement(line: ImportLine) -> Replacement | None:
    if line.student_id is None or line.row_id is None or line.score is None:
        return None
    return Replacement(line.student_id, line.row_id, line.score.version)
