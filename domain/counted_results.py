"""From the counts of Collective work to results by mastery level, as reports add them in."""

from collections import Counter
from collections.abc import Iterable, Mapping

from domain.collective import RowCounts
from domain.ids import SectionAssessmentId, SloId
from domain.reporting import CollectiveCounts
from domain.rubric import Criterion, Rubric


def counted_results(
    rows: Iterable[RowCounts], rubrics: Mapping[SectionAssessmentId, Rubric]
) -> list[CollectiveCounts]:
    """`rubrics` are those that the works were counted with; blank rows are no results.

    A row of Collective work is one SLO and has its id (`domain.rubric.slo_row`).
    """
    return [
        CollectiveCounts(
            row.section_assessment_id,
            SloId(row.row_id),
            _levels(row, rubrics[row.section_assessment_id].row(row.row_id)),
            row.not_assessed,
            at,
        )
        for row, at in ((row, row.counted_at) for row in rows)
        if row.not_assessed is not None and at is not None
    ]


def _levels(row: RowCounts, words: Criterion) -> Mapping[str, int]:
    """Several score levels may stand for one mastery level; levels of nobody are left out."""
    found = Counter[str]()
    for level in row.levels:
        found[words.level_at(level.points).mastery.code] += level.students
    return +found
