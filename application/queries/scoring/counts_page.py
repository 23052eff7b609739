"""The counts of a Collective assessment in one section."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from application.errors import NotFound
from application.planning.keeping import reached
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.queries.works.levels import LevelView, RowHead, common_levels, row_head
from application.queries.works.work_header import WorkHeader, work_header
from application.viewers import Viewer
from application.workplace import Workplace, given
from domain.collective import RowCounts, uncounted
from domain.ids import SectionAssessmentId
from domain.rostering import EnrolmentRole
from domain.rubric import Criterion
from domain.score import plain


@dataclass(frozen=True, slots=True)
class CountedRow:
    """Counts as written, by the points of the level; empty while the row is blank."""

    head: RowHead
    counts: Mapping[str, str]
    not_assessed: str
    total: int
    version: int
    counted_at: datetime | None


@dataclass(frozen=True, slots=True)
class CountsView:
    header: WorkHeader
    enrolled: int
    columns: tuple[LevelView, ...]
    """Levels shared by all rows, for the heading; empty when rows differ."""
    rows: tuple[CountedRow, ...]

    @property
    def counted(self) -> int:
        return sum(bool(row.not_assessed) for row in self.rows)


@dataclass(frozen=True, slots=True)
class CountsPage:
    """For teachers and evaluators, and for those who keep the org of the course.

    Raises:
        NotFound: for all others. NotScorable: it is not Collective.
    """

    units: UnitOfWorkFactory

    def __call__(self, viewer: Viewer, work_id: SectionAssessmentId) -> CountsView:
        with self.units(write=False) as unit:
            place = _place(unit, viewer, work_id)
            place.assessment.require_collective()
            people = unit.roster.people_in(place.section.id, EnrolmentRole.STUDENT)
            stored = unit.counts.of_work(work_id)
            rows = tuple(
                _row(row, stored.get(row.id) or uncounted(work_id, row.id))
                for row in place.rubric.criteria
            )
            columns = common_levels([row.head for row in rows])
            return CountsView(work_header(unit, place), len(people), columns, rows)


def _place(unit: UnitOfWork, viewer: Viewer, work_id: SectionAssessmentId) -> Workplace:
    if viewer.person_id is not None:
        try:
            return given(unit, viewer.person_id, work_id)
        except NotFound:
            return reached(unit, viewer, work_id)
    return reached(unit, viewer, work_id)


def _row(row: Criterion, counts: RowCounts) -> CountedRow:
    return CountedRow(
        row_head(row),
        {plain(level.points): str(level.students) for level in counts.levels},
        "" if counts.not_assessed is None else str(counts.not_assessed),
        counts.total,
        counts.version,
        counts.counted_at,
    )
