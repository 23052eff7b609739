"""Giving a person a role in an org, or in the whole college."""

from datetime import datetime

from application.errors import Invalid
from application.ports.unit_of_work import UnitOfWork
from application.roles import take_effect
from domain.access import REACH, Reach, Role, RoleGrant
from domain.ids import OrgId, PersonId


def give(
    unit: UnitOfWork, person_id: PersonId, role: Role, org_id: OrgId | None, *, actor: str,
    now: datetime,
) -> None:  # fmt: skip
    """Grant the role, also to live sessions. Twice changes nothing.

    Raises:
        Invalid: a role for the whole college was to be given in one org.
    """
    if org_id is not None and REACH[role] is Reach.COLLEGE:
        raise Invalid("org", f"a {role} runs the whole college; leave the org out.")
    unit.roster.grant(RoleGrant(person_id, role, org_id, actor, now))
    take_effect(unit, person_id, now)


def require_a_steward(unit: UnitOfWork) -> None:
    """Raises Invalid where a deed left the college without an active data steward.

    Asked after the deed's entry in the audit trail, which writers make one after another:
    so two stewards who revoke each other at once cannot both succeed.
    """
    if not unit.directory.holders(Role.DATA_STEWARD):
        raise Invalid(
            "role",
            "this is the last data steward; make somebody else a data steward first.",
        )
