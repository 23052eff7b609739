from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, select

from adapters.outbound.persistence.columns import UtcDateTime
from adapters.outbound.persistence.records import Records
from adapters.outbound.persistence.tables import importing
from adapters.outbound.persistence.versioned import VersionedRecords
from application.ports.exchange_repositories import ImportRepository
from application.ports.lms import LmsAccount
from domain.ids import (
    ImportId,
    LmsAssignmentRef,
    LmsUserRef,
    PersonId,
    RowId,
    SectionAssessmentId,
    SiteId,
)
from domain.score_import.import_run import ImportedCell, ImportState, RefreshPlan, ScoreImport
from domain.score_import.placed_rubric import PlacedRubric
from domain.score_import.reading import Reading
from domain.score_import.source import ScoreSource


@dataclass(frozen=True, slots=True)
class KeptReading:
    """A reading under what it belongs to."""

    import_id: ImportId
    assignment_ref: LmsAssignmentRef
    reading: Reading


@dataclass(frozen=True, slots=True)
class KeptStudent:
    """A student of the LMS course under the import that met them."""

    import_id: ImportId
    ref: LmsUserRef
    sis_id: str | None
    login: str | None
    email: str | None


IMPORTS = VersionedRecords(importing.imports, ScoreImport)
READINGS = Records(importing.readings, KeptReading)
STUDENTS = Records(importing.students, KeptStudent)
CELLS = Records(importing.imported_cells, ImportedCell)
SOURCES = Records(importing.score_sources, ScoreSource)
PLACED = Records(importing.placed_rubrics, PlacedRubric)
PLANS = VersionedRecords(importing.refresh_plans, RefreshPlan)

_OF_WORK = IMPORTS.select.where(IMPORTS.c.work_id == bindparam("work_id")).order_by(
    IMPORTS.c.requested_at.desc(), IMPORTS.c.id.desc()
)
_APPLIED = IMPORTS.select.where(
    IMPORTS.c.work_id.in_(bindparam("among", expanding=True)),
    IMPORTS.c.state == ImportState.APPLIED,
)
_WAITING = IMPORTS.select.where(importing.WAITING).order_by(IMPORTS.c.id)
_READINGS = READINGS.select.where(READINGS.c.import_id == bindparam("import_id")).order_by(
    READINGS.c.assignment_ref
)
_STUDENTS = STUDENTS.select.where(STUDENTS.c.import_id == bindparam("import_id")).order_by(
    STUDENTS.c.ref
)
_OTHERS = select(IMPORTS.c.id).where(
    IMPORTS.c.work_id == bindparam("work_id"), IMPORTS.c.id != bindparam("keep")
)
_FORGET = (
    delete(importing.readings).where(READINGS.c.import_id.in_(_OTHERS)),
    delete(importing.students).where(STUDENTS.c.import_id.in_(_OTHERS)),
)
_CELLS = CELLS.select.where(CELLS.c.import_id == bindparam("import_id")).order_by(
    CELLS.c.student_id, CELLS.c.row_id
)
_SOURCES = SOURCES.select.where(SOURCES.c.section_assessment_id == bindparam("work_id")).order_by(
    SOURCES.c.student_id, SOURCES.c.row_id
)
_PLACED = PLACED.select.where(
    PLACED.c.site_id == bindparam("site_id"),
    PLACED.c.assignment_ref.in_(bindparam("among", expanding=True)),
)
_DUE = PLANS.select.where(
    importing.ACTIVE, PLANS.c.next_at <= bindparam("now", type_=UtcDateTime())
).order_by(PLANS.c.next_at, PLANS.c.work_id)


class SqlImports(ImportRepository):
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, import_id: ImportId) -> ScoreImport:
        return IMPORTS.get(self._connection, "This import", import_id)

    def of_work(self, work_id: SectionAssessmentId) -> list[ScoreImport]:
        return IMPORTS.fetch(self._connection, _OF_WORK, work_id=work_id)

    def applied_in(self, work_ids: Iterable[SectionAssessmentId]) -> list[ScoreImport]:
        found = IMPORTS.among(self._connection, _APPLIED, work_ids)
        return sorted(found, key=lambda one: (one.requested_at, one.id), reverse=True)

    def waiting(self) -> list[ScoreImport]:
        return IMPORTS.fetch(self._connection, _WAITING)

    def save(self, score_import: ScoreImport) -> ScoreImport:
        return IMPORTS.save(self._connection, score_import)

    def readings(self, import_id: ImportId) -> list[Reading]:
        found = READINGS.fetch(self._connection, _READINGS, import_id=import_id)
        return [kept.reading for kept in found]

    def put_readings(self, import_id: ImportId, readings: Iterable[Reading]) -> None:
        READINGS.put(
            self._connection, (KeptReading(import_id, one.assignment.ref, one) for one in readings)
        )

    def students(self, import_id: ImportId) -> list[LmsAccount]:
        found = STUDENTS.fetch(self._connection, _STUDENTS, import_id=import_id)
        return [LmsAccount(one.ref, one.sis_id, one.login, one.email) for one in found]

    def put_students(self, import_id: ImportId, students: Iterable[LmsAccount]) -> None:
        STUDENTS.put(
            self._connection,
            (KeptStudent(import_id, s.ref, s.sis_id, s.login, s.email) for s in students),
        )

    def forget_readings(self, work_id: SectionAssessmentId, keep: ImportId) -> None:
        for forget in _FORGET:
            self._connection.execute(forget, {"work_id": work_id, "keep": keep})

    def cells(self, import_id: ImportId) -> list[ImportedCell]:
        return CELLS.fetch(self._connection, _CELLS, import_id=import_id)

    def put_cells(self, cells: Iterable[ImportedCell]) -> None:
        CELLS.put(self._connection, cells)

    def sources(self, work_id: SectionAssessmentId) -> dict[tuple[PersonId, RowId], ScoreSource]:
        found = SOURCES.fetch(self._connection, _SOURCES, work_id=work_id)
        return {(source.student_id, source.row_id): source for source in found}

    def put_sources(self, sources: Iterable[ScoreSource]) -> None:
        SOURCES.put(self._connection, sources)

    def placed_rubrics(
        self, site_id: SiteId, assignments: Iterable[LmsAssignmentRef]
    ) -> list[PlacedRubric]:
        found = PLACED.among(self._connection, _PLACED, assignments, site_id=site_id)
        return sorted(found, key=lambda one: one.assignment_ref)

    def put_placed(self, placed: PlacedRubric) -> None:
        PLACED.put(self._connection, [placed])

    def refresh_plan(self, work_id: SectionAssessmentId) -> RefreshPlan | None:
        return PLANS.find(self._connection, work_id)

    def due_refreshes(self, now: datetime) -> list[RefreshPlan]:
        return PLANS.fetch(self._connection, _DUE, now=now)

    def save_refresh_plan(self, plan: RefreshPlan) -> RefreshPlan:
        return PLANS.save(self._connection, plan)
