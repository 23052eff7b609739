"""Granting and revoking roles, each in an org or in the whole college."""

from dataclasses import dataclass

from application.errors import NotFound
from application.granting import give, require_a_steward
from application.ports.runtime import Clock
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.roles import take_effect
from domain.access import Role, RoleGrant
from domain.audit import Deed
from domain.ids import OrgId, PersonId


@dataclass(frozen=True, slots=True)
class RoleCommand:
    """`org_id` None: the whole college."""

    actor: str
    person_id: PersonId
    role: Role
    org_id: OrgId | None = None


@dataclass(frozen=True, slots=True)
class GrantRole:
    units: UnitOfWorkFactory
    clock: Clock

    def __call__(self, command: RoleCommand) -> None:
        """Twice changes nothing.

        Raises:
            NotFound: no such person or org. Invalid: the role is for the whole college.
        """
        now = self.clock.now()
        with self.units() as unit:
            person = unit.roster.person(command.person_id)
            if command.org_id is not None:
                unit.roster.org(command.org_id)
            held = unit.roster.roles_of(person.id)
            if not any(grant.is_same(command.role, command.org_id) for grant in held):
                give(unit, person.id, command.role, command.org_id, actor=command.actor, now=now)
                unit.audit.record(
                    Deed(command.actor, "granted a role to", *_told(unit, command), now)
                )
                unit.commit()


@dataclass(frozen=True, slots=True)
class RevokeRole:
    units: UnitOfWorkFactory
    clock: Clock

    def __call__(self, command: RoleCommand) -> None:
        """Takes effect at once, also on sessions that are open.

        Raises:
            NotFound: the person does not hold the role there.
            Invalid: the last data steward would go.
        """
        now = self.clock.now()
        with self.units() as unit:
            grant = RoleGrant(command.person_id, command.role, command.org_id)
            if not unit.directory.revoke(grant):
                raise NotFound("A role of this person, granted there,")
            unit.audit.record(Deed(command.actor, "revoked a role of", *_told(unit, command), now))
            if command.role is Role.DATA_STEWARD:
                require_a_steward(unit)
            take_effect(unit, command.person_id, now)
            unit.commit()


def _told(unit: UnitOfWork, command: RoleCommand) -> tuple[str, str]:
    where = f" in {unit.roster.org(command.org_id).code}" if command.org_id else ""
    return f"person:{command.person_id}", f"{command.role}{where}"
