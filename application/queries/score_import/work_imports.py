"""The page from which scores of an assessment are imported: what was imported before."""

from dataclasses import dataclass

from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.queries.works.work_header import WorkHeader, work_header
from application.refusals import sentence
from application.workplace import taught
from domain.assessment import Purpose
from domain.ids import PersonId, SectionAssessmentId, SectionId
from domain.score_import.import_run import RefreshPlan, ScoreImport


@dataclass(frozen=True, slots=True)
class ImportRow:
    """One import of the work; `by` is the full name of who asked for it."""

    score_import: ScoreImport
    by: str

    @property
    def why(self) -> str:
        return sentence(self.score_import.reason) if self.score_import.reason else ""


@dataclass(frozen=True, slots=True)
class ImportTarget:
    """An assessment of the section that scores can be imported into."""

    work_id: SectionAssessmentId
    name: str
    purpose: Purpose


@dataclass(frozen=True, slots=True)
class WorkImportsView:
    """Newest first. `refresh` is the section's own schedule, None where never set.

    `others` are the section's other assessments, by name.
    """

    header: WorkHeader
    others: tuple[ImportTarget, ...]
    rows: tuple[ImportRow, ...]
    refresh: RefreshPlan | None
    refresh_by: str

    @property
    def refreshed(self) -> ImportRow | None:
        """The last import that the schedule began; None while it began none."""
        last = self.refresh.last_import if self.refresh else None
        return next((row for row in self.rows if row.score_import.id == last), None)


@dataclass(frozen=True, slots=True)
class WorkImports:
    units: UnitOfWorkFactory

    def __call__(self, person_id: PersonId, work_id: SectionAssessmentId) -> WorkImportsView:
        """Raises: NotFound unless the person teaches the section."""
        with self.units(write=False) as unit:
            place = taught(unit, person_id, work_id)
            return _view(unit, work_header(unit, place))


def _view(unit: UnitOfWork, header: WorkHeader) -> WorkImportsView:
    imports = unit.imports.of_work(header.work_id)
    refresh = unit.imports.refresh_plan(header.work_id)
    ids = {one.requested_by for one in imports} | ({refresh.set_by} if refresh else set())
    names = {one.id: one.full_name for one in unit.roster.people(ids).values()}
    rows = tuple(ImportRow(one, names.get(one.requested_by, "")) for one in imports)
    refresh_by = names.get(refresh.set_by, "") if refresh else ""
    others = _others(unit, header.section_id, header.work_id)
    return WorkImportsView(header, others, rows, refresh, refresh_by)


def _others(
    unit: UnitOfWork, section_id: SectionId, mine: SectionAssessmentId
) -> tuple[ImportTarget, ...]:
    works = [work for work in unit.assessments.works_in([section_id]) if work.id != mine]
    of = {work.id: unit.assessments.get(work.assessment_id) for work in works}
    targets = (ImportTarget(work.id, of[work.id].name, of[work.id].purpose) for work in works)
    return tuple(sorted(targets, key=lambda one: (one.name.casefold(), one.work_id)))
