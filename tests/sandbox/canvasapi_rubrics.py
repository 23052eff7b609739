"""Every rubric endpoint as canvasapi calls it; each call makes what it needs."""

from collections.abc import Callable
from typing import Any

from canvasapi.util import combine_kwargs

from tests.sandbox.college import BEN, COURSE, ROOT

ROW = {"id": "c1", "description": "Only", "ratings": {"0": {"description": "Yes", "points": 2}}}
GIVEN = {"assessment_type": "grading", "user_id": str(BEN), "criterion_c1": {"points": 2}}


def asked(client: Any, method: str, path: str, **query: Any) -> Any:
    """What canvasapi's own requester answers, where the client has no method for a call."""
    return client.course._requester.request(method, path, _kwargs=combine_kwargs(**query)).json()


def made(client: Any) -> dict[str, Any]:
    """A rubric on an assignment of its own, with the association."""
    assignment = client.course.create_assignment({"name": "Assessed", "published": True})
    place = {
        "association_id": assignment.id,
        "association_type": "Assignment",
        "purpose": "grading",
        "use_for_grading": "1",
    }
    rubric = {"title": "Outside", "criteria": {"0": ROW}}
    answer: dict[str, Any] = client.course.create_rubric(rubric=rubric, rubric_association=place)
    answer["rubric_association"].course_id = COURSE  # canvasapi forgets it here
    return answer


def assessed(client: Any) -> Any:
    row = made(client)["rubric_association"].create_rubric_assessment(rubric_assessment=GIVEN)
    row.course_id = COURSE
    return row


def attached(client: Any) -> Any:
    assignment = client.course.create_assignment({"name": "Second"})
    place = {
        "rubric_id": made(client)["rubric"].id,
        "association_id": assignment.id,
        "association_type": "Assignment",
        "purpose": "grading",
    }
    return client.course.create_rubric_association(rubric_association=place)


def updated(client: Any) -> bool:
    sent = {"use_for_grading": "0"}
    answer = asked(
        client,
        "PUT",
        f"courses/{COURSE}/rubric_associations/{made(client)['rubric_association'].id}",
        rubric_association=sent,
    )
    return answer["rubric_association"]["use_for_grading"] is False


def of_account(client: Any) -> bool:
    """An account sees a rubric that is used there; nothing in REST can make one."""
    number = made(client)["rubric"].id
    state = client.practice.state
    rubric = state.rubrics[number]
    (row,) = (one for one in state.rubric_associations.values() if one.rubric_id == number)
    rubric.context_type = row.context_type = "Account"
    rubric.context_id = row.context_id = ROOT
    found = client.account.get_rubric(number)
    listed = client.account.get_rubrics()
    return found.data[0]["id"] == "c1" and number in [one.id for one in listed]


C, A = "/api/v1/courses/{course_id}", "/api/v1/accounts/{account_id}"
USE = f"{C}/rubric_associations/{{association_id}}"
RUBRIC_CALLS: dict[tuple[str, str], Callable[[Any], bool]] = {
    ("GET", f"{C}/rubrics"): lambda c: (
        made(c)["rubric"].id in [row.id for row in c.course.get_rubrics(per_page=1)]
    ),
    ("GET", f"{A}/rubrics"): of_account,
    ("GET", f"{A}/rubrics/{{rubric_id}}"): of_account,
    ("POST", f"{C}/rubrics"): lambda c: made(c)["rubric"].points_possible == 2.0,
    ("GET", f"{C}/rubrics/{{rubric_id}}"): lambda c: (
        c.course.get_rubric(made(c)["rubric"].id, include=["associations"]).data[0]["id"] == "c1"
    ),
    ("PUT", f"{C}/rubrics/{{rubric_id}}"): lambda c: asked(
        c,
        "PUT",
        f"courses/{COURSE}/rubrics/{made(c)['rubric'].id}",
        rubric={"title": "Renamed outside"},
    )["rubric"]["title"].startswith("Renamed outside"),
    ("DELETE", f"{C}/rubrics/{{rubric_id}}"): lambda c: bool(made(c)["rubric"].delete()),
    ("POST", f"{C}/rubric_associations"): lambda c: bool(attached(c)),
    ("PUT", USE): updated,
    ("DELETE", USE): lambda c: bool(made(c)["rubric_association"].delete()),
    ("POST", f"{USE}/rubric_assessments"): lambda c: assessed(c).score == 2.0,
    ("PUT", f"{USE}/rubric_assessments/{{assessment_id}}"): lambda c: (
        assessed(c).update(rubric_assessment={**GIVEN, "criterion_c1": {"points": 1}}).score == 1.0
    ),
    ("DELETE", f"{USE}/rubric_assessments/{{assessment_id}}"): lambda c: bool(assessed(c).delete()),
}
