"""Which of the credentials that were handed out still stand: those whose results do."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from application.errors import NotFound
from application.ports.unit_of_work import UnitOfWork
from application.released import slos_reached
from domain.assessment import SectionAssessment
from domain.credential import IssuedCredential
from domain.ids import PersonId, RowId, SectionAssessmentId
from domain.score import Score, ScoreValue, plain

_PORTION = 200
Results = frozenset[tuple[PersonId, RowId, str]]
"""Of whom, of which row, the points of the level."""


def revoked_places(unit: UnitOfWork, issued: Iterable[IssuedCredential]) -> frozenset[int]:
    """A credential falls when its result is taken back, released anew, or another one by now.

    What a person reached goes on standing when the record of the person is merged into another.
    """
    merged = {merge.gone_id: merge.kept_id for merge in unit.merges.standing()}
    by_work = defaultdict(list)
    for one in issued:
        by_work[one.work_id].append(one)
    return frozenset(
        one.place
        for work_id, results, work in _works(unit, list(by_work))
        for one in by_work[work_id]
        if work is None
        or work.released_at != one.released_at
        or (merged.get(one.person_id, one.person_id), one.row_id, one.points) not in results
    )


def _works(
    unit: UnitOfWork, ids: list[SectionAssessmentId]
) -> Iterator[tuple[SectionAssessmentId, Results, SectionAssessment | None]]:
    """Each with what its students reached; None for one that is no longer there."""
    for start in range(0, len(ids), _PORTION):
        portion = ids[start : start + _PORTION]
        scores = unit.scores.of_works(portion)
        for work_id in portion:
            work = _work(unit, work_id)
            results = _results(unit, work, scores.get(work_id, [])) if work else frozenset()
            yield work_id, results, work


def _work(unit: UnitOfWork, work_id: SectionAssessmentId) -> SectionAssessment | None:
    try:
        return unit.assessments.work(work_id)
    except NotFound:
        return None


def _results(unit: UnitOfWork, work: SectionAssessment, scores: list[Score]) -> Results:
    assessment = unit.assessments.get(work.assessment_id)
    students: dict[PersonId, dict[RowId, ScoreValue]] = defaultdict(dict)
    for score in scores:
        students[score.student_id][score.row_id] = score.value
    rubric = work.rubric(assessment)
    return frozenset(
        (student_id, reached.row.id, plain(level.points))
        for student_id, values in students.items()
        for reached in slos_reached(assessment.kind, rubric, values)
        if (level := reached.level) is not None and level.mastery.met
    )
