"""The door of the learning system in memory: who comes in, and what goes wrong there."""

from dataclasses import dataclass, field

from adapters.outbound.memory.lms_state import LmsState
from application.errors import LmsError, LmsForbidden, LmsUnauthorised
from application.ports.lms_plugin import TokenSource
from domain.ids import LmsCourseRef, LmsUserRef


@dataclass(slots=True, eq=False, repr=False)
class MemoryDoor:
    state: LmsState = field(default_factory=LmsState)
    scopes_held: bool = True
    ungraded_courses: set[LmsCourseRef] = field(default_factory=set)
    """Courses where teachers have lost the right to grade and to make rubrics."""
    failures: list[LmsError] = field(default_factory=list)
    """Errors of the next calls at any gateway, in this order."""
    access: dict[str, LmsUserRef] = field(default_factory=dict)
    """Access tokens that work, and whose they are."""

    def user_behind(self, access_token: str) -> LmsUserRef | None:
        return self.access.get(access_token)


@dataclass(frozen=True, slots=True, repr=False)
class Acting:
    """Whatever is done for the person behind the tokens."""

    door: MemoryDoor
    tokens: TokenSource

    async def enter(self) -> tuple[LmsState, LmsUserRef]:
        """Meet a planned failure, then the token, then the scopes."""
        if self.door.failures:
            raise self.door.failures.pop(0)
        token = await self.tokens.token()
        user = self.door.user_behind(token)
        if user is None:
            user = self.door.user_behind(await self.tokens.renewed(token))
        if user is None:
            raise LmsUnauthorised("The person must authorise again.")
        if not self.door.scopes_held:
            raise LmsForbidden("The client lacks a scope.", reason="no-scope")
        return self.door.state, user
