from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import Connection, bindparam

from adapters.outbound.persistence.tables import evaluation
from adapters.outbound.persistence.versioned import VersionedRecords
from application.ports.scoring_repositories import EvaluationRepository
from domain.evaluation import Evaluator, SecondScore, Settled
from domain.ids import PersonId, SectionAssessmentId

EVALUATORS = VersionedRecords(evaluation.evaluators, Evaluator)
SECOND_SCORES = VersionedRecords(evaluation.second_scores, SecondScore)
SETTLED = VersionedRecords(evaluation.settled, Settled)

_OF_WORK = EVALUATORS.select.where(
    EVALUATORS.c.section_assessment_id == bindparam("work_id")
).order_by(EVALUATORS.c.assigned_at, EVALUATORS.c.person_id)
_GIVEN_TO = EVALUATORS.select.where(
    EVALUATORS.c.person_id == bindparam("of_person"), EVALUATORS.c.withdrawn_at.is_(None)
).order_by(EVALUATORS.c.assigned_at, EVALUATORS.c.section_assessment_id)
_SECOND_KEY = (
    SECOND_SCORES.c.section_assessment_id,
    SECOND_SCORES.c.scorer_id,
    SECOND_SCORES.c.student_id,
    SECOND_SCORES.c.row_id,
)
_SECOND_OF_WORKS = SECOND_SCORES.select.where(
    SECOND_SCORES.c.section_assessment_id.in_(bindparam("among", expanding=True))
).order_by(*_SECOND_KEY)
_OF_SCORER = SECOND_SCORES.select.where(
    SECOND_SCORES.c.section_assessment_id == bindparam("work_id"),
    SECOND_SCORES.c.scorer_id == bindparam("of_scorer"),
).order_by(*_SECOND_KEY)
_SETTLED_OF_WORKS = SETTLED.select.where(
    SETTLED.c.section_assessment_id.in_(bindparam("among", expanding=True))
).order_by(*SETTLED.table.primary_key)


class SqlEvaluations(EvaluationRepository):
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def evaluator(self, work_id: SectionAssessmentId, person_id: PersonId) -> Evaluator | None:
        return EVALUATORS.find(self._connection, work_id, person_id)

    def evaluators_of(self, work_id: SectionAssessmentId) -> list[Evaluator]:
        return EVALUATORS.fetch(self._connection, _OF_WORK, work_id=work_id)

    def given_to(self, person_id: PersonId) -> list[Evaluator]:
        return EVALUATORS.fetch(self._connection, _GIVEN_TO, of_person=person_id)

    def save_evaluator(self, evaluator: Evaluator) -> Evaluator:
        return EVALUATORS.save(self._connection, evaluator)

    def second_scores(self, work_id: SectionAssessmentId) -> dict[PersonId, list[SecondScore]]:
        found: defaultdict[PersonId, list[SecondScore]] = defaultdict(list)
        for score in SECOND_SCORES.among(self._connection, _SECOND_OF_WORKS, [work_id]):
            found[score.scorer_id].append(score)
        return dict(found)

    def second_scores_of(
        self, ids: Iterable[SectionAssessmentId]
    ) -> dict[SectionAssessmentId, list[SecondScore]]:
        found: defaultdict[SectionAssessmentId, list[SecondScore]] = defaultdict(list)
        for score in SECOND_SCORES.among(self._connection, _SECOND_OF_WORKS, ids):
            found[score.section_assessment_id].append(score)
        return dict(found)

    def of_scorer(self, work_id: SectionAssessmentId, scorer_id: PersonId) -> list[SecondScore]:
        return SECOND_SCORES.fetch(
            self._connection, _OF_SCORER, work_id=work_id, of_scorer=scorer_id
        )

    def save_second_score(self, score: SecondScore) -> SecondScore:
        SECOND_SCORES.store(self._connection, [score])
        return score

    def settled(self, ids: Iterable[SectionAssessmentId]) -> list[Settled]:
        return SETTLED.among(self._connection, _SETTLED_OF_WORKS, ids)

    def save_settled(self, settled: Settled) -> Settled:
        return SETTLED.save(self._connection, settled)
