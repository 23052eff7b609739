"""Sessions: begun by a launch, continued by cookie or path token, ended."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from application.college_rules import today
from application.errors import Forbidden, NotFound
from application.ports.runtime import Clock, NewSecret
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.roles import ROLES_KEY, HeldRole, choices_in, current_term
from application.use_cases.access.session_starts import (
    TEST_KEY,
    WINDOW_LINK_LIFE,
    Started,
    StartSessionCommand,
    begin,
    code_for,
    keep_code,
    landing_code,
    live_session,
    secret_hash,
    spent,
)
from domain.ids import OrgId, SessionId
from domain.rostering import Person
from domain.session import IDLE, LONGEST, Session

_TOUCH_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A live session and its person, who is active."""

    session: Session
    person: Person
    at: datetime
    org_names: Mapping[OrgId, str] = field(default_factory=dict)
    """Of the orgs in which the person acts or may act."""
    term: str = ""
    """The term that runs now, where there are roles to choose among."""

    @property
    def acting(self) -> HeldRole:
        return HeldRole(self.session.role, self.session.org_id)

    @property
    def choices(self) -> tuple[HeldRole, ...]:
        """The roles the person may change between here; a launch brings just its own."""
        return choices_in(self.session)

    @property
    def idle_seconds(self) -> int:
        """For how long the session surely lives on from now without another request."""
        return int((IDLE - _TOUCH_EVERY).total_seconds())

    @property
    def longest_seconds(self) -> int:
        """After how long it ends in any case."""
        return int((self.session.started_at + LONGEST - self.at).total_seconds())

    @property
    def on_test_instance(self) -> bool:
        return self.session.context.get(TEST_KEY) == "yes"


@dataclass(frozen=True, slots=True)
class StartSession:
    """For a launch."""

    units: UnitOfWorkFactory
    clock: Clock
    new_secret: NewSecret

    def __call__(self, command: StartSessionCommand) -> Started:
        with self.units() as unit:
            started = begin(unit, command, self.new_secret, self.clock.now())
            unit.commit()
        return started


@dataclass(frozen=True, slots=True)
class ContinueSessionCommand:
    """Either a path token or cookies, the first live one counts.

    `landing`: the token came from another site, which is allowed once, right after its code.
    """

    token: str | None = None
    landing: bool = False
    cookies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ContinueSession:
    units: UnitOfWorkFactory
    clock: Clock

    def __call__(self, command: ContinueSessionCommand) -> SignedIn | None:
        """The session behind the secrets, noted as seen at most once a minute."""
        now = self.clock.now()
        if command.landing and not self._lands(command.token or "", now):
            return None
        with self.units(write=False) as unit:
            found = _found(unit, command, now)
        if found and now - found.session.seen_at >= _TOUCH_EVERY:
            with self.units() as unit:
                unit.sessions.touch(found.session.id, now)
                unit.commit()
        return found

    def _lands(self, token: str, now: datetime) -> bool:
        with self.units() as unit:
            try:
                spent(unit, landing_code(token), ("landing",), now)
            except NotFound:
                return False
            unit.commit()
        return True


@dataclass(frozen=True, slots=True)
class OpenWindowCommand:
    session_id: SessionId
    target: str


@dataclass(frozen=True, slots=True)
class OpenWindow:
    units: UnitOfWorkFactory
    clock: Clock
    new_secret: NewSecret

    def __call__(self, command: OpenWindowCommand) -> str:
        """The code that `/start/{code}` takes in a new window. Raises NotSignedIn."""
        now, code = self.clock.now(), self.new_secret()
        with self.units() as unit:
            session = live_session(unit, command.session_id, now)
            expires = now + WINDOW_LINK_LIFE
            keep_code(
                unit, code, code_for(session, "window", target=command.target, expires_at=expires)
            )
            unit.commit()
        return code


@dataclass(frozen=True, slots=True)
class ChangeRoleCommand:
    session_id: SessionId
    wanted: HeldRole


@dataclass(frozen=True, slots=True)
class ChangeRole:
    units: UnitOfWorkFactory
    clock: Clock

    def __call__(self, command: ChangeRoleCommand) -> None:
        """Act in another role that the person holds. Raises Forbidden, NotSignedIn.

        A session begun by a launch stays in the role of the launch.
        """
        with self.units() as unit:
            session = live_session(unit, command.session_id, self.clock.now())
            wanted = command.wanted
            if ROLES_KEY not in session.context or wanted not in choices_in(session):
                raise Forbidden("You do not hold this role here.")
            unit.sessions.replace(replace(session, role=wanted.role, org_id=wanted.org_id))
            unit.commit()


@dataclass(frozen=True, slots=True)
class SignOut:
    units: UnitOfWorkFactory
    clock: Clock

    def __call__(self, session_id: SessionId) -> None:
        """End the session. Twice is harmless."""
        with self.units() as unit:
            unit.sessions.end(session_id, self.clock.now())
            unit.commit()


def _found(unit: UnitOfWork, command: ContinueSessionCommand, now: datetime) -> SignedIn | None:
    if command.token is not None:
        candidates = [unit.sessions.by_token(secret_hash(command.token))]
    else:
        hashes = (SessionId(secret_hash(cookie)) for cookie in command.cookies)
        candidates = [unit.sessions.by_id(one) for one in hashes]
    live = [one for one in candidates if one is not None and one.is_live(now)]
    if not live:
        return None
    person = unit.roster.person(live[0].person_id)
    return _signed_in(unit, live[0], person, now) if person.active else None


def _signed_in(unit: UnitOfWork, session: Session, person: Person, now: datetime) -> SignedIn:
    choices = choices_in(session)
    orgs = {session.org_id, *(choice.org_id for choice in choices)}
    names = {org_id: unit.roster.org(org_id).name for org_id in orgs if org_id}
    term = current_term(unit, today(unit.settings, now)) if len(choices) > 1 else ""
    return SignedIn(session, person, now, names, term)
