"""Where counts, evaluators, second scores and reflection templates are kept.

`get...`, `save...` keep the promises of `application.ports.repositories`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from domain.collective import RowCounts
from domain.evaluation import Evaluator, SecondScore, Settled
from domain.ids import OrgId, PersonId, ReflectionTemplateId, RowId, SectionAssessmentId, TermId
from domain.reflection import CollegeTemplate, Reflection


class CountRepository(Protocol):
    """Counts of Collective assessments; rows nobody counted are not there or are blank."""

    def of_work(self, work_id: SectionAssessmentId) -> dict[RowId, RowCounts]: ...
    def of_works(
        self, ids: Iterable[SectionAssessmentId]
    ) -> dict[SectionAssessmentId, list[RowCounts]]: ...
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
    """None means all. `org_ids` are those of the courses; `shared` those shared only."""

    term_id: TermId | None = None
    org_ids: Iterable[OrgId] | None = None
    shared: bool = False


class ReflectionRepository(Protocol):
    """Reflections that others than their writers may read, and the college's templates."""

    def submitted(self, wanted: ReflectionFilter) -> Mapping[SectionAssessmentId, list[Reflection]]:
        """Submitted ones by work; those saved privately are never among them."""

    def templates(self) -> list[CollegeTemplate]:
        """By name; retired ones too."""

    def template(self, template_id: ReflectionTemplateId) -> CollegeTemplate: ...
    def save_template(self, template: CollegeTemplate) -> CollegeTemplate: ...
