"""Bring over the scores of people whom a steward has named since their import."""

from dataclasses import dataclass, replace

from application.errors import NotFound
from application.own_records import own_import
from application.ports.runtime import Clock
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.score_book import ScoreBook
from application.score_import.desk import score_desk
from application.score_import.writing import write_lines
from domain.audit import Deed
from domain.ids import ImportId
from domain.score_import.import_plan import ImportLine, LineState
from domain.score_import.import_run import ImportState, ScoreImport

_SECTIONS_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Replayed:
    import_id: ImportId
    written: int


@dataclass(frozen=True, slots=True)
class ReplayImport:
    """Apply once more, with the assignments and policy chosen then, to untouched cells only.

    A cell never scored, of an import that was applied, is one of somebody who was not known
    then. What was read may be gone since another import was read; then nothing is written.
    """

    units: UnitOfWorkFactory
    clock: Clock

    def __call__(self, import_id: ImportId, actor: str) -> Replayed:
        """`actor` asks for it; the scores are those of the person who imported.

        Raises: NotFound, no such import, or that person does not teach the section any more.
        """
        with self.units() as unit:
            one = unit.imports.get(import_id)
            if one.state is not ImportState.APPLIED:
                return Replayed(import_id, 0)
            written = self._replayed(unit, one, actor)
            unit.commit()
        return Replayed(import_id, written)

    def _replayed(self, unit: UnitOfWork, one: ScoreImport, actor: str) -> int:
        _, place = own_import(unit, one.requested_by, one.id)
        lines = score_desk(unit, place, one).plan(frozenset(one.assignments), one.policy)
        untouched = [line for line in lines if _is_untouched(line)]
        now = self.clock.now()
        written = write_lines(ScoreBook(unit, place, one.requested_by, now), one, untouched)
        if written:
            cannot = sum(line.state is LineState.CANNOT for line in lines)
            counts = replace(one.counts, new=one.counts.new + written, cannot=cannot)
            unit.imports.save(replace(one, counts=counts))
            details = f"work:{place.work.id} scores:{written}"
            unit.audit.record(Deed(actor, "replayed import", f"import:{one.id}", details, now))
        return written


@dataclass(frozen=True, slots=True)
class ReplayImports:
    """Replay the newest applied import of every assessment in a section.

    One that cannot be replayed, since its person left the section, stops no other.
    """

    units: UnitOfWorkFactory
    replay: ReplayImport

    def __call__(self, actor: str) -> list[Replayed]:
        """Those that brought something."""
        replayed = []
        for import_id in self._newest():
            try:
                replayed.append(self.replay(import_id, actor))
            except NotFound:
                continue
        return [one for one in replayed if one.written]

    def _newest(self) -> list[ImportId]:
        newest: dict[str, ImportId] = {}
        with self.units(write=False) as unit:
            sections = [section.id for section in unit.roster.sections()]
            for start in range(0, len(sections), _SECTIONS_AT_ONCE):
                works = unit.assessments.works_in(sections[start : start + _SECTIONS_AT_ONCE])
                for one in unit.imports.applied_in([work.id for work in works]):
                    newest.setdefault(one.work_id, one.id)
        return list(newest.values())


def _is_untouched(line: ImportLine) -> bool:
    score = line.score
    return line.state is LineState.NEW and score is not None and score.version == 0
