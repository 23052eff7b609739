"""Tokens for the API: made, and revoked."""

from dataclasses import dataclass, replace
from datetime import timedelta

from application.errors import Forbidden, Invalid, NotFound
from application.ports.runtime import Clock, NewId, NewSecret
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.roles import roles_held
from application.viewers import role_reaches
from domain.access import REACH, Reach, Role
from domain.api_token import MARK, ApiToken, TokenScope, text_hash
from domain.audit import Deed
from domain.ids import ApiTokenId, OrgId, PersonId

DAYS = 365
"""For how many days a token is good when nobody says."""
MOST_DAYS = 3650
_LONGEST_LABEL = 100


@dataclass(frozen=True, slots=True)
class NewTokenCommand:
    """`role` None takes the one with most rights among those the person holds.

    `org_id` narrows a role that reaches orgs to that one and all below; None: wherever it is held.
    """

    actor: str
    person_id: PersonId
    role: Role | None = None
    scope: TokenScope = TokenScope.READ
    label: str = ""
    days: int = DAYS
    org_id: OrgId | None = None


@dataclass(frozen=True, slots=True)
class NewToken:
    """`text` is shown once and never logged; nothing can bring it back."""

    token: ApiToken
    text: str


@dataclass(frozen=True, slots=True)
class MakeToken:
    units: UnitOfWorkFactory
    clock: Clock
    new_id: NewId
    new_secret: NewSecret

    def __call__(self, command: NewTokenCommand) -> NewToken:
        """Make a token that acts as the person.

        Raises:
            Invalid: the days, the label or the org cannot be used.
            Forbidden: the person has ended, or does not hold the role, or not in that org.
        """
        label = " ".join(command.label.split())
        if len(label) > _LONGEST_LABEL:
            raise Invalid("label", f"give at most {_LONGEST_LABEL} characters.")
        if not 1 <= command.days <= MOST_DAYS:
            raise Invalid("days", f"give 1 to {MOST_DAYS} days.")
        now, text = self.clock.now(), f"{MARK}{self.new_secret()}"
        with self.units() as unit:
            role = _held(unit, command)
            where = _where(unit, command, role)
            token = ApiToken(
                id=ApiTokenId(self.new_id()),
                text_hash=text_hash(text),
                person_id=command.person_id,
                role=role,
                scope=command.scope,
                label=label,
                created_at=now,
                expires_at=now + timedelta(days=command.days),
                last_used_at=None,
                revoked_at=None,
                org_id=command.org_id,
            )
            unit.api_tokens.put(token)
            details = f"{token.scope} as {role}{where} for person:{token.person_id}"
            unit.audit.record(Deed(command.actor, "made", f"api-token:{token.id}", details, now))
            unit.commit()
        return NewToken(token, text)


@dataclass(frozen=True, slots=True)
class RevokeTokenCommand:
    """`owner` None may revoke anybody's: the command line."""

    actor: str
    token_id: ApiTokenId
    owner: PersonId | None = None


@dataclass(frozen=True, slots=True)
class RevokeToken:
    units: UnitOfWorkFactory
    clock: Clock

    def __call__(self, command: RevokeTokenCommand) -> ApiToken:
        """It is refused from the next call on; twice is harmless. Raises NotFound."""
        now = self.clock.now()
        with self.units() as unit:
            token = unit.api_tokens.get(command.token_id)
            if command.owner not in {None, token.person_id}:
                raise NotFound("This token")
            if token.revoked_at is None:
                token = replace(token, revoked_at=now)
                unit.api_tokens.put(token)
                unit.audit.record(Deed(command.actor, "revoked", f"api-token:{token.id}", "", now))
                unit.commit()
        return token


def _held(unit: UnitOfWork, command: NewTokenCommand) -> Role:
    person = unit.roster.person(command.person_id)
    roles = roles_held(unit, person.id) if person.active else ()
    role = command.role or next(iter(roles), None)
    if role is None or role not in roles:
        raise Forbidden("This person does not hold this role, so no token can act in it.")
    return role


def _where(unit: UnitOfWork, command: NewTokenCommand, role: Role) -> str:
    """The org as the audit trail names it."""
    if command.org_id is None:
        return ""
    if REACH[role] is not Reach.ORGS:
        raise Invalid("org", f"a token of the role {role} reaches {REACH[role]}; leave it out.")
    if not role_reaches(unit, command.person_id, role, command.org_id):
        raise Forbidden("This person does not hold this role in that org.")
    return f" in {unit.roster.org(command.org_id).code}"
