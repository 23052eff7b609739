from collections.abc import Iterable
from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    CompoundSelect,
    Connection,
    bindparam,
    delete,
    func,
    select,
    union,
)

from adapters.outbound.persistence.records import batches
from adapters.outbound.persistence.tables import scoring
from adapters.outbound.persistence.touched import Touched
from adapters.outbound.persistence.versioned import VersionedRecords
from application.later import imported_later
from application.ports.repositories import AssessmentRepository, Uses
from domain.assessment import Assessment, SectionAssessment
from domain.ids import AssessmentId, PersonId, PlanId, SectionAssessmentId, SectionId
from domain.reflection import Reflection
from domain.rostering import collation_key

with imported_later(__name__):
    from adapters.outbound.persistence.references import columns_naming

ASSESSMENTS = VersionedRecords(
    scoring.assessments,
    Assessment,
    derived={
        "row_count": lambda a: len(a.rubric.criteria),
        "asks_reflection": lambda a: a.reflection.asks,
    },
)
WORKS = VersionedRecords(
    scoring.works,
    SectionAssessment,
    derived={"frozen_rows": lambda w: len(w.snapshot.criteria) if w.snapshot else None},
)
REFLECTIONS = VersionedRecords(scoring.reflections, Reflection)

_WORKS_IN = WORKS.select.where(WORKS.c.section_id.in_(bindparam("among", expanding=True)))
_WORK_OF = WORKS.select.where(
    WORKS.c.assessment_id == bindparam("assessment_id"),
    WORKS.c.section_id == bindparam("section_id"),
)
_WORKS_OF = WORKS.select.where(WORKS.c.assessment_id == bindparam("assessment_id"))
_WORKS_OF_PLAN = WORKS.select.where(WORKS.c.plan_id == bindparam("plan_id"))
_USES = select(
    WORKS.c.assessment_id, func.count(), func.count(WORKS.c.edition).label("scored")
).group_by(WORKS.c.assessment_id)
_AMONG: BindParameter[str] = bindparam("among", expanding=True)
_REMOVE = delete(scoring.works).where(WORKS.c.id.in_(_AMONG))


class SqlAssessments(AssessmentRepository):
    def __init__(self, connection: Connection, touched: Touched) -> None:
        self._connection = connection
        self._touched = touched

    def get(self, assessment_id: AssessmentId) -> Assessment:
        return ASSESSMENTS.get(self._connection, "This assessment", assessment_id)

    def all(self) -> list[Assessment]:
        found = ASSESSMENTS.all(self._connection)
        return sorted(found, key=lambda one: (collation_key(one.name), one.id))

    def save(self, assessment: Assessment) -> Assessment:
        self._touched.assessments.add(assessment.id)
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
        return self.save_works([work])[0]

    def save_works(self, works: Iterable[SectionAssessment]) -> list[SectionAssessment]:
        saved = WORKS.save_all(self._connection, works)
        self._touched.works.update(work.id for work in saved if work.snapshot)
        return saved

    def works_of(self, assessment_id: AssessmentId) -> list[SectionAssessment]:
        found = WORKS.fetch(self._connection, _WORKS_OF, assessment_id=assessment_id)
        return sorted(found, key=lambda work: work.id)

    def works_of_plan(self, plan_id: PlanId) -> list[SectionAssessment]:
        found = WORKS.fetch(self._connection, _WORKS_OF_PLAN, plan_id=plan_id)
        return sorted(found, key=lambda work: work.id)

    def uses(self) -> dict[AssessmentId, Uses]:
        rows = self._connection.execute(_USES)
        return {AssessmentId(row[0]): Uses(row[1], row[2]) for row in rows}

    def works_in_use(self, ids: Iterable[SectionAssessmentId]) -> set[SectionAssessmentId]:
        return {
            SectionAssessmentId(row[0])
            for batch in batches(ids)
            for row in self._connection.execute(_referring(), {"among": batch})
        }

    def remove_works(self, ids: Iterable[SectionAssessmentId]) -> None:
        for batch in batches(ids):
            self._connection.execute(_REMOVE, {"among": batch})

    def reflection(
        self, section_assessment_id: SectionAssessmentId, person_id: PersonId
    ) -> Reflection | None:
        return REFLECTIONS.find(self._connection, section_assessment_id, person_id)

    def save_reflection(self, reflection: Reflection) -> Reflection:
        return REFLECTIONS.save(self._connection, reflection)


@cache
def _referring() -> CompoundSelect[Any]:
    """Ids of works that a record of any other table belongs to."""
    naming = columns_naming(WORKS.c.id)
    return union(*(select(column).where(column.in_(_AMONG)) for column in naming))
