"""Browser sessions of the practice Canvas: who is signed in, and as what."""

from dataclasses import dataclass, field
from typing import Any

from litestar import Request, Response

from sandbox.canvas.records import User
from sandbox.canvas.state import State

COOKIE = "practice_canvas_session"


@dataclass(slots=True)
class Session:
    """A signed-in browser. `viewing_as` is the Test Student while Student View is on."""

    user_id: int
    viewing_as: int | None = None
    authorising: dict[str, dict[str, str]] = field(default_factory=dict)
    """Requests for authorisation that wait for the person's answer, by their id."""


@dataclass
class Sessions:
    """All sessions, by the value of their cookie."""

    state: State
    rows: dict[str, Session] = field(default_factory=dict)

    def of(self, request: Request[Any, Any, Any]) -> Session | None:
        session = self.rows.get(request.cookies.get(COOKIE, ""))
        return session if session and not self.state.users[session.user_id].deleted else None

    def begin(self, user_id: int, response: Response[Any]) -> None:
        value = self.state.chance.hexadecimal(48)
        self.rows[value] = Session(user_id)
        secure = self.state.host.startswith("https:")
        response.set_cookie(COOKIE, value, httponly=True, secure=secure, samesite="lax")

    def end(self, request: Request[Any, Any, Any], response: Response[Any]) -> None:
        self.rows.pop(request.cookies.get(COOKIE, ""), None)
        response.delete_cookie(COOKIE)

    def user(self, session: Session) -> User:
        """The person whose pages are shown: the Test Student during Student View."""
        return self.state.users[session.viewing_as or session.user_id]
