from collections.abc import Iterable

from sqlalchemy import Connection, bindparam

from adapters.outbound.persistence.tables import scoring
from adapters.outbound.persistence.versioned import VersionedRecords
from application.ports.repositories import AssessmentRepository
from domain.assessment import Assessment, Reflection, SectionAssessment
from domain.ids import AssessmentId, PersonId, SectionAssessmentId, SectionId
from domain.rostering import collation_key

ASSESSMENTS = VersionedRecords(scoring.assessments, Assessment)
WORKS = VersionedRecords(scoring.works, SectionAssessment)
REFLECTIONS = VersionedRecords(scoring.reflections, Reflection)

_WORKS_IN = WORKS.select.where(WORKS.c.section_id.in_(bindparam("among", expanding=True)))
_WORK_OF = WORKS.select.where(
    WORKS.c.assessment_id == bindparam("assessment_id"),
    WORKS.c.section_id == bindparam("section_id"),
)


class SqlAssessments(AssessmentRepository):
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, assessment_id: AssessmentId) -> Assessment:
        return ASSESSMENTS.get(self._connection, "This assessment", assessment_id)

    def all(self) -> list[Assessment]:
        found = ASSESSMENTS.all(self._connection)
        return sorted(found, key=lambda one: (collation_key(one.name), one.id))

    def save(self, assessment: Assessment) -> Assessment:
        return ASSESSMENTS.save(self._connection, assessment)

    def work(self, section_assessment_id: SectionAssessmentId) -> SectionAssessment:
        return WORKS.get(self._connection, "This assessment", section_assessment_id)

    def works_in(self, section_ids: Iterable[SectionId]) -> list[SectionAssessment]:
        found = WORKS.among(self._connection, _WORKS_IN, section_ids)
        return sorted(found, key=lambda work: work.id)

    def work_of(
        self, assessment_id: AssessmentId, section_id: SectionId
    ) -> SectionAssessment | None:
        return WORKS.first(
            self._connection, _WORK_OF, assessment_id=assessment_id, section_id=section_id
        )

    def save_work(self, work: SectionAssessment) -> SectionAssessment:
        return WORKS.save(self._connection, work)

    def reflection(
        self, section_assessment_id: SectionAssessmentId, person_id: PersonId
    ) -> Reflection | None:
        return REFLECTIONS.find(self._connection, section_assessment_id, person_id)

    def save_reflection(self, reflection: Reflection) -> Reflection:
        return REFLECTIONS.save(self._connection, reflection)
