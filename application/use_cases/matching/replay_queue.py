"""Give launches that were refused their effects, now that it is known whose they were."""

from dataclasses import dataclass, replace

from application.landing import landing_for
from application.launch_context import LaunchContext
from application.merging import merge_again
from application.ports.runtime import Clock
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.use_cases.score_import.replay_imports import Replayed, ReplayImports
from application.waiting_cases import waiting_cases
from domain.audit import Deed
from domain.identity import LaunchRecord
from domain.ids import PersonId
from domain.matching_case import LaunchValues


@dataclass(frozen=True, slots=True)
class QueueReplayed:
    """`settled` left the queue by themselves; `launches` were gone through once more."""

    settled: int
    launches: int
    imports: tuple[Replayed, ...]

    @property
    def scores(self) -> int:
        return sum(one.written for one in self.imports)


@dataclass(frozen=True, slots=True)
class ReplayQueue:
    """People loaded since leave the queue, links learn what launches said, scores come over.

    Doing it again changes nothing: a launch only says again what it said.
    """

    units: UnitOfWorkFactory
    clock: Clock
    replay_imports: ReplayImports
    recent: int = 500
    """So many of the newest launches are looked at."""

    def __call__(self, actor: str) -> QueueReplayed:
        with self.units() as unit:
            waiting = waiting_cases(unit)
            for record, person_id in waiting.settled:
                closed = unit.matching.queued_of(record.platform, record.lms_user_id)
                for one in closed or [record]:
                    unit.identities.log(replace(one, resolved_to=person_id))
            merged, launches = merge_again(unit), self._launches(unit)
            now = self.clock.now()
            if waiting.settled or launches or merged:
                details = f"settled:{len(waiting.settled)} launches:{launches} merged:{merged}"
                unit.audit.record(Deed(actor, "replayed", "matching:queue", details, now))
                unit.commit()
        return QueueReplayed(len(waiting.settled), launches, tuple(self.replay_imports(actor)))

    def _launches(self, unit: UnitOfWork) -> int:
        """Decided launches that were not let in then; each is marked as gone through."""
        recent = unit.identities.recent(self.recent)
        decided = [one for one in recent if _is_decided(one)]
        values = unit.matching.kept(record.id for record in decided)
        done = 0
        for record in decided:
            said = values.get(record.id)
            if said is not None and said.is_launch:
                done += _gone_through(unit, record, said, recent)
        return done


def _is_decided(record: LaunchRecord) -> bool:
    return record.queued and record.resolved_to is not None and record.slug != "ok"


def _gone_through(
    unit: UnitOfWork, record: LaunchRecord, said: LaunchValues, recent: list[LaunchRecord]
) -> bool:
    """A later launch of the same resource has said it all anew: then nothing is left to say."""
    if not any(_says_anew(other, record) for other in recent):
        person = unit.roster.person(record.resolved_to or PersonId(""))
        context = LaunchContext.of(said.claims)
        if landing_for(unit, said.claims, context, person).refused is not None:
            return False
    unit.identities.log(replace(record, queued=False))
    return True


def _says_anew(other: LaunchRecord, record: LaunchRecord) -> bool:
    def place(of: LaunchRecord) -> tuple[str, str, str]:
        return of.platform, of.context_id, of.resource_link_id

    return other.slug == "ok" and other.at > record.at and place(other) == place(record)
