from collections.abc import Iterable

from sqlalchemy import Connection, bindparam, delete

from adapters.outbound.persistence.tables import student_work
from adapters.outbound.persistence.versioned import VersionedRecords
from application.errors import Conflict
from application.ports.student_repositories import DlaRepository, SelfAssessmentRepository
from domain.dla import AssignedDla, Dla
from domain.ids import AssignedDlaId, DlaId, PersonId, SectionAssessmentId, SectionId
from domain.self_assessment import SelfAssessment

DLAS = VersionedRecords(student_work.dlas, Dla)
ASSIGNED = VersionedRecords(student_work.assigned_dlas, AssignedDla)
OWN = VersionedRecords(student_work.self_assessments, SelfAssessment)

_MADE_BY = DLAS.select.where(DLAS.c.owner_id == bindparam("owner_id")).order_by(
    DLAS.c.made_at.desc(), DLAS.c.id.desc()
)
_AMONG = DLAS.select.where(DLAS.c.id.in_(bindparam("among", expanding=True)))
_IN_SECTIONS = ASSIGNED.select.where(
    ASSIGNED.c.section_id.in_(bindparam("among", expanding=True))
).order_by(ASSIGNED.c.id)
_OF_STUDENT = ASSIGNED.select.where(ASSIGNED.c.student_id == bindparam("student_id")).order_by(
    ASSIGNED.c.id
)
_REMOVE = delete(student_work.assigned_dlas).where(
    ASSIGNED.c.id == bindparam("gone"), ASSIGNED.c.version == bindparam("seen")
)
_OF_WORK = OWN.select.where(OWN.c.section_assessment_id == bindparam("work_id")).order_by(
    OWN.c.student_id
)
_OWN_OF_STUDENT = OWN.select.where(OWN.c.student_id == bindparam("student_id")).order_by(
    OWN.c.section_assessment_id
)


class SqlDlas(DlaRepository):
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, dla_id: DlaId) -> Dla:
        return DLAS.get(self._connection, "This DLA", dla_id)

    def made_by(self, person_id: PersonId) -> list[Dla]:
        return DLAS.fetch(self._connection, _MADE_BY, owner_id=person_id)

    def dlas(self, ids: Iterable[DlaId]) -> dict[DlaId, Dla]:
        return {one.id: one for one in DLAS.among(self._connection, _AMONG, ids)}

    def save(self, dla: Dla) -> Dla:
        return DLAS.save(self._connection, dla)

    def assigned(self, assigned_id: AssignedDlaId) -> AssignedDla:
        return ASSIGNED.get(self._connection, "This DLA", assigned_id)

    def in_sections(self, section_ids: Iterable[SectionId]) -> list[AssignedDla]:
        found = ASSIGNED.among(self._connection, _IN_SECTIONS, section_ids)
        return sorted(found, key=lambda one: one.id)

    def of_student(self, student_id: PersonId) -> list[AssignedDla]:
        return ASSIGNED.fetch(self._connection, _OF_STUDENT, student_id=student_id)

    def save_assigned(self, assigned: Iterable[AssignedDla]) -> list[AssignedDla]:
        return ASSIGNED.save_all(self._connection, assigned)

    def remove(self, assigned: AssignedDla) -> None:
        key = {"gone": assigned.id, "seen": assigned.version}
        if self._connection.execute(_REMOVE, key).rowcount != 1:
            raise Conflict("This DLA was changed meanwhile; read it again.")


class SqlSelfAssessments(SelfAssessmentRepository):
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(
        self, section_assessment_id: SectionAssessmentId, student_id: PersonId
    ) -> SelfAssessment | None:
        return OWN.find(self._connection, section_assessment_id, student_id)

    def of_work(self, section_assessment_id: SectionAssessmentId) -> dict[PersonId, SelfAssessment]:
        found = OWN.fetch(self._connection, _OF_WORK, work_id=section_assessment_id)
        return {one.student_id: one for one in found}

    def of_student(self, student_id: PersonId) -> list[SelfAssessment]:
        return OWN.fetch(self._connection, _OWN_OF_STUDENT, student_id=student_id)

    def save(self, one: SelfAssessment) -> SelfAssessment:
        return OWN.save(self._connection, one)
