"""Set the expected level of achievement of an SLO or an org."""

from dataclasses import dataclass
from decimal import Decimal

from application.errors import Forbidden
from application.ports.runtime import Clock
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.slos.keeper import keeper_of
from application.slos.names import org_named, slo_named
from application.viewers import Viewer, kept_orgs
from domain.audit import Deed
from domain.score import plain
from domain.target import Target, TargetOf


@dataclass(frozen=True, slots=True)
class SetTargetCommand:
    """`subject` is an id or code. `share` None takes the own target away."""

    viewer: Viewer
    of: TargetOf
    subject: str
    share: Decimal | None


@dataclass(frozen=True, slots=True)
class SetTarget:
    """Raises Invalid: the subject. Forbidden. NonsenseValue: no share between 0 and 100 %."""

    units: UnitOfWorkFactory
    clock: Clock

    def __call__(self, command: SetTargetCommand) -> None:
        with self.units() as unit:
            subject_id = _subject(unit, command)
            if command.share is None:
                unit.curriculum.drop_target(command.of, subject_id)
            else:
                unit.curriculum.put_target(Target(command.of, subject_id, command.share))
            details = "none" if command.share is None else f"{plain(command.share)} %"
            subject = f"{command.of}:{subject_id}"
            now = self.clock.now()
            unit.audit.record(Deed(command.viewer.actor, "set target", subject, details, now))
            unit.commit()


def _subject(unit: UnitOfWork, command: SetTargetCommand) -> str:
    if command.of is TargetOf.SLO:
        slo = slo_named(unit, command.subject)
        keeper_of(unit, command.viewer).require(slo)
        return slo.id
    org = org_named(unit, command.subject)
    if org.id not in kept_orgs(unit, command.viewer):
        raise Forbidden(f"You do not coordinate the org {org.code}.")
    return org.id
