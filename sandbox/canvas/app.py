"""The practice Canvas as one object, and as an ASGI application."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

from sandbox.canvas.access_records import AccessToken
from sandbox.canvas.api.external_tools import Verifiers
from sandbox.canvas.door import Door
from sandbox.canvas.faults import Faults
from sandbox.canvas.jobs import Jobs
from sandbox.canvas.lti.launch import Launch
from sandbox.canvas.lti.matching import tool_for_url
from sandbox.canvas.lti.signing import LaunchForm, content_item_form, launch_form
from sandbox.canvas.moments import Chance, Clock, JobsMode, system_clock
from sandbox.canvas.planting import state_from_seed
from sandbox.canvas.records import Account, Course
from sandbox.canvas.routes import PARTS, Parts, application
from sandbox.canvas.seed import Seed
from sandbox.canvas.throttle import Throttle
from sandbox.canvas.web.session import Sessions

AsgiApp = Callable[[Any, Any, Any], Awaitable[None]]


def _with_parts(app: AsgiApp, parts: Parts) -> AsgiApp:
    """The routes are the same for every practice Canvas; a request brings the rest along."""

    async def with_parts(scope: Any, receive: Any, send: Any) -> None:  # noqa: ANN401 - ASGI
        await app({**scope, "state": {**scope.get("state", {}), PARTS: parts}}, receive, send)

    return with_parts


class Canvas:
    """One practice Canvas: its state, its faults, its jobs, and `app`, which serves it.

    With a `seed_chance` its tokens, codes and nonces are the same each time. `latency` holds
    every API call up by so many seconds.
    """

    def __init__(
        self,
        seed: Seed,
        *,
        clock: Clock = system_clock,
        jobs: JobsMode = "auto",
        seed_chance: int | None = None,
        latency: float = 0.0,
    ) -> None:
        self.clock = clock
        self.state = state_from_seed(seed, self._now, Chance(seed_chance))
        self.faults = Faults()
        self.jobs = Jobs(self.state, jobs)
        self.throttle = Throttle(self._now)
        self.litestar = application()
        sessions = Sessions(self.state)
        parts = Parts(self.state, self.faults, self.jobs, sessions, Verifiers())
        door = Door(self.litestar, self.state, self.throttle, self.faults, latency)
        self.app = _with_parts(door, parts)

    def _now(self) -> datetime:
        """The moment by whatever clock the object has by then."""
        return self.clock()

    def run_jobs(self) -> int:
        """Run all queued bulk jobs at once; how many that were."""
        return self.jobs.run()

    def token_for(self, user_id: int, *, scopes: list[str] | None = None) -> str:
        """A ready API token; with scopes it belongs to the first developer key."""
        if scopes is None:
            for row in self.state.tokens.values():
                if row.user_id == user_id and row.key_id is None and not row.deleted:
                    return row.access
        number = self.state.next_id("tokens")
        key_id = None if scopes is None else next(iter(self.state.keys))
        access = f"1234~{self.state.chance.letters(64)}"
        row = AccessToken(number, user_id, access, key_id=key_id, scopes=scopes)
        self.state.tokens[number] = row
        return access

    def launch_form(
        self,
        user_id: int,
        *,
        course_id: int | None = None,
        assignment_id: int | None = None,
        account_id: int | None = None,
        tool_id: int | None = None,
    ) -> LaunchForm:
        """The signed form of a launch as the person's page would post it.

        An assignment brings its course and tool; else name the tool and where it is opened.
        """
        return launch_form(self._launch(user_id, course_id, assignment_id, account_id, tool_id))

    def content_item_form(self, user_id: int, course_id: int, tool_id: int) -> LaunchForm:
        """The signed ContentItemSelectionRequest of the assignment dialog."""
        return content_item_form(self._launch(user_id, course_id, None, None, tool_id))

    def _launch(
        self,
        user_id: int,
        course_id: int | None,
        assignment_id: int | None,
        account_id: int | None,
        tool_id: int | None,
    ) -> Launch:
        state = self.state
        assignment = None if assignment_id is None else state.assignments[assignment_id]
        context: Course | Account
        if assignment is not None:
            context = state.courses[assignment.course_id]
        elif course_id is not None:
            context = state.courses[course_id]
        else:
            context = state.accounts[account_id or state.root_id]
        tool = state.tools[tool_id or next(iter(state.tools))]
        if assignment is not None and assignment.tool is not None and isinstance(context, Course):
            tool = tool_for_url(state, context, assignment.tool.url) or tool
        return Launch(state, state.host, state.users[user_id], context, tool, assignment)
