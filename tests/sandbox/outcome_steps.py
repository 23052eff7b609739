"""Outcomes, folders, rubrics and imports in the test college, in few words."""

from typing import Any

import httpx

from sandbox.canvas.outcome_records import (
    CriterionRating,
    Rubric,
    RubricAssessment,
    RubricAssociation,
    RubricCriterion,
)
from tests.sandbox.college import ADMIN, ARTS, BEN, COURSE, ESSAY, NOON, TEACHER, Practice, shown

HEADERS = "vendor_guid,object_type,title,parent_guids,mastery_points,ratings"
RATINGS = [
    {"description": "Exceeds", "points": 5},
    {"description": "Meets", "points": 3},
    {"description": "Not yet", "points": 0},
]
ACCOUNT_PATH, COURSE_PATH = f"/accounts/{ARTS}", f"/courses/{COURSE}"


def root_of(practice: Practice, path: str = ACCOUNT_PATH) -> int:
    """The id of the root folder of a context, by its redirect."""
    location = practice.get(ADMIN, f"{path}/root_outcome_group").headers["location"]
    return int(location.rpartition("/")[2])


def a_group(practice: Practice, path: str = ACCOUNT_PATH, **given: Any) -> int:
    parent = given.pop("parent", None) or root_of(practice, path)
    body = {"title": "Critical thinking", **given}
    made = practice.call(ADMIN, "POST", f"{path}/outcome_groups/{parent}/subgroups", body)
    return int(shown(made)["id"])


def an_outcome(practice: Practice, path: str = ACCOUNT_PATH, **given: Any) -> int:
    """The id of a new outcome in a folder, the root unless `group` is given."""
    group = given.pop("group", None) or root_of(practice, path)
    body = {"title": "CT.1 Reasoning", "ratings": RATINGS, "mastery_points": 3, **given}
    made = practice.call(ADMIN, "POST", f"{path}/outcome_groups/{group}/outcomes", body)
    return int(shown(made)["outcome"]["id"])


def linked(practice: Practice, group: int, outcome: int, path: str = COURSE_PATH) -> httpx.Response:
    return practice.call(ADMIN, "PUT", f"{path}/outcome_groups/{group}/outcomes/{outcome}")


def unlinked(
    practice: Practice, group: int, outcome: int, path: str = ACCOUNT_PATH
) -> httpx.Response:
    return practice.call(ADMIN, "DELETE", f"{path}/outcome_groups/{group}/outcomes/{outcome}")


def full(practice: Practice, outcome: int, who: int = ADMIN) -> dict[str, Any]:
    row: dict[str, Any] = shown(practice.get(who, f"/outcomes/{outcome}"))
    return row


def links(practice: Practice, path: str = ACCOUNT_PATH, who: int = ADMIN) -> list[dict[str, Any]]:
    address = f"{path}/outcome_group_links?outcome_style=full&per_page=100"
    rows: list[dict[str, Any]] = shown(practice.get(who, address))
    return rows


def align(practice: Practice, outcome: int, assignment: int = ESSAY, rubric_id: int = 88) -> Rubric:
    """Put a rubric with one row for the outcome on an assignment."""
    ratings = [CriterionRating("_1", "Exceeds", 5.0), CriterionRating("_2", "Not yet", 0.0)]
    criterion = RubricCriterion("_8027", "Reasoning", "", 5.0, ratings, outcome, 3.0)
    rubric = Rubric(rubric_id, "Course", COURSE, "Essay", [criterion])
    practice.state.rubrics[rubric.id] = rubric
    number = len(practice.state.rubric_associations) + 1
    practice.state.rubric_associations[number] = RubricAssociation(
        number, rubric.id, "Assignment", assignment, "Course", COURSE, "Essay", "grading"
    )
    return rubric


def assess(practice: Practice, rubric: Rubric, **given: Any) -> None:
    """Let the teacher choose something for the first row of the rubric."""
    number = len(practice.state.rubric_assessments) + 1
    practice.state.rubric_assessments[number] = RubricAssessment(
        id=number,
        rubric_id=rubric.id,
        rubric_association_id=1,
        assignment_id=ESSAY,
        user_id=BEN,
        assessor_id=TEACHER,
        artifact_attempt=None,
        assessment_type="grading",
        data={rubric.criteria[0].id: {"rating_id": None, "comments": None, **given}},
        updated_at=NOON,
    )


def send(
    practice: Practice, content: str | bytes, path: str = ACCOUNT_PATH, who: int = ADMIN
) -> httpx.Response:
    """POST a file as the body; nothing is imported yet."""
    data = content.encode() if isinstance(content, str) else content
    headers = {"Content-Type": "text/csv"}
    return practice.call(who, "POST", f"{path}/outcome_imports", content=data, headers=headers)


def imported(
    practice: Practice, content: str | bytes, path: str = ACCOUNT_PATH, who: int = ADMIN
) -> dict[str, Any]:
    """Import a file to the end; the import as it then shows itself."""
    number = shown(send(practice, content, path, who))["id"]
    practice.canvas.run_jobs()
    base = path.partition("/outcome_imports")[0]
    row: dict[str, Any] = shown(practice.get(who, f"{base}/outcome_imports/{number}"))
    return row


def errors_of(practice: Practice, *rows: str, header: str = HEADERS, **more: Any) -> list[Any]:
    """The errors of an import of these rows; the import must have succeeded."""
    row = imported(practice, "\n".join([header, *rows]), **more)
    assert row["workflow_state"] == "succeeded", row
    errors: list[Any] = row["processing_errors"]
    return errors


def by_guid(practice: Practice, guid: str) -> dict[str, Any]:
    """The outcome with a guid that is alive."""
    row = next(
        row
        for row in practice.state.outcomes.values()
        if row.vendor_guid == guid and not row.deleted
    )
    return full(practice, row.id)


def folders_of(practice: Practice, guid: str, path: str = ACCOUNT_PATH) -> set[str]:
    """The titles of the folders that show the outcome with a guid."""
    return {
        row["outcome_group"]["title"]
        for row in links(practice, path)
        if row["outcome"]["vendor_guid"] == guid
    }
