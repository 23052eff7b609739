from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import Connection, bindparam

from adapters.outbound.persistence.tables import evaluation
from adapters.outbound.persistence.versioned import VersionedRecords
from application.ports.scoring_repositories import CountRepository
from domain.collective import RowCounts
from domain.ids import RowId, SectionAssessmentId

COUNTS = VersionedRecords(
    evaluation.counts, RowCounts, derived={"total": lambda counts: counts.total}
)

_OF_WORKS = COUNTS.select.where(
    COUNTS.c.section_assessment_id.in_(bindparam("among", expanding=True))
).order_by(COUNTS.c.section_assessment_id, COUNTS.c.row_id)


class SqlCounts(CountRepository):
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of_work(self, work_id: SectionAssessmentId) -> dict[RowId, RowCounts]:
        found = COUNTS.among(self._connection, _OF_WORKS, [work_id])
        return {counts.row_id: counts for counts in found}

    def of_works(
        self, ids: Iterable[SectionAssessmentId]
    ) -> dict[SectionAssessmentId, list[RowCounts]]:
        found: defaultdict[SectionAssessmentId, list[RowCounts]] = defaultdict(list)
        for counts in COUNTS.among(self._connection, _OF_WORKS, ids):
            found[counts.section_assessment_id].append(counts)
        return dict(found)

    def save(self, counts: RowCounts) -> RowCounts:
        COUNTS.store(self._connection, [counts])
        return counts
