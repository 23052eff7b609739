"""Scales, SLOs, assessments and scores."""

from collections.abc import Collection, Iterable

from adapters.outbound.memory.rows import Rows, VersionedRows
from adapters.outbound.memory.store import Transaction
from application.ports.repositories import (
    AssessmentRepository,
    OutcomeRepository,
    ScoreRepository,
    Uses,
)
from domain.assessment import Assessment, OwnGrade, SectionAssessment
from domain.ids import (
    AssessmentId,
    CourseId,
    PersonId,
    PlanId,
    RowId,
    ScaleId,
    SectionAssessmentId,
    SectionId,
    SloId,
)
from domain.reflection import Reflection
from domain.rostering import collation_key
from domain.scale import AssessmentScale
from domain.score import Score, unscored
from domain.slo import Slo, SloState


class MemoryOutcomes(OutcomeRepository):
    def __init__(self, transaction: Transaction) -> None:
        self._scales = Rows[AssessmentScale](transaction, "scale", lambda scale: scale.id)
        self._slos = Rows[Slo](transaction, "slo", lambda slo: slo.id)

    def scales(self) -> list[AssessmentScale]:
        return sorted(self._scales.all(), key=lambda s: (not s.is_default, s.code, s.version))

    def scale(self, scale_id: ScaleId) -> AssessmentScale:
        return self._scales.get("This scale", scale_id)

    def put_scales(self, scales: Iterable[AssessmentScale]) -> None:
        self._scales.put(scales)

    def slos(self) -> list[Slo]:
        return sorted(self._slos.all(), key=lambda slo: slo.code)

    def slos_of_course(self, course_id: CourseId) -> list[Slo]:
        return [
            slo
            for slo in self.slos()
            if slo.course_id == course_id and slo.state is SloState.ACTIVE
        ]

    def slos_by_id(self, ids: Iterable[SloId]) -> dict[SloId, Slo]:
        found = (self._slos.find(slo_id) for slo_id in ids)
        return {slo.id: slo for slo in found if slo is not None}

    def put_slos(self, slos: Iterable[Slo]) -> None:
        self._slos.put(slos)


_BELONGING = {
    "score": "section_assessment_id",
    "own grade": "section_assessment_id",
    "reflection": "section_assessment_id",
    "link": "section_assessment_id",
    "score import": "work_id",
    "placed rubric": "work_id",
    "publication": "work_id",
    "refresh plan": "work_id",
    "assigned dla": "work_id",
    "self-assessment": "section_assessment_id",
    "evidence": "work_id",
    "collective count": "section_assessment_id",
    "evaluator": "section_assessment_id",
    "second score": "section_assessment_id",
    "settled score": "section_assessment_id",
}
"""Kinds of record that belong to an assessment in a section, and the field that names it."""


class MemoryAssessments(AssessmentRepository):
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction
        self._assessments = VersionedRows[Assessment](
            transaction, "assessment", lambda assessment: assessment.id
        )
        self._works = VersionedRows[SectionAssessment](
            transaction,
            "section assessment",
            lambda work: work.id,
            unique=lambda work: (work.assessment_id, work.section_id),
        )
        self._reflections = VersionedRows[Reflection](
            transaction, "reflection", lambda one: (one.section_assessment_id, one.person_id)
        )

    def get(self, assessment_id: AssessmentId) -> Assessment:
        return self._assessments.get("This assessment", assessment_id)

    def all(self) -> list[Assessment]:
        return sorted(self._assessments.all(), key=lambda one: collation_key(one.name))

    def save(self, assessment: Assessment) -> Assessment:
        return self._assessments.save(assessment)

    def work(self, section_assessment_id: SectionAssessmentId) -> SectionAssessment:
        return self._works.get("This assessment", section_assessment_id)

    def works_in(self, section_ids: Iterable[SectionId]) -> list[SectionAssessment]:
        wanted = frozenset(section_ids)
        return self._works.where(lambda work: work.section_id in wanted)

    def work_of(
        self, assessment_id: AssessmentId, section_id: SectionId
    ) -> SectionAssessment | None:
        found = self._works.where(
            lambda work: work.assessment_id == assessment_id and work.section_id == section_id
        )
        return next(iter(found), None)

    def save_work(self, work: SectionAssessment) -> SectionAssessment:
        return self._works.save(work)

    def save_works(self, works: Iterable[SectionAssessment]) -> list[SectionAssessment]:
        return self._works.save_all(works)

    def works_of(self, assessment_id: AssessmentId) -> list[SectionAssessment]:
        return self._works.where(lambda work: work.assessment_id == assessment_id)

    def works_of_plan(self, plan_id: PlanId) -> list[SectionAssessment]:
        return self._works.where(lambda work: work.plan_id == plan_id)

    def uses(self) -> dict[AssessmentId, Uses]:
        found: dict[AssessmentId, Uses] = {}
        for work in self._works.all():
            before = found.get(work.assessment_id, Uses(0, 0))
            scored = before.scored + (work.edition is not None)
            found[work.assessment_id] = Uses(before.sections + 1, scored)
        return found

    def works_in_use(self, ids: Iterable[SectionAssessmentId]) -> set[SectionAssessmentId]:
        belonging = {
            getattr(record, name)
            for kind, name in _BELONGING.items()
            for record in self._transaction.rows(kind).values()
        }
        return belonging.intersection(ids)

    def remove_works(self, ids: Iterable[SectionAssessmentId]) -> None:
        wanted = frozenset(ids)
        self._works.remove(self._works.where(lambda work: work.id in wanted))

    def reflection(
        self, section_assessment_id: SectionAssessmentId, person_id: PersonId
    ) -> Reflection | None:
        return self._reflections.find((section_assessment_id, person_id))

    def save_reflection(self, reflection: Reflection) -> Reflection:
        return self._reflections.save(reflection)


class MemoryScores(ScoreRepository):
    def __init__(self, transaction: Transaction) -> None:
        self._scores = VersionedRows[Score](
            transaction,
            "score",
            lambda one: (one.section_assessment_id, one.student_id, one.row_id),
        )
        self._own_grades = VersionedRows[OwnGrade](
            transaction, "own grade", lambda one: (one.section_assessment_id, one.student_id)
        )

    def of_work(self, section_assessment_id: SectionAssessmentId) -> list[Score]:
        return self._scores.where(lambda s: s.section_assessment_id == section_assessment_id)

    def of_works(
        self, ids: Iterable[SectionAssessmentId]
    ) -> dict[SectionAssessmentId, list[Score]]:
        found = ((work_id, self.of_work(work_id)) for work_id in ids)
        return {work_id: scores for work_id, scores in found if scores}

    def of_student(
        self, section_assessment_id: SectionAssessmentId, student_id: PersonId
    ) -> dict[RowId, Score]:
        scores = self.of_work(section_assessment_id)
        return {score.row_id: score for score in scores if score.student_id == student_id}

    def cell(
        self, section_assessment_id: SectionAssessmentId, student_id: PersonId, row_id: RowId
    ) -> Score:
        found = self._scores.find((section_assessment_id, student_id, row_id))
        return found or unscored(section_assessment_id, student_id, row_id)

    def save(self, score: Score) -> Score:
        self.save_all([score])
        return score

    def save_all(self, scores: Collection[Score]) -> None:
        self._scores.store(list(scores))

    def own_grades(self, section_assessment_id: SectionAssessmentId) -> dict[PersonId, OwnGrade]:
        found = self._own_grades.where(
            lambda grade: grade.section_assessment_id == section_assessment_id
        )
        return {grade.student_id: grade for grade in found}

    def save_own_grade(self, grade: OwnGrade) -> OwnGrade:
        return self._own_grades.save(grade)
