"""Show a section's students their results, or hide them again."""

from dataclasses import dataclass

from application.ports.runtime import Clock
from application.ports.unit_of_work import UnitOfWorkFactory
from application.workplace import taught
from domain.audit import Deed
from domain.ids import PersonId, SectionAssessmentId


@dataclass(frozen=True, slots=True)
class ReleaseResultsCommand:
    actor_id: PersonId
    work_id: SectionAssessmentId
    released: bool


@dataclass(frozen=True, slots=True)
class ReleaseResults:
    """Releasing twice keeps the first time.

    Raises:
        NotFound: no such work for this person.
        Conflict: the work was changed at the same moment.
    """

    units: UnitOfWorkFactory
    clock: Clock

    def __call__(self, command: ReleaseResultsCommand) -> None:
        now = self.clock.now()
        with self.units() as unit:
            work = taught(unit, command.actor_id, command.work_id).work
            if command.released is (work.released_at is not None):
                return
            unit.assessments.save_work(work.released(now if command.released else None))
            verb = "release results" if command.released else "hide results"
            unit.audit.record(Deed(command.actor_id, verb, work.id, "", now))
            unit.commit()
