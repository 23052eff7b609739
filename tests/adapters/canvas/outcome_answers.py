"""Canvas' answers about outcomes and rubrics, small and by hand."""

from decimal import Decimal
from typing import Any

import httpx

from domain.ids import LmsCriterionRef, LmsRatingRef, LmsRubricRef
from domain.score_import.lms_rubric import LmsCriterion, LmsRating, LmsRubric
from tests.adapters.canvas.desk import API

ACCOUNT_API = f"{API}/accounts/14"
COURSE_API = f"{API}/courses/1"


def answer(body: object, *, status: int = 200, link: str = "") -> httpx.Response:
    return httpx.Response(status, json=body, headers={"Link": link} if link else {})


def folder(ref: int, *, parent: int | None = 200, **changes: Any) -> dict[str, Any]:
    above = {} if parent is None else {"parent_outcome_group": {"id": str(parent)}}
    basics = {"id": str(ref), "title": f"Title {ref}", "vendor_guid": None, "description": ""}
    return {**basics, **above, **changes}


def outcome(ref: int = 311, **changes: Any) -> dict[str, Any]:
    basics = {
        "id": str(ref),
        "context_id": "14",
        "context_type": "Account",
        "vendor_guid": "attain:1:slo:s1",
        "display_name": "Reasoning",
        "title": "CT.1 Reasoning",
        "can_edit": True,
        "description": "<p>Builds a sound argument.</p>",
        "assessed": True,
        "mastery_points": 3.0,
        "ratings": [
            {"description": "Exceeds", "points": 5.0},
            {"description": "Meets", "points": 3.0},
            {"description": "Not yet", "points": 0.0},
        ],
        "calculation_method": "decaying_average",
        "calculation_int": 65,
    }
    return {**basics, **changes}


def scaleless(ref: int = 311) -> dict[str, Any]:
    """As Canvas shows it where accounts have mastery scales."""
    hidden = {"mastery_points", "ratings", "calculation_method", "calculation_int"}
    return {name: value for name, value in outcome(ref).items() if name not in hidden}


def link(folder_ref: int, shown: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {
        "outcome_group": {"id": str(folder_ref)},
        "outcome": shown,
        "can_unlink": True,
    } | changes


def account(ref: int, *, parent: int | None = None, **changes: Any) -> dict[str, Any]:
    above = None if parent is None else str(parent)
    root = None if parent is None else "1"
    basics = {"id": str(ref), "name": f"Account {ref}", "parent_account_id": above}
    return {**basics, "root_account_id": root, **changes}


def criterion(ref: str, title: str, **changes: Any) -> dict[str, Any]:
    ratings = [
        {"id": f"{ref}_top", "points": 5.0, "description": "Exceeds"},
        {"id": f"{ref}_low", "points": 0.0, "description": "Not yet"},
    ]
    return {"id": ref, "description": title, "points": 5.0, "ratings": ratings, **changes}


def graded_assignment(ref: int, *criteria: dict[str, Any], **changes: Any) -> dict[str, Any]:
    basics = {
        "id": str(ref),
        "course_id": "1",
        "name": f"Essay {ref}",
        "grading_type": "points",
        "published": True,
        "points_possible": 8.0,
        "rubric": list(criteria),
        "rubric_settings": {"id": "88", "title": "Essay rubric"},
        "use_rubric_for_grading": True,
    }
    return {**basics, **changes}


def rubric_of(*refs: str) -> LmsRubric:
    """What a rubric of such criteria becomes here."""
    rows = (
        LmsCriterion(
            LmsCriterionRef(ref),
            f"Row {ref}",
            None,
            "",
            (
                LmsRating(LmsRatingRef(f"{ref}_top"), Decimal(5), "Exceeds"),
                LmsRating(LmsRatingRef(f"{ref}_low"), Decimal(0), "Not yet"),
            ),
        )
        for ref in refs
    )
    return LmsRubric(LmsRubricRef("88"), "Essay rubric", tuple(rows))


def rated(assignment: int, user: int | None, **given: object) -> dict[str, Any]:
    """A submission; `given` is criterion -> what was chosen on it."""
    who = {} if user is None else {"user_id": str(user)}
    basics = {"assignment_id": str(assignment), "grader_id": "4211", "attempt": 1, **who}
    times = {"graded_at": "2026-02-11T08:00:00Z", "posted_at": "2026-02-12T08:00:00Z"}
    return {**basics, **times, "excused": False, "rubric_assessment": given}
