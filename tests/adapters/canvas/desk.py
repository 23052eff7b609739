"""A place to try the Canvas adapter against answers that each test writes by hand."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import anyio
import httpx

from adapters.outbound.canvas.plugin import plugin
from adapters.outbound.canvas.settings import CanvasSettings
from adapters.outbound.canvas.throttle import Pacing
from application.ports.lms import LmsGateway
from application.ports.lms_plugin import Lms, LmsRuntime, SiteAccess, TokenSource
from domain.ids import LmsAssignmentRef, LmsCourseRef, LmsUserRef
from tests.stand_ins import FixedClock

ORIGIN = "https://canvas.college.edu"
SITE = SiteAccess(ORIGIN, "10001", "developer-key-secret")
API = f"{ORIGIN}/api/v1"
NOON = datetime(2026, 2, 2, 12, 0, tzinfo=UTC)
COURSE, ASSIGNMENT, STUDENT = LmsCourseRef("1"), LmsAssignmentRef("9"), LmsUserRef("7")
ONE = f"{API}/courses/1/assignments/9/submissions/7"
BULK = f"{API}/courses/1/assignments/9/submissions/update_grades"
GRADES = f"{API}/courses/1/assignments/9/submissions"
RATE_LIMITED = "403 Forbidden (Rate Limit Exceeded)\n"


@dataclass
class Watch:
    """Time that passes only when somebody sleeps."""

    now: float = 0.0
    slept: list[float] = field(default_factory=list)

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds
        await anyio.lowlevel.checkpoint()

    def pacing(self) -> Pacing:
        return Pacing(monotonic=lambda: self.now, sleep=self.sleep, chance=lambda: 0.5)


class Tokens(TokenSource):
    """Renews `old-token` to `new-token`."""

    def __init__(self) -> None:
        self.renewals: list[str] = []

    async def token(self) -> str:
        return "new-token" if self.renewals else "old-token"

    async def renewed(self, refused: str) -> str:
        self.renewals.append(refused)
        return "new-token"


@dataclass
class Desk:
    lms: Lms
    gateway: LmsGateway
    tokens: Tokens
    watch: Watch


@asynccontextmanager
async def opened(**settings: Any) -> AsyncIterator[Desk]:
    watch, tokens = Watch(), Tokens()
    runtime = LmsRuntime(FixedClock(NOON), "Attain tests")
    chosen = CanvasSettings(**{"allow_private_hosts": True, **settings})
    async with plugin.open(chosen, runtime, None, watch.pacing()) as lms:
        yield Desk(lms, lms.acting(SITE, tokens), tokens, watch)


def submission(**changes: object) -> dict[str, object]:
    return {"id": "70001", "user_id": "7", "entered_score": 8.5, "score": 8.5, **changes}


def assignment(**changes: object) -> dict[str, object]:
    basics = {"id": "9", "course_id": "1", "grading_type": "points", "published": True}
    return {**basics, "points_possible": 10.0, "name": "Essay", **changes}


def right_lacking(status: int = 401, text: str = "user not authorized") -> httpx.Response:
    body = {"status": "unauthorized", "errors": [{"message": text}]}
    return httpx.Response(status, json=body)


def bad_token() -> httpx.Response:
    headers = {"WWW-Authenticate": 'Bearer realm="canvas-lms"'}
    return httpx.Response(401, json={"errors": [{"message": "Invalid."}]}, headers=headers)
