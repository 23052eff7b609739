"""Rubrics, their uses and their assessments as Canvas shows them."""

from html import escape
from typing import Any

from sandbox.canvas import rubrics
from sandbox.canvas.api.users import avatar_url
from sandbox.canvas.call import Call
from sandbox.canvas.moments import iso
from sandbox.canvas.outcome_records import (
    CriterionRating,
    Rubric,
    RubricAssessment,
    RubricAssociation,
    RubricCriterion,
)
from sandbox.canvas.rubric_assessing import total_of

Shown = dict[str, Any]


def rubric_json(call: Call, row: Rubric) -> Shown:
    return {
        "id": row.id,
        "title": row.title,
        "context_id": row.context_id,
        "context_type": row.context_type,
        "points_possible": row.points_possible,
        "reusable": False,
        "public": False,
        "read_only": rubrics.read_only(call.state, row),
        "free_form_criterion_comments": row.free_form_criterion_comments,
        "hide_score_total": row.hide_score_total,
    }


def criteria_json(row: Rubric) -> list[Shown]:
    """The `data` of a rubric: with the outcome and its mastery points, where a row has one."""
    return [_criterion_json(criterion) for criterion in row.criteria]


def _criterion_json(row: RubricCriterion) -> Shown:
    bound = (
        {}
        if row.learning_outcome_id is None
        else {
            "learning_outcome_id": row.learning_outcome_id,
            "mastery_points": row.mastery_points,
            "ignore_for_scoring": row.ignore_for_scoring,
        }
    )
    return {
        "description": row.description,
        "long_description": row.long_description,
        "points": row.points,
        "id": row.id,
        **bound,
        "criterion_use_range": row.criterion_use_range,
        "ratings": [_rating_json(one) | {"criterion_id": row.id} for one in row.ratings],
    }


def _rating_json(row: CriterionRating) -> Shown:
    return {
        "id": row.id,
        "points": row.points,
        "description": row.description,
        "long_description": row.long_description,
    }


def written_json(call: Call, row: Rubric) -> Shown:
    """A rubric as the answer to writing one."""
    updates = not rubrics.read_only(call.state, row)
    return rubric_json(call, row) | {
        "user_id": row.user_id,
        "rubric_id": row.copied_from,
        "data": criteria_json(row),
        "criteria": criteria_json(row),
        "association_count": sum(
            one.purpose == "grading" for one in rubrics.associations_of(call.state, row)
        ),
        "workflow_state": "deleted" if row.deleted else "active",
        "context_code": f"{row.context_type.lower()}_{row.context_id}",
        "created_at": iso(row.created_at),
        "updated_at": iso(row.updated_at),
        "permissions": {"update": updates, "delete": True, "read": True},
    }


def association_json(row: RubricAssociation) -> Shown:
    return {
        "id": row.id,
        "rubric_id": row.rubric_id,
        "association_id": row.association_id,
        "association_type": row.association_type,
        "use_for_grading": row.use_for_grading,
        "created_at": iso(row.created_at),
        "updated_at": iso(row.updated_at),
        "title": row.title,
        "summary_data": None,
        "purpose": row.purpose,
        "url": None,
        "context_id": row.context_id,
        "context_type": row.context_type,
        "hide_score_total": row.hide_score_total,
        "bookmarked": True,
        "context_code": f"{row.context_type.lower()}_{row.context_id}",
        "hide_points": row.hide_points,
        "hide_outcome_results": row.hide_outcome_results,
    }


def placed_json(row: RubricAssociation) -> Shown:
    """An association as the answer to writing one."""
    rights = {"update": True, "delete": True, "manage": True, "assess": True}
    return association_json(row) | {"assessment_requests": [], "permissions": rights}


def assessment_json(call: Call, row: RubricAssessment, style: str | None = None) -> Shown:
    submission = call.state.submission(row.assignment_id, row.user_id)
    shown: Shown = {
        "id": row.id,
        "rubric_id": row.rubric_id,
        "rubric_association_id": row.rubric_association_id,
        "score": total_of(row.data),
        "artifact_type": "Submission",
        "artifact_id": submission.id,
        "artifact_attempt": row.artifact_attempt,
        "assessment_type": row.assessment_type,
        "assessor_id": row.assessor_id,
    }
    if style == "full":
        shown["data"] = ratings_json(row)
    if style == "comments_only":
        shown["comments"] = [entry["comments"] for entry in row.data.values()]
    return shown


def ratings_json(row: RubricAssessment) -> list[Shown]:
    return [_chosen_json(number, entry) for number, entry in row.data.items()]


def _chosen_json(criterion_id: str, entry: Shown) -> Shown:
    """What was chosen for one criterion; `id` is the rating's."""
    optional = ("points", "above_threshold", "ignore_for_scoring")
    shown = {
        "id": entry["rating_id"],
        "criterion_id": criterion_id,
        "learning_outcome_id": entry["learning_outcome_id"],
        "description": entry["description"],
        "comments_enabled": True,
        "comments": entry["comments"],
        **{name: entry[name] for name in optional if name in entry},
    }
    if entry["comments"]:
        shown["comments_html"] = escape(entry["comments"])
    return shown


def indexed_assessment_json(row: RubricAssessment) -> Shown:
    """The `rubric_assessment` of a submission: no `points` where the grader gave none."""
    return {
        number: {name: entry[name] for name in ("rating_id", "comments", "points") if name in entry}
        for number, entry in row.data.items()
    }


def full_assessment_json(call: Call, row: RubricAssessment) -> Shown:
    association = call.state.rubric_associations[row.rubric_association_id]
    return assessment_json(call, row, "full") | {
        "rubric_association": association_json(association),
        "assessor_name": call.state.users[row.assessor_id].short_name,
        "assessor_avatar_url": avatar_url(call),
    }


def assignment_rubric_json(call: Call, assignment_id: int) -> Shown:
    """The rubric keys of an assignment; none of them without a rubric for grading."""
    association = call.state.grading_association(assignment_id)
    if association is None:
        return {}
    rubric = call.state.rubrics[association.rubric_id]
    return {
        "use_rubric_for_grading": association.use_for_grading,
        "free_form_criterion_comments": rubric.free_form_criterion_comments,
        "rubric": [_row_json(call, row) for row in rubric.criteria],
        "rubric_settings": {
            "id": rubric.id,
            "title": rubric.title,
            "points_possible": rubric.points_possible,
            "free_form_criterion_comments": rubric.free_form_criterion_comments,
            "hide_score_total": association.hide_score_total,
            "hide_points": association.hide_points,
        },
    }


def _row_json(call: Call, row: RubricCriterion) -> Shown:
    """A criterion on an assignment: of its outcome only the id and the guid."""
    shown: Shown = {
        "id": row.id,
        "points": row.points,
        "description": row.description,
        "long_description": row.long_description,
        "criterion_use_range": row.criterion_use_range,
        "ratings": [_rating_json(one) for one in row.ratings],
    }
    if row.learning_outcome_id is not None:
        shown["ignore_for_scoring"] = row.ignore_for_scoring
        outcome = call.state.outcomes[row.learning_outcome_id]
        shown |= {"outcome_id": outcome.id, "vendor_guid": outcome.vendor_guid}
    return shown
