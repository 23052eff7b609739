"""That scores were imported: the mark of an assessment, and the source of each cell."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.workplace import taught
from domain.ids import ImportId, LmsAssignmentRef, PersonId, RowId, SectionAssessmentId
from domain.score_import.import_run import ImportCounts, ScoreImport
from domain.score_import.source import ScoreSource

Cell = tuple[PersonId, RowId]


@dataclass(frozen=True, slots=True)
class ImportMark:
    """The last import of an assessment that stands."""

    import_id: ImportId
    imported_at: datetime
    by: str
    """Full name of the person who imported, or whose schedule did."""
    assignments: tuple[str, ...]
    """Names of those that at least one score here comes from."""
    counts: ImportCounts
    scheduled: bool


def import_marks(
    unit: UnitOfWork, work_ids: Collection[SectionAssessmentId]
) -> dict[SectionAssessmentId, ImportMark]:
    """For those of the assessments that have one; for the green check in lists."""
    last: dict[SectionAssessmentId, ScoreImport] = {}
    for one in unit.imports.applied_in(work_ids):
        last.setdefault(one.work_id, one)
    people = unit.roster.people({one.requested_by for one in last.values()})
    return {
        work_id: ImportMark(
            import_id=one.id,
            imported_at=one.applied_at or one.requested_at,
            by=people[one.requested_by].full_name if one.requested_by in people else "",
            assignments=_names(one.assignments, unit.imports.sources(work_id).values()),
            counts=one.counts,
            scheduled=one.scheduled,
        )
        for work_id, one in last.items()
    }


@dataclass(frozen=True, slots=True)
class CellSource:
    """Where the score of a cell came from, while nobody has changed it here."""

    assignments: tuple[str, ...]
    imported_at: datetime


def cell_sources(unit: UnitOfWork, work_id: SectionAssessmentId) -> dict[Cell, CellSource]:
    """Only cells whose score is still the one that was imported."""
    imports = {one.id: one for one in unit.imports.of_work(work_id)}
    scores = {(one.student_id, one.row_id): one for one in unit.scores.of_work(work_id)}
    return {
        cell: CellSource(
            tuple(dict.fromkeys(one.assignment_name for one in source.contributions)),
            _when(imports[source.import_id]),
        )
        for cell, source in unit.imports.sources(work_id).items()
        if cell in scores and source.still_speaks_for(scores[cell])
    }


@dataclass(frozen=True, slots=True)
class ImportMarks:
    """The same for pages. Raises NotFound where the person does not teach the section."""

    units: UnitOfWorkFactory

    def __call__(self, person_id: PersonId, work_id: SectionAssessmentId) -> ImportMark | None:
        with self.units(write=False) as unit:
            taught(unit, person_id, work_id)
            return import_marks(unit, [work_id]).get(work_id)

    def cells(self, person_id: PersonId, work_id: SectionAssessmentId) -> Mapping[Cell, CellSource]:
        with self.units(write=False) as unit:
            taught(unit, person_id, work_id)
            return cell_sources(unit, work_id)


def _when(one: ScoreImport) -> datetime:
    return one.applied_at or one.requested_at


def _names(chosen: Collection[LmsAssignmentRef], sources: Iterable[ScoreSource]) -> tuple[str, ...]:
    names = {c.assignment_ref: c.assignment_name for one in sources for c in one.contributions}
    return tuple(names[ref] for ref in chosen if ref in names)
