"""Where an assessment in a section stands, and what may be done about it there."""

from dataclasses import dataclass
from datetime import datetime

from application.planning.keeping import reached
from application.ports.planning_repositories import StandingFilter
from application.ports.runtime import Clock
from application.ports.unit_of_work import UnitOfWorkFactory
from application.queries.works.work_header import WorkHeader, work_header
from application.viewers import Viewer
from domain.assessment import WorkState
from domain.ids import SectionAssessmentId


@dataclass(frozen=True, slots=True)
class WorkStateView:
    header: WorkHeader
    state: WorkState
    opens_at: datetime | None
    closed_at: datetime | None
    planned: bool
    guide: str
    scored: bool
    in_use: bool
    """Something belongs to it already, so that it cannot be taken away."""


@dataclass(frozen=True, slots=True)
class WorkStatePage:
    """Raises NotFound for those who neither teach there nor keep the org."""

    units: UnitOfWorkFactory
    clock: Clock

    def __call__(self, viewer: Viewer, work_id: SectionAssessmentId) -> WorkStateView:
        with self.units(write=False) as unit:
            place = reached(unit, viewer, work_id)
            wanted = StandingFilter(course_id=place.course.id, assessment_id=place.assessment.id)
            found = unit.standings.of_term(place.term.id, wanted)
            standing = next((one for one in found if one.work_id == work_id), None)
            return WorkStateView(
                header=work_header(unit, place),
                state=standing.state(self.clock.now()) if standing else WorkState.ASSIGNED,
                opens_at=place.work.opens_at,
                closed_at=place.work.closed_at,
                planned=place.work.planned,
                guide=place.assessment.guide,
                scored=bool(standing and standing.decided),
                in_use=bool(unit.assessments.works_in_use([work_id])),
            )
