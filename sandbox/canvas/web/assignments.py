"""One assignment with its tool, and the form for a new one."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from sandbox.canvas.api.assignment_input import apply_input
from sandbox.canvas.call import Injected, read_params
from sandbox.canvas.errors import Refusal
from sandbox.canvas.ids import find_assignment
from sandbox.canvas.lti.matching import tool_for_url, tools_placed
from sandbox.canvas.lti.signing import launch_form
from sandbox.canvas.records import Assignment
from sandbox.canvas.web.courses import visible_assignments
from sandbox.canvas.web.pages import see_other
from sandbox.canvas.web.viewer import Forbidden, Viewer


@get("/courses/{course_id:str}/assignments/new", sync_to_thread=False)
def new_assignment(viewer: Injected[Viewer], course_id: FromPath[str]) -> Response[str]:
    return _form(viewer, course_id, {}, None)


def _form(
    viewer: Viewer, course_id: str, given: dict[str, Any], problem: str | None
) -> Response[str]:
    course = viewer.course(course_id, "manage_assignments_add")
    return viewer.page(
        "new_assignment.html",
        status=422 if problem else 200,
        course=course,
        tools=tools_placed(viewer.state, course, "assignment_selection"),
        given=given,
        problem=problem,
    )


@post("/courses/{course_id:str}/assignments", status_code=200)
async def make_assignment(
    request: Request[Any, Any, Any], viewer: Injected[Viewer], course_id: FromPath[str]
) -> Response[Any]:
    course = viewer.course(course_id, "manage_assignments_add")
    given = await read_params(request)
    now = viewer.state.clock()
    position = len(viewer.state.assignments_of(course.id)) + 1
    row = Assignment(0, course.id, "", position, now, now)
    try:
        apply_input(row, _assignment_input(given))
    except Refusal:
        return _form(viewer, course_id, given, "Check the points and the due date.")
    row.id = viewer.state.next_id("assignments", 900)
    viewer.state.assignments[row.id] = row
    return see_other(f"/courses/{course.id}/assignments/{row.id}")


def _assignment_input(given: dict[str, Any]) -> dict[str, Any]:
    kept: dict[str, Any] = {
        "name": given.get("name") or "New assignment",
        "points_possible": given.get("points_possible", ""),
        "grading_type": given.get("grading_type", "points"),
        "due_at": given.get("due_at", ""),
        "published": given.get("published", ""),
        "submission_types": ["none"],
    }
    if given.get("tool_url"):
        tag = {"url": given["tool_url"], "new_tab": given.get("new_tab", "")}
        kept["external_tool_tag_attributes"] = tag
    return kept


@get("/courses/{course_id:str}/assignments/{assignment_id:str}", sync_to_thread=False)
def assignment_page(
    viewer: Injected[Viewer], course_id: FromPath[str], assignment_id: FromPath[str]
) -> Response[str]:
    """The assignment with its tool. Each launch on the page is signed for itself."""
    course = viewer.course(course_id)
    assignment = find_assignment(viewer.state, course, assignment_id)
    if assignment not in visible_assignments(viewer, course):
        raise Forbidden
    tag = assignment.tool
    tool = tool_for_url(viewer.state, course, tag.url) if tag else None
    launch = viewer.launch(course, tool, assignment) if tool else None
    association = viewer.state.grading_association(assignment.id)
    return viewer.page(
        "assignment.html",
        course=course,
        assignment=assignment,
        tool=tool,
        tool_missing=tag is not None and tool is None,
        inside=launch_form(launch) if launch and not launch.new_tab else None,
        window=launch_form(launch) if launch else None,
        rubric=viewer.state.rubrics[association.rubric_id] if association else None,
        rubric_grades=association is not None and association.use_for_grading,
        grades=viewer.can("manage_grades", course),
    )


@post("/courses/{course_id:str}/assignments/{assignment_id:str}/publish", status_code=200)
async def publish(
    request: Request[Any, Any, Any],
    viewer: Injected[Viewer],
    course_id: FromPath[str],
    assignment_id: FromPath[str],
) -> Response[Any]:
    course = viewer.course(course_id, "manage_assignments_edit")
    assignment = find_assignment(viewer.state, course, assignment_id)
    apply_input(assignment, {"published": (await read_params(request)).get("published", "")})
    return see_other(f"/courses/{course.id}/assignments/{assignment.id}")
