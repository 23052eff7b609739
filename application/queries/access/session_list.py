"""The sessions of one person, as that person and stewards may see them."""

from dataclasses import dataclass
from datetime import datetime

from application.live_sessions import OPENED_KEY, handle_of, live_sessions
from application.ports.runtime import Clock
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from domain.access import Role
from domain.ids import PersonId, SessionId


@dataclass(frozen=True, slots=True)
class SessionLine:
    """A live session. `handle` names it; its id is a key of form tokens and never shown.

    `opened` is `launch`, `own window`, or the way of a sign-in; `org` a name, may be empty.
    """

    handle: str
    opened: str
    lms_origin: str
    role: Role
    org: str
    started_at: datetime
    seen_at: datetime
    expires_at: datetime
    current: bool
    """The one that asks."""


@dataclass(frozen=True, slots=True)
class ListSessions:
    units: UnitOfWorkFactory
    clock: Clock

    def __call__(self, person_id: PersonId, current: SessionId | None = None) -> list[SessionLine]:
        """Live ones, newest first."""
        with self.units(write=False) as unit:
            return session_lines(unit, person_id, self.clock.now(), current)


def session_lines(
    unit: UnitOfWork, person_id: PersonId, now: datetime, current: SessionId | None = None
) -> list[SessionLine]:
    return [
        SessionLine(
            handle_of(session.id),
            session.context.get(OPENED_KEY, "launch"),
            session.lms_origin,
            session.role,
            unit.roster.org(session.org_id).name if session.org_id else "",
            session.started_at,
            session.seen_at,
            session.expires_at(),
            session.id == current,
        )
        for session in live_sessions(unit, person_id, now)
    ]
