"""The launch log, and the queue of launches whose person a steward must name."""

from collections.abc import Sequence
from dataclasses import dataclass

from litestar import Response, get, post
from litestar.params import FromQuery, URLEncodedBody
from litestar.response import Redirect
from msgspec import Struct

from adapters.inbound.http.access.launch_outcomes import outcome
from adapters.inbound.http.injection import Injected
from adapters.inbound.http.pages import page, see_other
from adapters.inbound.http.visit import Visit
from application.errors import Invalid
from application.use_cases.matching.matching_queue import (
    LaunchLog,
    ReadLaunchLog,
    ResolveQueued,
    ResolveQueuedCommand,
)
from domain.access import Right
from domain.identity import LaunchRecord
from domain.ids import LaunchId


class ResolveForm(Struct, frozen=True):
    launch: str = ""
    tech_id: str = ""
    csrf: str = ""


@dataclass(frozen=True, slots=True)
class LaunchLine:
    record: LaunchRecord
    outcome: str
    person_name: str
    """Who was let in or was named by a steward; empty while nobody is."""


@dataclass(frozen=True, slots=True)
class LaunchLogPage:
    queue: Sequence[LaunchLine]
    recent: Sequence[LaunchLine]
    typed: ResolveForm
    error: str
    notice: str


@get("/launches", right=Right.RUN_SYSTEM, sync_to_thread=True)
def launch_log(
    visit: Injected[Visit],
    read_launch_log: Injected[ReadLaunchLog],
    done: FromQuery[str] = "",
) -> Response[str]:
    model = _page(read_launch_log(), ResolveForm(), "", _notice(done))
    return page(visit, "launches.html", model)


@post("/launches", right=Right.RUN_SYSTEM, sync_to_thread=True)
def resolve_launch(
    data: URLEncodedBody[ResolveForm],
    visit: Injected[Visit],
    read_launch_log: Injected[ReadLaunchLog],
    resolve_queued: Injected[ResolveQueued],
) -> Response[str] | Redirect:
    command = ResolveQueuedCommand(visit.person_id, LaunchId(data.launch), data.tech_id)
    try:
        resolve_queued(command)
    except Invalid as wrong:
        model = _page(read_launch_log(), data, wrong.cure, "")
        return page(visit, "launches.html", model, status=422)
    return see_other(visit, "/launches?done=resolved")


def _notice(done: str) -> str:
    if done != "resolved":
        return ""
    return (
        "Decided. The person's next launch goes through. Scores of theirs that an import "
        "left out can be brought over below."
    )


def _page(log: LaunchLog, typed: ResolveForm, error: str, notice: str) -> LaunchLogPage:
    return LaunchLogPage(
        [_line(log, record) for record in log.queue],
        [_line(log, record) for record in log.recent],
        typed,
        error,
        notice,
    )


def _line(log: LaunchLog, record: LaunchRecord) -> LaunchLine:
    named = record.resolved_to or record.person_id
    person = log.people.get(named) if named else None
    return LaunchLine(record, outcome(record), person.full_name if person else "")


ROUTES = (launch_log, resolve_launch)
