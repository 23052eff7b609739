"""Show a section's students their results, or hide them again."""

from dataclasses import dataclass
from datetime import datetime

from application.errors import Conflict
from application.ports.runtime import Clock
from application.ports.unit_of_work import UnitOfWorkFactory
from application.workplace import taught
from domain.audit import Deed
from domain.ids import PersonId, SectionAssessmentId
from domain.rostering import EnrolmentRole


@dataclass(frozen=True, slots=True)
class ReleaseResultsCommand:
    actor_id: PersonId
    work_id: SectionAssessmentId
    released: bool


@dataclass(frozen=True, slots=True)
class ReleaseResultsReport:
    """`released_at` None: hidden. `changed` False: it stood so before."""

    released_at: datetime | None
    students: int
    changed: bool


@dataclass(frozen=True, slots=True)
class ReleaseResults:
    """Releasing twice keeps the first time.

    Raises:
        NotFound: no such work for this person.
        Conflict: the work names no single students, or was changed at the same moment.
    """

    units: UnitOfWorkFactory
    clock: Clock

    def __call__(self, command: ReleaseResultsCommand) -> ReleaseResultsReport:
        now = self.clock.now()
        with self.units() as unit:
            place = taught(unit, command.actor_id, command.work_id)
            work = place.work
            students = len(unit.roster.people_in(work.section_id, EnrolmentRole.STUDENT))
            if command.released and not place.takes_students:
                raise Conflict("A Collective assessment has no results of single students.")
            if command.released is (work.released_at is not None):
                return ReleaseResultsReport(work.released_at, students, changed=False)
            saved = unit.assessments.save_work(work.released(now if command.released else None))
            verb = "released results" if command.released else "hid results"
            unit.audit.record(Deed(command.actor_id, verb, work.id, f"{students} students", now))
            unit.commit()
        return ReleaseResultsReport(saved.released_at, students, changed=True)
