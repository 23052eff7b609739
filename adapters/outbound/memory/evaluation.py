"""Counts, evaluators, second scores, reflections that others read, and templates."""

from collections.abc import Iterable, Mapping

from adapters.outbound.memory.roster import MemoryRoster
from adapters.outbound.memory.rows import VersionedRows
from adapters.outbound.memory.scoring import MemoryAssessments
from adapters.outbound.memory.store import Transaction
from application.ports.scoring_repositories import (
    CountRepository,
    EvaluationRepository,
    ReflectionFilter,
    ReflectionRepository,
)
from domain.collective import RowCounts
from domain.evaluation import Evaluator, SecondScore, Settled
from domain.ids import PersonId, ReflectionTemplateId, RowId, SectionAssessmentId
from domain.reflection import CollegeTemplate, Reflection
from domain.rostering import collation_key


class MemoryCounts(CountRepository):
    def __init__(self, transaction: Transaction) -> None:
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

    def submitted(self, wanted: ReflectionFilter) -> Mapping[SectionAssessmentId, list[Reflection]]:
        orgs = None if wanted.org_ids is None else frozenset(wanted.org_ids)
        found: dict[SectionAssessmentId, list[Reflection]] = {}
        for one in self._reflections.where(lambda one: one.submitted_at is not None):
            section = self._roster.section(self._works.work(one.section_assessment_id).section_id)
            org_id = self._roster.course(section.course_id).org_id
            if (
                (orgs is None or org_id in orgs)
                and wanted.term_id in {None, section.term_id}
                and (one.shared_at is not None or not wanted.shared)
            ):
                found.setdefault(one.section_assessment_id, []).append(one)
        return found

    def templates(self) -> list[CollegeTemplate]:
        return sorted(self._templates.all(), key=lambda one: (collation_key(one.name), one.id))

    def template(self, template_id: ReflectionTemplateId) -> CollegeTemplate:
        return self._templates.get("This reflection template", template_id)

    def save_template(self, template: CollegeTemplate) -> CollegeTemplate:
        return self._templates.save(template)


def _cell(one: SecondScore | Settled) -> tuple[str, str, str, str]:
    return one.section_assessment_id, one.scorer_id, one.student_id, one.row_id
