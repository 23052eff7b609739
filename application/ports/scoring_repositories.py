"""Where counts, evaluators, second scores and reflection templates are kept.

`get...`, `save...` keep the promises of `application.ports.repositories`.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Protocol

from domain.collective import RowCounts
from domain.evaluation import Evaluator, SecondScore, Settled
from domain.ids import (
    OrgId,
    PersonId,
    ReflectionTemplateId,
    RowId,
    SectionAssessmentId,
    SloId,
    TermId,
)
from domain.reflection import CollegeTemplate, Reflection
from domain.reporting import CollectiveCounts


class CountRepository(Protocol):
    """Counts of Collective assessments; rows nobody counted are not there or are blank."""

    def of_work(self, work_id: SectionAssessmentId) -> dict[RowId, RowCounts]: ...
    def of_works(
        self, ids: Iterable[SectionAssessmentId]
    ) -> dict[SectionAssessmentId, list[RowCounts]]: ...
    def reported(
        self, slo_ids: Collection[SloId] | None, term_ids: Collection[TermId] | None
    ) -> list[CollectiveCounts]:
        """Rows of these SLOs in sections of these terms, None all; by work and SLO.

        By mastery level of the rubric they were counted with. Blank rows are left out.
        """

    def assessed(self) -> set[SloId]:
        """SLOs on which summative work counts anybody, in any term."""

    def save(self, counts: RowCounts) -> RowCounts:
        """`counts.version` is the NEXT version (`RowCounts.changed` counted it)."""


class EvaluationRepository(Protocol):
    """Evaluators of works, what second scorers gave, and what was decided between."""

    def evaluator(self, work_id: SectionAssessmentId, person_id: PersonId) -> Evaluator | None:
        """Withdrawn ones too."""

    def evaluators_of(self, work_id: SectionAssessmentId) -> list[Evaluator]:
        """Withdrawn ones too, in the order in which they were assigned."""

    def given_to(self, person_id: PersonId) -> list[Evaluator]:
        """Of active assignments only, in the order in which they were made."""

    def save_evaluator(self, evaluator: Evaluator) -> Evaluator: ...
    def second_scores(self, work_id: SectionAssessmentId) -> dict[PersonId, list[SecondScore]]:
        """By scorer."""

    def second_scores_of(
        self, ids: Iterable[SectionAssessmentId]
    ) -> dict[SectionAssessmentId, list[SecondScore]]:
        """Of many works, for reports; works without any are left out."""

    def of_scorer(self, work_id: SectionAssessmentId, scorer_id: PersonId) -> list[SecondScore]: ...
    def save_second_score(self, score: SecondScore) -> SecondScore:
        """`score.version` is the NEXT version, as with `ScoreRepository.save`."""

    def settled(self, ids: Iterable[SectionAssessmentId]) -> list[Settled]: ...
    def save_settled(self, settled: Settled) -> Settled: ...


@dataclass(frozen=True, slots=True)
class ReflectionFilter:
    """None means all. `org_ids` are those of the courses; `shared` asks for shared ones only."""

    term_id: TermId | None = None
    org_ids: Collection[OrgId] | None = None
    shared: bool = False


@dataclass(frozen=True, slots=True)
class SubmittedReflection:
    """A reflection as others read it, with what it is about and who wrote it."""

    reflection: Reflection
    assessment: str
    course_code: str
    section_title: str
    term_name: str
    given_name: str
    family_name: str

    @property
    def writer(self) -> str:
        return f"{self.given_name} {self.family_name}"


class ReflectionRepository(Protocol):
    """Reflections that others than their writers may read, and the college's templates."""

    def submitted(
        self, wanted: ReflectionFilter, *, limit: int, offset: int = 0
    ) -> list[SubmittedReflection]:
        """Newest first; those saved privately are never among them."""

    def templates(self) -> list[CollegeTemplate]:
        """By name; retired ones too."""

    def template(self, template_id: ReflectionTemplateId) -> CollegeTemplate: ...
    def save_template(self, template: CollegeTemplate) -> CollegeTemplate: ...
