"""Reading what was given on the rubrics of a course: by our gateway, and by canvasapi."""

import warnings
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from time import perf_counter, process_time
from typing import Any

import canvasapi
import httpx

from adapters.outbound.canvas.plugin import plugin
from adapters.outbound.canvas.settings import CanvasSettings
from adapters.outbound.runtime.clock import SystemClock
from application.ports.lms import LmsGateway
from application.ports.lms_plugin import LmsRuntime, SiteAccess, TokenSource
from domain.ids import LmsCourseRef
from tests.benchmark.rated_course import ASSIGNMENTS, COURSE, FIRST_ASSIGNMENT, TOKEN

_SETTINGS = CanvasSettings(allow_private_hosts=True)
_THROTTLED = frozenset({httpx.codes.FORBIDDEN, httpx.codes.TOO_MANY_REQUESTS})


@dataclass(frozen=True, slots=True)
class Read:
    """What one reading took. The reader did nothing else meanwhile."""

    seconds: float
    processor_seconds: float
    requests: int
    throttled: int
    submissions: int


@dataclass(slots=True)
class _Meter:
    """Counts answers, and time from its making on."""

    statuses: list[int] = field(default_factory=list)
    began: float = field(default_factory=perf_counter)
    worked: float = field(default_factory=process_time)

    def read(self, submissions: int) -> Read:
        return Read(
            perf_counter() - self.began,
            process_time() - self.worked,
            len(self.statuses),
            sum(status in _THROTTLED for status in self.statuses),
            submissions,
        )


@dataclass(frozen=True, slots=True)
class _HandmadeToken(TokenSource):
    text: str

    async def token(self) -> str:
        return self.text

    async def renewed(self, refused: str) -> str:
        return refused


class _Counted(httpx.AsyncHTTPTransport):
    """The transport that the plug-in opens by itself, with a count of its answers."""

    def __init__(self) -> None:
        super().__init__(limits=httpx.Limits(max_connections=_SETTINGS.max_connections))
        self.statuses: list[int] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        response = await super().handle_async_request(request)
        self.statuses.append(response.status_code)
        return response


async def by_us(url: str, token: str) -> Read:
    course = LmsCourseRef(str(COURSE))
    async with _gateway(url, TOKEN, _Counted()) as gateway:
        assignments = [one async for one in gateway.rubric_assignments(course)]
    transport = _Counted()
    async with _gateway(url, token, transport) as gateway:
        meter = _Meter(transport.statuses)
        readings = [one async for one in gateway.rubric_scores(course, assignments)]
        return meter.read(sum(len(one.scores) for one in readings))


@asynccontextmanager
async def _gateway(
    url: str, token: str, transport: httpx.AsyncBaseTransport
) -> AsyncIterator[LmsGateway]:
    runtime = LmsRuntime(SystemClock(), "Attain benchmark")
    async with plugin.open(_SETTINGS, runtime, transport) as lms:
        yield lms.acting(SiteAccess(url, "", ""), _HandmadeToken(token))


def by_canvasapi(url: str) -> Read:
    """One list of all assignments: its fewest calls. Each item is looked at once."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # it warns of http, which is loopback here
        course: Any = canvasapi.Canvas(url, TOKEN).get_course(COURSE)
    meter = _Meter()
    hooks = course._requester._session.hooks
    hooks["response"].append(lambda response, **_: meter.statuses.append(response.status_code))
    rows = course.get_multiple_submissions(
        student_ids="all",
        assignment_ids=[FIRST_ASSIGNMENT + number for number in range(ASSIGNMENTS)],
        include=["rubric_assessment"],
    )
    return meter.read(sum(bool(row.rubric_assessment) for row in rows))
