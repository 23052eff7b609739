"""Take an import back, cell by cell, as far as nobody changed the score since."""

from dataclasses import dataclass, replace

from application.errors import Conflict
from application.own_records import own_import
from application.ports.runtime import Clock
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.score_book import ATTEMPTS, ScoreBook
from domain.audit import Deed
from domain.ids import ImportId, PersonId, SectionAssessmentId
from domain.score_import.import_run import ImportedCell, ImportState


@dataclass(frozen=True, slots=True)
class UndoReport:
    """`kept` cells were changed since the import, here or by another one, and stay.

    `refresh_stopped`: the section's schedule would have brought the scores back, so it was
    switched off.
    """

    restored: int
    kept: int
    refresh_stopped: bool


@dataclass(frozen=True, slots=True)
class UndoImport:
    """Put back what stood before. A second press changes nothing.

    Where an imported score came from is not brought back: the next import judges it as a
    score given here.

    Raises:
        NotFound: the person does not teach the section.
        IllegalMove: it was never applied.
        Conflict: other writers were faster `ATTEMPTS` times in a row.
    """

    units: UnitOfWorkFactory
    clock: Clock

    def __call__(self, person_id: PersonId, import_id: ImportId) -> UndoReport:
        for _ in range(ATTEMPTS - 1):
            try:
                return self._undo(person_id, import_id)
            except Conflict:  # begun again, each cell is judged by its version
                continue
        return self._undo(person_id, import_id)

    def _undo(self, person_id: PersonId, import_id: ImportId) -> UndoReport:
        now = self.clock.now()
        with self.units() as unit:
            one, place = own_import(unit, person_id, import_id)
            if one.state is ImportState.UNDONE:
                return UndoReport(0, 0, refresh_stopped=False)
            unit.imports.save(one.moved(ImportState.UNDONE))
            book = ScoreBook(unit, place, person_id, now)
            cells = unit.imports.cells(import_id)
            restored = sum(_restored(book, cell) for cell in cells)
            stopped = _stop_refresh(unit, place.work.id)
            details = f"work:{place.work.id} scores:{restored} of {len(cells)}"
            deed = Deed(person_id, "undid import", f"import:{import_id}", details, now)
            unit.audit.record(deed)
            unit.commit()
        return UndoReport(restored, len(cells) - restored, stopped)


def _restored(book: ScoreBook, cell: ImportedCell) -> bool:
    stands = book.unit.scores.cell(book.place.work.id, cell.student_id, cell.row_id)
    if stands.version != cell.score_version:
        return False
    book.write(stands, cell.before, None, seen=stands.version)
    return True


def _stop_refresh(unit: UnitOfWork, work_id: SectionAssessmentId) -> bool:
    plan = unit.imports.refresh_plan(work_id)
    if plan is None or not plan.active:
        return False
    unit.imports.save_refresh_plan(replace(plan, active=False))
    return True
