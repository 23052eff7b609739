"""Imports of scores from the LMS, what was read for them, and where scores came from."""

from collections.abc import Iterable
from datetime import datetime

from adapters.outbound.memory.rows import Rows, VersionedRows
from adapters.outbound.memory.store import Transaction
from application.ports.exchange_repositories import ImportRepository
from application.ports.lms import LmsAccount
from domain.ids import ImportId, LmsAssignmentRef, PersonId, RowId, SectionAssessmentId, SiteId
from domain.score_import.import_run import ImportedCell, ImportState, RefreshPlan, ScoreImport
from domain.score_import.placed_rubric import PlacedRubric
from domain.score_import.reading import Reading
from domain.score_import.source import ScoreSource

_Kept = tuple[ImportId, Reading]


class MemoryImports(ImportRepository):
    def __init__(self, transaction: Transaction) -> None:
        self._imports = VersionedRows[ScoreImport](transaction, "score import", lambda one: one.id)
        self._readings = Rows[_Kept](transaction, "reading", lambda one: (one[0], _ref(one)))
        self._students = Rows[tuple[ImportId, LmsAccount]](
            transaction, "import student", lambda one: (one[0], one[1].ref)
        )
        self._cells = Rows[ImportedCell](
            transaction, "imported cell", lambda one: (one.import_id, one.student_id, one.row_id)
        )
        self._sources = Rows[ScoreSource](
            transaction,
            "score source",
            lambda one: (one.section_assessment_id, one.student_id, one.row_id),
        )
        self._placed = Rows[PlacedRubric](
            transaction, "placed rubric", lambda one: (one.site_id, one.assignment_ref)
        )
        self._plans = VersionedRows[RefreshPlan](
            transaction, "refresh plan", lambda plan: plan.work_id
        )

    def get(self, import_id: ImportId) -> ScoreImport:
        return self._imports.get("This import", import_id)

    def of_work(self, work_id: SectionAssessmentId) -> list[ScoreImport]:
        return _newest_first(self._imports.where(lambda one: one.work_id == work_id))

    def applied_in(self, work_ids: Iterable[SectionAssessmentId]) -> list[ScoreImport]:
        wanted = frozenset(work_ids)
        return _newest_first(
            self._imports.where(
                lambda one: one.state is ImportState.APPLIED and one.work_id in wanted
            )
        )

    def waiting(self) -> list[ScoreImport]:
        return self._imports.where(lambda one: one.state is ImportState.WAITING)

    def save(self, score_import: ScoreImport) -> ScoreImport:
        return self._imports.save(score_import)

    def readings(self, import_id: ImportId) -> list[Reading]:
        return [kept[1] for kept in self._readings.where(lambda one: one[0] == import_id)]

    def put_readings(self, import_id: ImportId, readings: Iterable[Reading]) -> None:
        self._readings.put((import_id, reading) for reading in readings)

    def students(self, import_id: ImportId) -> list[LmsAccount]:
        return [kept[1] for kept in self._students.where(lambda one: one[0] == import_id)]

    def put_students(self, import_id: ImportId, students: Iterable[LmsAccount]) -> None:
        self._students.put((import_id, student) for student in students)

    def forget_readings(self, work_id: SectionAssessmentId, keep: ImportId) -> None:
        others = {one.id for one in self.of_work(work_id)} - {keep}
        self._readings.remove(self._readings.where(lambda one: one[0] in others))
        self._students.remove(self._students.where(lambda one: one[0] in others))

    def cells(self, import_id: ImportId) -> list[ImportedCell]:
        return self._cells.where(lambda one: one.import_id == import_id)

    def put_cells(self, cells: Iterable[ImportedCell]) -> None:
        self._cells.put(cells)

    def sources(self, work_id: SectionAssessmentId) -> dict[tuple[PersonId, RowId], ScoreSource]:
        found = self._sources.where(lambda one: one.section_assessment_id == work_id)
        return {(one.student_id, one.row_id): one for one in found}

    def put_sources(self, sources: Iterable[ScoreSource]) -> None:
        self._sources.put(sources)

    def placed_rubrics(
        self, site_id: SiteId, assignments: Iterable[LmsAssignmentRef]
    ) -> list[PlacedRubric]:
        wanted = set(assignments)
        return self._placed.where(
            lambda one: one.site_id == site_id and one.assignment_ref in wanted
        )

    def put_placed(self, placed: PlacedRubric) -> None:
        self._placed.put([placed])

    def refresh_plan(self, work_id: SectionAssessmentId) -> RefreshPlan | None:
        return self._plans.find(work_id)

    def due_refreshes(self, now: datetime) -> list[RefreshPlan]:
        due = self._plans.where(lambda plan: plan.active and plan.next_at <= now)
        return sorted(due, key=lambda plan: plan.next_at)

    def save_refresh_plan(self, plan: RefreshPlan) -> RefreshPlan:
        return self._plans.save(plan)


def _ref(kept: _Kept) -> LmsAssignmentRef:
    return kept[1].assignment.ref


def _newest_first(imports: list[ScoreImport]) -> list[ScoreImport]:
    return sorted(imports, key=lambda one: (one.requested_at, one.id), reverse=True)
