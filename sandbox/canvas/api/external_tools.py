"""Launching a tool without a browser session: a link that works once."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from litestar import Response, get
from litestar.params import FromPath

from sandbox.canvas import ids, params
from sandbox.canvas.access_records import Tool
from sandbox.canvas.api.assignments import find_visible
from sandbox.canvas.call import Call, Injected
from sandbox.canvas.errors import Refusal, not_found
from sandbox.canvas.lti.launch import Launch
from sandbox.canvas.lti.matching import tool_for_url, tools_in
from sandbox.canvas.records import Assignment, Course

LIFETIME = timedelta(minutes=5)


@dataclass
class Verifiers:
    """Launches that wait for their link to be opened, by the verifier in it."""

    rows: dict[str, tuple[Launch, datetime]] = field(default_factory=dict)

    def add(self, launch: Launch) -> str:
        verifier = launch.state.chance.hexadecimal(128)
        self.rows[verifier] = (launch, launch.state.clock() + LIFETIME)
        return verifier

    def take(self, verifier: str) -> Launch | None:
        """The launch of a link, once and while it is fresh."""
        launch, until = self.rows.pop(verifier, (None, None))
        return launch if launch and until and launch.state.clock() <= until else None


@get("/api/v1/courses/{course_id:str}/external_tools/sessionless_launch", sync_to_thread=False)
def sessionless_launch(
    call: Injected[Call], verifiers: Injected[Verifiers], course_id: FromPath[str]
) -> Response[bytes]:
    """By `id` of a tool, by `url`, or by `assignment_id` with `launch_type=assessment`."""
    course = call.course(course_id)
    call.require(course, "read")
    assignment = _assignment(call, course)
    tool = _tool(call, course, assignment)
    launch = Launch(call.state, call.base, call.me, course, tool, assignment)
    path = f"{call.base}/courses/{course.id}/external_tools/sessionless_launch"
    url = f"{path}?verifier={verifiers.add(launch)}"
    name = assignment.name if assignment else tool.name
    return call.answer({"id": tool.id, "name": name, "url": url})


def _assignment(call: Call, course: Course) -> Assignment | None:
    reference = params.text(call.params.get("assignment_id"))
    if reference is None:
        return None
    assignment = find_visible(call, course, reference)
    if assignment.tool is None:
        message = "The assignment must have an external tool tag"
        raise Refusal(400, {"errors": [{"message": message}]})
    return assignment


def _tool(call: Call, course: Course, assignment: Assignment | None) -> Tool:
    number = ids.local_id(params.text(call.params.get("id")) or "")
    tag = assignment.tool if assignment else None
    url = tag.url if tag else params.text(call.params.get("url"))
    if url is not None:
        tool = tool_for_url(call.state, course, url)
    else:
        tool = next((row for row in tools_in(call.state, course) if row.id == number), None)
    if tool is None:
        raise not_found()
    return tool
