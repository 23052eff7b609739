from collections import defaultdict
from collections.abc import Collection, Iterable

from sqlalchemy import BindParameter, Connection, bindparam, exists, select

from adapters.outbound.persistence.frozen_rubrics import RUBRIC_TEXT, rubric_of
from adapters.outbound.persistence.records import batches
from adapters.outbound.persistence.tables import evaluation, rostering, scoring
from adapters.outbound.persistence.versioned import VersionedRecords
from application.ports.scoring_repositories import CountRepository
from domain.assessment import Purpose
from domain.collective import RowCounts
from domain.counted_results import counted_results
from domain.ids import RowId, SectionAssessmentId, SloId, TermId
from domain.reporting import CollectiveCounts
from domain.rubric import Rubric

COUNTS = VersionedRecords(
    evaluation.counts, RowCounts, derived={"total": lambda counts: counts.total}
)

_AMONG: BindParameter[str] = bindparam("among", expanding=True)
_OF_WORKS = COUNTS.select.where(COUNTS.c.section_assessment_id.in_(_AMONG)).order_by(
    COUNTS.c.section_assessment_id, COUNTS.c.row_id
)
_work = scoring.works.c
_REPORTED = COUNTS.select.where(COUNTS.c.not_assessed.is_not(None)).order_by(
    COUNTS.c.section_assessment_id, COUNTS.c.row_id
)
# Asked count by count: joined, SQLite may begin with all sections of the terms.
_IN_TERMS = exists().where(
    _work.id == COUNTS.c.section_assessment_id,
    rostering.sections.c.id == _work.section_id,
    rostering.sections.c.term_id.in_(bindparam("terms", expanding=True)),
)
_RUBRICS = (
    select(_work.id, RUBRIC_TEXT)
    .join(scoring.assessments, scoring.assessments.c.id == _work.assessment_id)
    .where(_work.id.in_(_AMONG))
)
_ASSESSED = (
    select(COUNTS.c.row_id)
    .join(scoring.works, _work.id == COUNTS.c.section_assessment_id)
    .join(scoring.assessments, scoring.assessments.c.id == _work.assessment_id)
    .where(scoring.assessments.c.purpose == Purpose.SUMMATIVE, COUNTS.c.total > 0)
    .distinct()
)


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

    def reported(
        self, slo_ids: Collection[SloId] | None, term_ids: Collection[TermId] | None
    ) -> list[CollectiveCounts]:
        statement, terms = _REPORTED, {}
        if term_ids is not None:
            statement, terms = _REPORTED.where(_IN_TERMS), {"terms": sorted(term_ids)}
        if slo_ids is None:
            rows = COUNTS.fetch(self._connection, statement, **terms)
        else:
            among = statement.where(COUNTS.c.row_id.in_(_AMONG))
            rows = COUNTS.among(self._connection, among, sorted(slo_ids), **terms)
        return counted_results(rows, self._rubrics({row.section_assessment_id for row in rows}))

    def assessed(self) -> set[SloId]:
        return {SloId(row_id) for row_id in self._connection.execute(_ASSESSED).scalars()}

    def _rubrics(
        self, work_ids: Iterable[SectionAssessmentId]
    ) -> dict[SectionAssessmentId, Rubric]:
        return {
            SectionAssessmentId(work_id): rubric_of(text)
            for batch in batches(work_ids)
            for work_id, text in self._connection.execute(_RUBRICS, {"among": batch})
        }

    def save(self, counts: RowCounts) -> RowCounts:
        COUNTS.store(self._connection, [counts])
        return counts
