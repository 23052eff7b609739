"""What `/start/{code}` does: the first request after a launch decides how to go on."""

from dataclasses import dataclass, replace
from datetime import datetime

from application.errors import NotFound, NotSignedIn
from application.live_sessions import IN_WINDOW, OPENED_KEY
from application.ports.runtime import Clock, NewSecret
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.use_cases.access.session_starts import (
    CODE_LIFE,
    WINDOW_LINK_LIFE,
    Started,
    begin_copy,
    code_for,
    keep_code,
    landing_code,
    live_session,
    secret_hash,
    spent,
)
from domain.session import OneTimeCode, Session


@dataclass(frozen=True, slots=True)
class SpendCodeCommand:
    """`cookies` are the secrets that the browser sent.

    `knows_origin`: the browser says from which site a request comes; a path token needs it.
    """

    code: str
    cookies: tuple[str, ...]
    knows_origin: bool


@dataclass(frozen=True, slots=True)
class ByCookie:
    """The cookie came back: go on to `target`."""

    target: str


@dataclass(frozen=True, slots=True)
class ByPathToken:
    token: str
    target: str


@dataclass(frozen=True, slots=True)
class ByOwnWindow:
    """Neither works here: offer a window of its own, through this code."""

    code: str


@dataclass(frozen=True, slots=True)
class InOwnWindow:
    """The window's own session begins; go on through its start code."""

    started: Started


WayOn = ByCookie | ByPathToken | ByOwnWindow | InOwnWindow


@dataclass(frozen=True, slots=True)
class SpendCode:
    units: UnitOfWorkFactory
    clock: Clock
    new_secret: NewSecret

    def __call__(self, command: SpendCodeCommand) -> WayOn:
        """Spend a `start` or `window` code and say how the session goes on.

        Raises:
            NotSignedIn: the code is unknown, spent or expired, or its session is over.
        """
        now = self.clock.now()
        with self.units() as unit:
            try:
                code = spent(unit, command.code, ("start", "window"), now)
            except NotFound:
                raise NotSignedIn("This address worked once and is used up.") from None
            session = live_session(unit, code.session_id, now)
            way_on = self._way_on(unit, code, session, command)
            unit.commit()
        return way_on

    def _way_on(
        self, unit: UnitOfWork, code: OneTimeCode, session: Session, command: SpendCodeCommand
    ) -> WayOn:
        now = self.clock.now()
        if code.purpose == "window":
            beside = replace(session, context={**session.context, OPENED_KEY: IN_WINDOW})
            return InOwnWindow(begin_copy(unit, beside, code.target, self.new_secret, now))
        if session.id in {secret_hash(cookie) for cookie in command.cookies}:
            return ByCookie(code.target)
        if not command.knows_origin:
            window = self.new_secret()
            expires = now + WINDOW_LINK_LIFE
            keep_code(
                unit, window, code_for(session, "window", target=code.target, expires_at=expires)
            )
            return ByOwnWindow(window)
        return ByPathToken(self._new_token(unit, session, now), code.target)

    def _new_token(self, unit: UnitOfWork, session: Session, now: datetime) -> str:
        token = self.new_secret()
        unit.sessions.replace(replace(session, token_hash=secret_hash(token)))
        landing = landing_code(token)
        keep_code(
            unit, landing, code_for(session, "landing", target="", expires_at=now + CODE_LIFE)
        )
        return token
