"""How a session begins: its secrets, and the one-time codes that carry it over a redirect.

The browser holds secrets; only their hashes are stored. A code is for `start` right after
a launch or sign-in, `window` into a window of one's own, `sign-in` for a printed or mailed
link, `landing` for the one request that may bring a path token from another site.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256

from application.errors import NotFound, NotSignedIn
from application.ports.runtime import NewSecret
from application.ports.unit_of_work import UnitOfWork
from domain.access import Role
from domain.ids import OrgId, PersonId, SessionId
from domain.session import OneTimeCode, Session

CODE_LIFE = timedelta(seconds=60)
WINDOW_LINK_LIFE = timedelta(minutes=10)
"""For a link that waits on a page for somebody to press it."""
TEST_KEY = "test_instance"


def secret_hash(secret: str) -> str:
    """What is stored of a cookie, a path token or a code."""
    return sha256(secret.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Started:
    """A fresh session: the cookie's secret, and the code that `/start/{code}` spends."""

    session_id: SessionId
    cookie: str
    code: str


@dataclass(frozen=True, slots=True)
class StartSessionCommand:
    """`context` holds the launch's facts, `target` the path of ours to go on to."""

    person_id: PersonId
    role: Role
    context: Mapping[str, str]
    lms_origin: str
    target: str
    org_id: OrgId | None = None


def begin(
    unit: UnitOfWork, command: StartSessionCommand, new_secret: NewSecret, now: datetime
) -> Started:
    context = dict(command.context)
    if _is_test_instance(unit, command.lms_origin):
        context[TEST_KEY] = "yes"
    session = Session(
        id=SessionId(""),
        token_hash="",
        person_id=command.person_id,
        role=command.role,
        context=context,
        lms_origin=command.lms_origin,
        started_at=now,
        seen_at=now,
        ended_at=None,
        org_id=command.org_id,
    )
    return begin_copy(unit, session, command.target, new_secret, now)


def begin_copy(
    unit: UnitOfWork, session: Session, target: str, new_secret: NewSecret, now: datetime
) -> Started:
    """The same session under secrets of its own, with the start code that leads there."""
    cookie, code = new_secret(), new_secret()
    begun = replace(
        session,
        id=SessionId(secret_hash(cookie)),
        token_hash=secret_hash(new_secret()),
        seen_at=now,
    )
    unit.sessions.add(begun)
    keep_code(unit, code, code_for(begun, "start", target=target, expires_at=now + CODE_LIFE))
    return Started(begun.id, cookie, code)


def _is_test_instance(unit: UnitOfWork, lms_origin: str) -> bool:
    """The site launched from is a test instance; without a launch, all sites are."""
    active = [site for site in unit.sites.sites() if site.active]
    meant = [site for site in active if site.url == lms_origin] if lms_origin else active
    return bool(meant) and all(site.test for site in meant)


def landing_code(token: str) -> str:
    return f"landing:{token}"


def keep_code(unit: UnitOfWork, code: str, kept: OneTimeCode) -> None:
    """Store `kept` under the hash of `code`."""
    unit.sessions.add_code(replace(kept, code_hash=secret_hash(code)))


def code_for(session: Session, purpose: str, *, target: str, expires_at: datetime) -> OneTimeCode:
    return OneTimeCode("", purpose, session.id, session.person_id, target, expires_at, None)


def spent(unit: UnitOfWork, code: str, purposes: tuple[str, ...], now: datetime) -> OneTimeCode:
    """The code, spent now. A code of another purpose is left as it is. Raises NotFound."""
    kept = unit.sessions.peek_code(secret_hash(code))
    if kept is None or kept.purpose not in purposes or kept.expires_at <= now:
        raise NotFound("This one-time address")
    spent = unit.sessions.spend_code(kept.code_hash, now)
    if spent is None:
        raise NotFound("This one-time address")
    return spent


def live_session(unit: UnitOfWork, session_id: SessionId | None, now: datetime) -> Session:
    session = unit.sessions.by_id(session_id) if session_id else None
    if session is None or not session.is_live(now):
        raise NotSignedIn("Your session is over.")
    return session
