"""Speaking to the practice Canvas about outcomes and rubrics, for the tests of them."""

from typing import Any

import httpx

from sandbox.canvas.outcome_records import Outcome, OutcomeRating, RubricAssociation
from sandbox.canvas.outcomes import add_group, link_into, root_group
from tests.sandbox.college import COURSE, ESSAY, ROOT, TEACHER, Practice, shown

REASONING, STYLE = 311, 312
ESSAY_ROWS: dict[str, Any] = {
    "0": {
        "id": "_8027",
        "description": "Reasoning",
        "long_description": "Builds a sound argument",
        "learning_outcome_id": REASONING,
        "ratings": {
            "0": {"id": "_1", "description": "Exceeds", "points": 5},
            "1": {"id": "_2", "description": "Meets", "points": 3},
            "2": {"id": "_3", "description": "Not yet", "points": 0},
        },
    },
    "1": {
        "id": "_9131",
        "description": "Style",
        "ratings": {
            "0": {"id": "good", "description": "Good", "points": 3},
            "1": {"id": "poor", "description": "Poor", "points": 1},
        },
    },
}


def with_outcomes(practice: Practice) -> None:
    """Two outcomes of the root account, in a folder of their own."""
    root = practice.state.root
    folder = add_group(practice.state, root, root_group(practice.state, root), "Writing")
    for number, title in ((REASONING, "Reasoning"), (STYLE, "Style")):
        practice.state.outcomes[number] = Outcome(
            id=number,
            context_type="Account",
            context_id=ROOT,
            title=title,
            display_name=None,
            description=f"<p>{title} of the college</p>",
            vendor_guid=f"mf.{title.lower()}.1",
            ratings=[
                OutcomeRating("Exceeds", 5.0),
                OutcomeRating("Meets", 3.0),
                OutcomeRating("Not yet", 0.0),
            ],
            mastery_points=3.0,
            calculation_method="highest",
            calculation_int=None,
        )
        link_into(practice.state, folder, number)


def rows(*points: float, **more: Any) -> dict[str, Any]:
    """One criterion with ratings of these points."""
    ratings = {str(n): {"description": f"R{n}", "points": one} for n, one in enumerate(points)}
    return {"0": {"description": "Only", "ratings": ratings, **more}}


def rubric_body(rows: object = None, place: dict[str, Any] | None = None, **more: Any) -> Any:
    """The body that makes a rubric; `place` adds to or replaces where it is put."""
    association = {
        "association_id": ESSAY,
        "association_type": "Assignment",
        "purpose": "grading",
        "use_for_grading": "1",
        **(place or {}),
    }
    criteria = ESSAY_ROWS if rows is None else rows
    rubric = {"title": "Essay rubric", "criteria": criteria, **more}
    return {"rubric": rubric, "rubric_association": association}


def post_rubric(practice: Practice, body: Any, who: int = TEACHER) -> httpx.Response:
    return practice.call(who, "POST", f"/courses/{COURSE}/rubrics", body)


def put_rubric(practice: Practice, number: int, body: Any, who: int = TEACHER) -> httpx.Response:
    return practice.call(who, "PUT", f"/courses/{COURSE}/rubrics/{number}", body)


def essay_rubric(practice: Practice, **place: Any) -> dict[str, Any]:
    """The rubric of the essay, with its outcome; the answer to making it."""
    with_outcomes(practice)
    made: dict[str, Any] = shown(post_rubric(practice, rubric_body(place=place)))
    return made


def association(practice: Practice, assignment: int = ESSAY) -> RubricAssociation:
    found = practice.state.grading_association(assignment)
    assert found is not None
    return found


def assignment_of(practice: Practice, number: int = ESSAY, who: int = TEACHER) -> dict[str, Any]:
    row: dict[str, Any] = shown(practice.get(who, f"/courses/{COURSE}/assignments/{number}"))
    return row


def assess(
    practice: Practice, student: object, given: Any, assignment: int = ESSAY, **submission: Any
) -> httpx.Response:
    """PUT one submission with a rubric assessment, and with a grade where one is given."""
    path = f"/courses/{COURSE}/assignments/{assignment}/submissions/{student}"
    body: dict[str, Any] = {"rubric_assessment": given}
    if submission:
        body["submission"] = submission
    return practice.call(TEACHER, "PUT", path, body)


def read_back(
    practice: Practice, student: int, assignment: int = ESSAY, who: int = TEACHER
) -> dict[str, Any]:
    path = f"/courses/{COURSE}/assignments/{assignment}/submissions/{student}"
    row: dict[str, Any] = shown(practice.get(who, f"{path}?include[]=rubric_assessment"))
    return row
