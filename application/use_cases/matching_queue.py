"""The launch log, and the queue of launches whose person a steward must name."""

from dataclasses import dataclass

from application.errors import Invalid
from application.ports.runtime import Clock
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from domain.audit import Deed
from domain.identity import LaunchRecord, LmsIdentity, LocalField
from domain.ids import LaunchId, PersonId
from domain.rostering import Person


@dataclass(frozen=True, slots=True)
class LaunchLog:
    """`people` holds the persons that the records name."""

    queue: tuple[LaunchRecord, ...]
    recent: tuple[LaunchRecord, ...]
    people: dict[PersonId, Person]


@dataclass(frozen=True, slots=True)
class ReadLaunchLog:
    units: UnitOfWorkFactory

    def __call__(self, limit: int = 100) -> LaunchLog:
        """Both newest first; the queue has one entry for each LMS user."""
        with self.units(write=False) as unit:
            queue, recent = unit.identities.queue(), unit.identities.recent(limit)
            ids = {r.person_id for r in recent} | {r.resolved_to for r in recent}
            people = unit.roster.people(sorted(i for i in ids if i is not None))
            return LaunchLog(tuple(queue), tuple(recent), people)


@dataclass(frozen=True, slots=True)
class ResolveQueuedCommand:
    """The LMS user behind launch `launch_id` is the person with this Tech ID."""

    actor: str
    launch_id: LaunchId
    tech_id: str


@dataclass(frozen=True, slots=True)
class ResolveQueued:
    units: UnitOfWorkFactory
    clock: Clock

    def __call__(self, command: ResolveQueuedCommand) -> Person:
        """Remember the decision; the person's next launch goes through.

        Raises:
            NotFound: no such launch.
            Invalid: it does not wait in the queue, names no LMS user, or the Tech ID does
                not name exactly one active person.
        """
        with self.units() as unit:
            record = _waiting(unit, command.launch_id)
            person = _named(unit, command.tech_id)
            unit.identities.remember(self._decision(command, record, person))
            unit.identities.resolve(record.platform, record.lms_user_id, person.id)
            details = f"to person {person.id}"
            unit.audit.record(
                Deed(command.actor, "resolved", f"launch:{record.id}", details, self.clock.now())
            )
            unit.commit()
        return person

    def _decision(
        self, command: ResolveQueuedCommand, record: LaunchRecord, person: Person
    ) -> LmsIdentity:
        return LmsIdentity(
            record.platform,
            record.lms_user_id,
            person.id,
            "",
            self.clock.now(),
            decided_by=PersonId(command.actor),
        )


def _waiting(unit: UnitOfWork, launch_id: LaunchId) -> LaunchRecord:
    record = unit.identities.launch(launch_id)
    if not record.queued or record.resolved_to is not None:
        raise Invalid("launch", "this launch does not wait for a decision.")
    if not record.lms_user_id:
        raise Invalid("launch", "it names no LMS user, so nothing can be remembered.")
    return record


def _named(unit: UnitOfWork, tech_id: str) -> Person:
    wanted = tech_id.strip()
    people = unit.roster.people_where(LocalField.TECH_ID, wanted) if wanted else []
    active = [person for person in people if person.active]
    if len(active) != 1:
        raise Invalid("tech_id", "give the Tech ID of exactly one active person.")
    return active[0]
