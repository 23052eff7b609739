"""Counts of Collective assessments."""

from datetime import datetime

from litestar import Response
from litestar.params import FromPath

from adapters.inbound.http.api.doors import reading
from adapters.inbound.http.api.reading import with_etag
from adapters.inbound.http.api.wire import Out
from adapters.inbound.http.caller import Caller
from adapters.inbound.http.injection import Injected
from application.queries.scoring.counts_page import CountedRow, CountsPage
from domain.access import Right
from domain.ids import SectionAssessmentId


class LevelCountOut(Out, frozen=True):
    points: str
    students: int


class RowCountsOut(Out, frozen=True):
    """`notAssessed` is null and `levels` empty while nobody counted the row."""

    row_id: str
    code: str
    levels: list[LevelCountOut]
    not_assessed: int | None
    version: int
    counted_at: datetime | None


class CountsOut(Out, frozen=True):
    """The counts of a row, with those not assessed, add up to `enrolled` when they are given."""

    enrolled: int
    rows: list[RowCountsOut]


@reading(
    "/section-assessments/{work_id:str}/counts",
    "Assessments in sections and scores",
    Right.READ_SCORES,
    404,
    409,
)
def read_counts(
    work_id: FromPath[SectionAssessmentId],
    caller: Injected[Caller],
    counts_page: Injected[CountsPage],
) -> Response[CountsOut]:
    """How many students reached each level, for each SLO of a Collective assessment."""
    view = counts_page(caller.viewer, work_id)
    return with_etag(CountsOut(view.enrolled, [_row(row) for row in view.rows]))


def _row(row: CountedRow) -> RowCountsOut:
    levels = [LevelCountOut(points, int(students)) for points, students in row.counts.items()]
    not_assessed = int(row.not_assessed) if row.not_assessed else None
    head = row.head
    return RowCountsOut(head.id, head.code, levels, not_assessed, row.version, row.counted_at)


ROUTES = (read_counts,)
