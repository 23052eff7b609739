"""Tokens for the API: made, listed, revoked, and used."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256

from application.errors import Forbidden, Invalid, NotFound, NotSignedIn
from application.org_tree import TreeOrg, drawn_orgs
from application.ports.runtime import Clock, NewId, NewSecret
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.roles import roles_held
from application.viewers import Viewer, reported_orgs
from domain.access import REACH, Reach, Role
from domain.api_token import MARK, ApiToken, TokenScope, TokenState
from domain.audit import Deed
from domain.identity import LocalField
from domain.ids import ApiTokenId, OrgId, PersonId
from domain.rostering import Org, Person

DAYS = 365
"""For how many days a token is good when nobody says."""
MOST_DAYS = 3650
_LONGEST_LABEL = 100
_TOUCH_EVERY = timedelta(minutes=1)


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
class TokenLine:
    """`org` None: the token reaches wherever its role is held."""

    token: ApiToken
    state: TokenState
    org: Org | None = None


@dataclass(frozen=True, slots=True)
class ListTokens:
    units: UnitOfWorkFactory
    clock: Clock

    def __call__(self, person_id: PersonId) -> list[TokenLine]:
        """Newest first, those that are over too."""
        now = self.clock.now()
        with self.units(write=False) as unit:
            orgs = {org.id: org for org in unit.roster.orgs()}
            return [
                TokenLine(one, one.state(now), orgs.get(one.org_id) if one.org_id else None)
                for one in unit.api_tokens.of_person(person_id)
            ]


@dataclass(frozen=True, slots=True)
class TokenOrgs:
    """The orgs to one of which a new token in this role can be narrowed, as a tree."""

    units: UnitOfWorkFactory

    def __call__(self, person_id: PersonId, role: Role) -> tuple[TreeOrg, ...]:
        """Nothing for a role that does not reach by org."""
        if REACH[role] is not Reach.ORGS:
            return ()
        with self.units(write=False) as unit:
            reached = reported_orgs(unit, Viewer(person_id, role))
            return drawn_orgs(org for org in unit.roster.orgs() if org.id in reached)


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


@dataclass(frozen=True, slots=True)
class TokenBearer:
    """Whom a live token stands for."""

    token: ApiToken
    person: Person


@dataclass(frozen=True, slots=True)
class UseToken:
    units: UnitOfWorkFactory
    clock: Clock

    def __call__(self, text: str) -> TokenBearer:
        """Whom the token stands for; its use is noted at most once a minute.

        Raises:
            NotSignedIn: unknown, expired or revoked, or its person has ended (all look alike).
            Forbidden: the person no longer holds the role, or not in the org of the token.
        """
        now = self.clock.now()
        with self.units(write=False) as unit:
            bearer = _bearer(unit, text, now)
        token = bearer.token
        if token.last_used_at is None or now - token.last_used_at >= _TOUCH_EVERY:
            with self.units() as unit:
                unit.api_tokens.touch(token.id, now)
                unit.commit()
        return bearer


@dataclass(frozen=True, slots=True)
class PersonByTechId:
    """The one active person with a Tech ID, for commands about that person."""

    units: UnitOfWorkFactory

    def __call__(self, tech_id: str) -> Person:
        """Raises NotFound unless the Tech ID names exactly one active person."""
        with self.units(write=False) as unit:
            people = unit.roster.people_where(LocalField.TECH_ID, tech_id)
        active = [person for person in people if person.active]
        if len(active) != 1:
            raise NotFound("A person with this Tech ID")
        return active[0]


def text_hash(text: str) -> str:
    """What is stored of a token: its 256 random bits need no salt and no slow hash."""
    return sha256(text.encode()).hexdigest()


def _held(unit: UnitOfWork, command: NewTokenCommand) -> Role:
    person = unit.roster.person(command.person_id)
    roles = roles_held(unit, person.id) if person.active else ()
    role = command.role or next(iter(roles), None)
    if role is None or role not in roles:
        raise Forbidden("This person does not hold this role, so no token can act in it.")
    return role


def _bearer(unit: UnitOfWork, text: str, now: datetime) -> TokenBearer:
    token = unit.api_tokens.by_hash(text_hash(text)) if text.startswith(MARK) else None
    person = (
        unit.roster.person(token.person_id)
        if token and token.state(now) is TokenState.ACTIVE
        else None
    )
    if token is None or person is None or not person.active:
        raise NotSignedIn("This token is not known, has expired or was revoked.")
    if token.role not in roles_held(unit, person.id):
        raise Forbidden("The person of this token does not hold its role any more.")
    if token.org_id is not None and not _reaches(unit, person.id, token.role, token.org_id):
        raise Forbidden("The person of this token does not hold its role in its org any more.")
    return TokenBearer(token, person)


def _where(unit: UnitOfWork, command: NewTokenCommand, role: Role) -> str:
    """The org as the audit trail names it."""
    if command.org_id is None:
        return ""
    if REACH[role] is not Reach.ORGS:
        raise Invalid("org", f"a token of the role {role} reaches {REACH[role]}; leave it out.")
    if not _reaches(unit, command.person_id, role, command.org_id):
        raise Forbidden("This person does not hold this role in that org.")
    return f" in {unit.roster.org(command.org_id).code}"


def _reaches(unit: UnitOfWork, person_id: PersonId, role: Role, org_id: OrgId) -> bool:
    return org_id in reported_orgs(unit, Viewer(person_id, role, only_org=org_id))
