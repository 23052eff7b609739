"""The form on which a student assesses themself."""

from dataclasses import dataclass
from datetime import datetime

from application.ports.unit_of_work import UnitOfWorkFactory
from application.queries.works.levels import LevelView, RowHead, common_levels, row_head
from application.queries.works.work_header import WorkHeader, work_header
from application.student_work.self_scoring import why_closed
from application.workplace import taken
from domain.ids import PersonId, SectionAssessmentId


@dataclass(frozen=True, slots=True)
class OwnRow:
    head: RowHead
    value: str
    comment: str


@dataclass(frozen=True, slots=True)
class SelfAssessmentView:
    """Version 0: nothing was chosen yet. `closed` says why nothing can be changed any more."""

    header: WorkHeader
    columns: tuple[LevelView, ...]
    rows: tuple[OwnRow, ...]
    note: str
    submitted_at: datetime | None
    version: int
    closed: str


@dataclass(frozen=True, slots=True)
class SelfAssessmentPage:
    """Raises NotFound for anybody who is no student of the section."""

    units: UnitOfWorkFactory

    def __call__(self, person_id: PersonId, work_id: SectionAssessmentId) -> SelfAssessmentView:
        with self.units(write=False) as unit:
            place = taken(unit, person_id, work_id)
            stored = unit.self_assessments.find(work_id, person_id)
            given = stored.by_row if stored else {}
            heads = [row_head(row) for row in place.rubric.criteria]
            rows = tuple(
                OwnRow(head, given[head.id].value, given[head.id].comment)
                if head.id in given
                else OwnRow(head, "", "")
                for head in heads
            )
            return SelfAssessmentView(
                header=work_header(unit, place),
                columns=common_levels(heads),
                rows=rows,
                note=stored.note if stored else "",
                submitted_at=stored.submitted_at if stored else None,
                version=stored.version if stored else 0,
                closed=why_closed(place),
            )
