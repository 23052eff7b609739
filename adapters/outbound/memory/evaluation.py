"""Counts, evaluators, second scores, reflections that others read, and templates."""

from collections.abc import Collection, Iterable

from adapters.outbound.memory.roster import MemoryRoster
from adapters.outbound.memory.rows import VersionedRows
from adapters.outbound.memory.scoring import MemoryAssessments
from adapters.outbound.memory.store import Transaction
from application.ports.scoring_repositories import (
    CountRepository,
    EvaluationRepository,
    ReflectionFilter,
    ReflectionRepository,
    SubmittedReflection,
)
from domain.assessment import Assessment, Purpose
from domain.collective import RowCounts
from domain.counted_results import counted_results
from domain.evaluation import Evaluator, SecondScore, Settled
from domain.ids import (
    PersonId,
    ReflectionTemplateId,
    RowId,
    SectionAssessmentId,
    SloId,
    TermId,
)
from domain.reflection import CollegeTemplate, Reflection
from domain.reporting import CollectiveCounts
from domain.rostering import collation_key
from domain.rubric import Rubric


class MemoryCounts(CountRepository):
    def __init__(self, transaction: Transaction) -> None:
        self._roster = MemoryRoster(transaction)
        self._works = MemoryAssessments(transaction)
        self._counts = VersionedRows[RowCounts](
            transaction, "collective count", lambda one: (one.section_assessment_id, one.row_id)
        )

    def of_work(self, work_id: SectionAssessmentId) -> dict[RowId, RowCounts]:
        found = self._counts.where(lambda one: one.section_assessment_id == work_id)
        return {counts.row_id: counts for counts in found}

    def of_works(
        self, ids: Iterable[SectionAssessmentId]
    ) -> dict[SectionAssessmentId, list[RowCounts]]:
        found = ((work_id, list(self.of_work(work_id).values())) for work_id in ids)
        return {work_id: counts for work_id, counts in found if counts}

    def reported(
        self, slo_ids: Collection[SloId] | None, term_ids: Collection[TermId] | None
    ) -> list[CollectiveCounts]:
        rows = self._counts.where(
            lambda one: (
                (slo_ids is None or SloId(one.row_id) in slo_ids)
                and (term_ids is None or self._term(one) in term_ids)
            )
        )
        rubrics = {one.section_assessment_id: self._rubric(one) for one in rows}
        rows.sort(key=lambda one: (one.section_assessment_id, one.row_id))
        return counted_results(rows, rubrics)

    def assessed(self) -> set[SloId]:
        counted = self._counts.where(lambda one: one.total > 0)
        return {
            SloId(one.row_id)
            for one in counted
            if self._definition(one).purpose is Purpose.SUMMATIVE
        }

    def _term(self, counts: RowCounts) -> TermId:
        work = self._works.work(counts.section_assessment_id)
        return self._roster.section(work.section_id).term_id

    def _rubric(self, counts: RowCounts) -> Rubric:
        return self._works.work(counts.section_assessment_id).rubric(self._definition(counts))

    def _definition(self, counts: RowCounts) -> Assessment:
        return self._works.get(self._works.work(counts.section_assessment_id).assessment_id)

    def save(self, counts: RowCounts) -> RowCounts:
        self._counts.store([counts])
        return counts


class MemoryEvaluations(EvaluationRepository):
    def __init__(self, transaction: Transaction) -> None:
        self._evaluators = VersionedRows[Evaluator](
            transaction, "evaluator", lambda one: (one.section_assessment_id, one.person_id)
        )
        self._scores = VersionedRows[SecondScore](transaction, "second score", _cell)
        self._settled = VersionedRows[Settled](transaction, "settled score", _cell)

    def evaluator(self, work_id: SectionAssessmentId, person_id: PersonId) -> Evaluator | None:
        return self._evaluators.find((work_id, person_id))

    def evaluators_of(self, work_id: SectionAssessmentId) -> list[Evaluator]:
        found = self._evaluators.where(lambda one: one.section_assessment_id == work_id)
        return sorted(found, key=lambda one: (one.assigned_at, one.person_id))

    def given_to(self, person_id: PersonId) -> list[Evaluator]:
        found = self._evaluators.where(lambda one: one.person_id == person_id and one.active)
        return sorted(found, key=lambda one: (one.assigned_at, one.section_assessment_id))

    def save_evaluator(self, evaluator: Evaluator) -> Evaluator:
        return self._evaluators.save(evaluator)

    def second_scores(self, work_id: SectionAssessmentId) -> dict[PersonId, list[SecondScore]]:
        found: dict[PersonId, list[SecondScore]] = {}
        for score in self._scores.where(lambda one: one.section_assessment_id == work_id):
            found.setdefault(score.scorer_id, []).append(score)
        return found

    def second_scores_of(
        self, ids: Iterable[SectionAssessmentId]
    ) -> dict[SectionAssessmentId, list[SecondScore]]:
        wanted = frozenset(ids)
        found: dict[SectionAssessmentId, list[SecondScore]] = {}
        for score in self._scores.where(lambda one: one.section_assessment_id in wanted):
            found.setdefault(score.section_assessment_id, []).append(score)
        return found

    def of_scorer(self, work_id: SectionAssessmentId, scorer_id: PersonId) -> list[SecondScore]:
        return self.second_scores(work_id).get(scorer_id, [])

    def save_second_score(self, score: SecondScore) -> SecondScore:
        self._scores.store([score])
        return score

    def settled(self, ids: Iterable[SectionAssessmentId]) -> list[Settled]:
        wanted = frozenset(ids)
        return self._settled.where(lambda one: one.section_assessment_id in wanted)

    def save_settled(self, settled: Settled) -> Settled:
        return self._settled.save(settled)


class MemoryReflections(ReflectionRepository):
    def __init__(self, transaction: Transaction) -> None:
        self._roster = MemoryRoster(transaction)
        self._works = MemoryAssessments(transaction)
        self._reflections = VersionedRows[Reflection](
            transaction, "reflection", lambda one: (one.section_assessment_id, one.person_id)
        )
        self._templates = VersionedRows[CollegeTemplate](
            transaction, "reflection template", lambda one: one.id
        )

    def submitted(
        self, wanted: ReflectionFilter, *, limit: int, offset: int = 0
    ) -> list[SubmittedReflection]:
        written = self._reflections.where(lambda one: one.submitted_at is not None)
        written.sort(key=lambda one: str(one.submitted_at), reverse=True)
        found = (self._read(one, wanted) for one in written)
        return [one for one in found if one is not None][offset : offset + limit]

    def _read(self, one: Reflection, wanted: ReflectionFilter) -> SubmittedReflection | None:
        work = self._works.work(one.section_assessment_id)
        section = self._roster.section(work.section_id)
        course = self._roster.course(section.course_id)
        if (
            (wanted.org_ids is not None and course.org_id not in wanted.org_ids)
            or wanted.term_id not in {None, section.term_id}
            or (wanted.shared and one.shared_at is None)
        ):
            return None
        person = self._roster.people([one.person_id])[one.person_id]
        return SubmittedReflection(
            one, self._works.get(work.assessment_id).name, course.code, section.title,
            self._roster.term(section.term_id).name, person.given_name, person.family_name,
        )  # fmt: skip

    def templates(self) -> list[CollegeTemplate]:
        return sorted(self._templates.all(), key=lambda one: (collation_key(one.name), one.id))

    def template(self, template_id: ReflectionTemplateId) -> CollegeTemplate:
        return self._templates.get("This reflection template", template_id)

    def save_template(self, template: CollegeTemplate) -> CollegeTemplate:
        return self._templates.save(template)


def _cell(one: SecondScore | Settled) -> tuple[str, str, str, str]:
    return one.section_assessment_id, one.scorer_id, one.student_id, one.row_id
