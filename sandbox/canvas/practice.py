"""Controls that no real Canvas has: what tests and the demo see and steer from outside."""

from typing import Any, Literal, TypeVar

import msgspec
from litestar import Request, Response, delete, get, post
from litestar.exceptions import HTTPException

from sandbox.canvas.call import Injected
from sandbox.canvas.faults import Fault, Faults
from sandbox.canvas.jobs import Jobs
from sandbox.canvas.records import Assignment, Submission, Switches
from sandbox.canvas.state import State

T = TypeVar("T")


class Change(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Changes of the switches; what is not named stays."""

    api_auth_error_updates: bool | None = None
    splits_token_errors: bool | None = None
    no_redirect_on_oauth_token_method: bool | None = None
    throttle_status: int | None = None
    locale: str | None = None
    account_level_mastery_scales: bool | None = None
    outcomes_new_decaying_average_calculation: bool | None = None
    decimal_separator: Literal[".", ","] | None = None
    imports_fail: bool | None = None
    imports_stuck: bool | None = None


class AdminRole(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """An account admin role that is given, or taken away."""

    user_id: int
    account_id: int
    granted: bool


def _json(body: object, status: int = 200) -> Response[bytes]:
    content = msgspec.json.encode(body)
    return Response(content, status_code=status, media_type="application/json")


def summary(state: State) -> dict[str, Any]:
    """Grades by assignment, and the jobs, in one look."""
    grades: dict[int, dict[str, Any]] = {number: {} for number in state.assignments}
    for row in state.submissions.values():
        if row.entered_grade is not None or row.excused:
            grades[row.assignment_id][str(row.user_id)] = _grade(row)
    return {
        "practice": True,
        "assignments": [
            _assignment(row) | {"grades": grades[row.id]} for row in state.assignments.values()
        ],
        "progress": [
            {"id": row.id, "workflow_state": row.workflow_state, "message": row.message}
            for row in state.progress.values()
        ],
    }


def _assignment(row: Assignment) -> dict[str, Any]:
    return {
        "id": row.id,
        "course_id": row.course_id,
        "name": row.name,
        "points_possible": row.points_possible,
        "published": row.published,
        "deleted": row.deleted,
        "external_tool_url": row.tool.url if row.tool else None,
    }


def _grade(row: Submission) -> dict[str, Any]:
    return {
        "entered_grade": row.entered_grade,
        "entered_score": row.entered_score,
        "score": row.score,
        "excused": bool(row.excused),
        "posted": row.posted_at is not None,
        "comments": [comment.text for comment in row.comments],
    }


@get("/_practice/state", sync_to_thread=False)
def show_state(site: Injected[State], jobs: Injected[Jobs]) -> Response[bytes]:
    jobs.look()
    return _json(summary(site))


@post("/_practice/faults", status_code=201)
async def ask_for_fault(
    request: Request[Any, Any, Any], faults: Injected[Faults]
) -> Response[bytes]:
    """Ask for a fault; answers all that are pending now."""
    faults.add(_decoded(await request.body(), Fault))
    return _json(faults.pending, 201)


@get("/_practice/faults", sync_to_thread=False)
def show_faults(faults: Injected[Faults]) -> Response[bytes]:
    return _json(faults.pending)


@delete("/_practice/faults", status_code=204, sync_to_thread=False)
def forget_faults(faults: Injected[Faults]) -> None:
    faults.clear()


@post("/_practice/jobs/run", status_code=200, sync_to_thread=False)
def run_jobs(jobs: Injected[Jobs]) -> Response[bytes]:
    return _json({"ran": jobs.run()})


@post("/_practice/switches", status_code=200)
async def change_switches(
    request: Request[Any, Any, Any], site: Injected[State]
) -> Response[bytes]:
    change = _decoded(await request.body(), Change)
    for name, value in msgspec.structs.asdict(change).items():
        if value is not None:
            setattr(site.switches, name, value)
    return _json(_shown(site.switches))


@post("/_practice/admins", status_code=200)
async def change_admins(request: Request[Any, Any, Any], site: Injected[State]) -> Response[bytes]:
    """Give or take an admin role; answers all that the user then has."""
    role = _decoded(await request.body(), AdminRole)
    change = site.admins.add if role.granted else site.admins.discard
    change((role.user_id, role.account_id))
    mine = sorted(account_id for user_id, account_id in site.admins if user_id == role.user_id)
    return _json({"user_id": role.user_id, "admin_of": mine})


def _shown(switches: Switches) -> dict[str, Any]:
    return {name: getattr(switches, name) for name in Change.__struct_fields__}


def _decoded(body: bytes, kind: type[T]) -> T:
    try:
        return msgspec.json.decode(body, type=kind)
    except msgspec.DecodeError as error:
        raise HTTPException(status_code=400, detail=str(error)) from error
