"""The launch log, and decisions on launches whose person a steward must name."""

from dataclasses import dataclass, replace
from datetime import datetime

from application.errors import Invalid
from application.launch_cases import why_of
from application.matching import rules_of
from application.ports.runtime import Clock, NewId
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.waiting_cases import waiting_cases
from domain.audit import Deed
from domain.identity import LaunchRecord, LmsIdentity, LocalField
from domain.ids import LaunchId, MatchingDecisionId, PersonId
from domain.matching_case import (
    ACCOUNT_PARAM,
    LaunchValues,
    MatchingDecision,
    Verdict,
    kind_of,
    user_subject,
)
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
            queue, recent = waiting_cases(unit).records, unit.identities.recent(limit)
            ids = {r.person_id for r in recent} | {r.resolved_to for r in recent}
            people = unit.roster.people(sorted(i for i in ids if i is not None))
            return LaunchLog(queue, tuple(recent), people)


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
    new_id: NewId

    def __call__(self, command: ResolveQueuedCommand) -> Person:
        """Remember the decision; the person's next launch goes through.

        Raises:
            NotFound: no such launch.
            Invalid: it does not wait in the queue, names no LMS user, or the Tech ID does
                not name exactly one active person.
        """
        now = self.clock.now()
        with self.units() as unit:
            record = waiting_launch(unit, command.launch_id)
            person = named(unit, command.tech_id)
            before = unit.identities.known(record.platform, record.lms_user_id)
            unit.identities.remember(_decided(unit, command, record, person, now))
            closed = unit.matching.queued_of(record.platform, record.lms_user_id)
            unit.identities.resolve(record.platform, record.lms_user_id, person.id)
            unit.matching.put_decision(
                MatchingDecision(
                    MatchingDecisionId(self.new_id()),
                    kind_of(record),
                    user_subject(record.platform, record.lms_user_id),
                    Verdict.PERSON,
                    person.id,
                    "",
                    record.compared,
                    why_of(record),
                    tuple(one.id for one in closed),
                    before,
                    command.actor,
                    now,
                )
            )
            details = f"to person {person.id}"
            unit.audit.record(Deed(command.actor, "resolved", f"launch:{record.id}", details, now))
            unit.commit()
        return person


def waiting_launch(unit: UnitOfWork, launch_id: LaunchId) -> LaunchRecord:
    """A case that a steward can decide. Raises NotFound, Invalid."""
    record = unit.identities.launch(launch_id)
    if not record.queued or record.resolved_to is not None:
        raise Invalid("launch", "this launch does not wait for a decision.")
    if not record.lms_user_id:
        raise Invalid("launch", "it names no LMS user, so nothing can be remembered.")
    return record


def named(unit: UnitOfWork, tech_id: str, field: str = "tech_id") -> Person:
    """Raises Invalid unless exactly one active person has the Tech ID."""
    wanted = tech_id.strip()
    people = unit.roster.people_where(LocalField.TECH_ID, wanted) if wanted else []
    active = [person for person in people if person.active]
    if len(active) != 1:
        raise Invalid(field, "give the Tech ID of exactly one active person.")
    return active[0]


def reopened(record: LaunchRecord) -> LaunchRecord:
    return replace(record, queued=True, resolved_to=None)


def _decided(
    unit: UnitOfWork,
    command: ResolveQueuedCommand,
    record: LaunchRecord,
    person: Person,
    now: datetime,
) -> LmsIdentity:
    said = unit.matching.kept([record.id]).get(record.id)
    return LmsIdentity(
        record.platform,
        record.lms_user_id,
        person.id,
        _wanted(unit, said),
        now,
        decided_by=PersonId(command.actor),
        account_ref=(said.claims.value(ACCOUNT_PARAM) or "") if said else "",
    )


def _wanted(unit: UnitOfWork, said: LaunchValues | None) -> str:
    """What the decision was made in view of, so that it stands while that is said again."""
    if said is None or not said.is_launch:
        return ""
    return rules_of(unit.settings).of(said.audience).wanted(said.claims) or ""
