"""Outcomes of a course: what it shows, and bringing some in from the accounts above."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from sandbox.canvas.call import Injected, read_params
from sandbox.canvas.errors import not_found
from sandbox.canvas.ids import local_id
from sandbox.canvas.outcome_records import Outcome, OutcomeGroup
from sandbox.canvas.outcomes import (
    children_of,
    copy_group,
    key_of,
    link_into,
    links_in,
    links_into,
    outcome_visible,
    owner_key,
    root_group,
)
from sandbox.canvas.records import Account, Course
from sandbox.canvas.state import State
from sandbox.canvas.web.pages import see_other
from sandbox.canvas.web.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder with what is directly in it; `path` names the folders from the root down to it."""

    group: OutcomeGroup
    path: list[str]
    outcomes: list[Outcome]


def outcomes_in_course(state: State, course: Course) -> list[Outcome]:
    """Every outcome that the course shows, each once, by title."""
    found = {link.outcome_id: state.outcomes[link.outcome_id] for link in links_in(state, course)}
    return sorted(found.values(), key=lambda row: (row.title.casefold(), row.id))


def _folders(state: State, group: OutcomeGroup, above: list[str]) -> Iterator[Folder]:
    path = [*above, group.title]
    yield Folder(group, path, _outcomes_of(state, group))
    for child in _children(state, group):
        yield from _folders(state, child, path)


def _outcomes_of(state: State, group: OutcomeGroup) -> list[Outcome]:
    rows = [state.outcomes[link.outcome_id] for link in links_into(state, group)]
    return sorted(rows, key=lambda row: (row.title.casefold(), row.id))


def _children(state: State, group: OutcomeGroup) -> list[OutcomeGroup]:
    return sorted(children_of(state, group), key=lambda row: (row.title.casefold(), row.id))


@get("/courses/{course_id:str}/outcomes", sync_to_thread=False)
def outcomes_page(viewer: Injected[Viewer], course_id: FromPath[str]) -> Response[str]:
    course = viewer.course(course_id, "read_as_admin")
    root = root_group(viewer.state, course)
    return viewer.page(
        "outcomes.html",
        course=course,
        folders=list(_folders(viewer.state, root, [])),
        manages=viewer.can("manage_outcomes", course),
    )


@get("/courses/{course_id:str}/outcomes/find", sync_to_thread=False)
def find_outcomes(
    request: Request[Any, Any, Any], viewer: Injected[Viewer], course_id: FromPath[str]
) -> Response[str]:
    """The accounts above the course, or one of their folders with what is in it."""
    course = viewer.course(course_id, "manage_outcomes")
    state = viewer.state
    folder = request.query_params.get("folder")
    if folder is None:
        roots = [(account, root_group(state, account)) for account in _accounts(state, course)]
        return viewer.page("find_outcomes.html", course=course, roots=roots, group=None)
    group = _account_folder(state, course, folder)
    return viewer.page(
        "find_outcomes.html",
        course=course,
        group=group,
        parents=_parents(state, group),
        children=_children(state, group),
        outcomes=_outcomes_of(state, group),
        here={row.id for row in outcomes_in_course(state, course)},
    )


def _accounts(state: State, course: Course) -> list[Account]:
    """From the root account down to the one of the course."""
    return list(state.account_chain(course.account_id))[::-1]


def _account_folder(state: State, course: Course, reference: str) -> OutcomeGroup:
    group = state.outcome_groups.get(local_id(reference) or 0)
    above = {key_of(account) for account in _accounts(state, course)}
    if group is None or group.deleted or owner_key(group) not in above:
        raise not_found()
    return group


def _parents(state: State, group: OutcomeGroup) -> list[OutcomeGroup]:
    """The folders above, the root first."""
    found: list[OutcomeGroup] = []
    while group.parent_id is not None:
        group = state.outcome_groups[group.parent_id]
        found.insert(0, group)
    return found


@post("/courses/{course_id:str}/outcomes/import", status_code=200)
async def import_outcomes(
    request: Request[Any, Any, Any], viewer: Injected[Viewer], course_id: FromPath[str]
) -> Response[Any]:
    """Link one outcome into the course, or repeat a whole folder there."""
    course = viewer.course(course_id, "manage_outcomes")
    given = await read_params(request)
    if "folder" in given:
        _import_folder(viewer.state, course, str(given["folder"]))
    else:
        _import_outcome(viewer.state, course, str(given.get("outcome", "")))
    return see_other(f"/courses/{course.id}/outcomes")


def _import_folder(state: State, course: Course, reference: str) -> None:
    source = _account_folder(state, course, reference)
    if source.parent_id is None:
        raise not_found()
    copy_group(state, source, course, root_group(state, course))


def _import_outcome(state: State, course: Course, reference: str) -> None:
    outcome = outcome_visible(state, course, local_id(reference) or 0)
    if outcome is None:
        raise not_found()
    link_into(state, root_group(state, course), outcome.id)
