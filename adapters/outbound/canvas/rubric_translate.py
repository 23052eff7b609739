"""From Canvas' payloads about rubrics to what the ports speak of, and back; pure."""

from collections.abc import Iterator
from decimal import Decimal

from adapters.outbound.canvas.payloads import RawId
from adapters.outbound.canvas.rubric_payloads import (
    CriterionPayload,
    CriterionRatingPayload,
    GivenPayload,
    RatedSubmissionPayload,
    RubricAssignmentPayload,
)
from adapters.outbound.canvas.translate import assignment_from, posted_grade, user_ref
from domain.ids import (
    LmsAssignmentRef,
    LmsCriterionRef,
    LmsOutcomeRef,
    LmsRatingRef,
    LmsRubricRef,
    LmsUserRef,
)
from domain.score_import.lms_rubric import (
    GivenRating,
    LmsCriterion,
    LmsRating,
    LmsRubric,
    RubricAssignment,
    RubricScores,
)
from domain.score_import.placed_rubric import DraftCriterion, RubricDraft


def rubric_assignment_from(payload: RubricAssignmentPayload) -> RubricAssignment:
    basics = assignment_from(payload)
    return RubricAssignment(
        ref=basics.ref,
        name=basics.name,
        published=basics.published,
        anonymous=basics.anonymous,
        points_possible=basics.points_possible,
        launch_url=basics.launch_url,
        rubric=rubric_from(payload),
        rubric_grades=bool(payload.use_rubric_for_grading),
    )


def rubric_from(payload: RubricAssignmentPayload) -> LmsRubric | None:
    """The rubric that the assignment is graded with."""
    settings, rows = payload.rubric_settings, payload.rubric
    if settings is None or rows is None:
        return None
    criteria = tuple(_criterion(row) for row in rows)
    return LmsRubric(LmsRubricRef(str(settings.id)), settings.title or "", criteria)


def _criterion(payload: CriterionPayload) -> LmsCriterion:
    outcome = payload.outcome_id
    ratings = (_rating(rating) for rating in payload.ratings)
    return LmsCriterion(
        ref=LmsCriterionRef(payload.id),
        title=payload.description or "",
        outcome_ref=None if outcome is None else LmsOutcomeRef(str(outcome)),
        guid=payload.vendor_guid or "",
        ratings=tuple(sorted(ratings, key=lambda rating: -rating.points)),
    )


def _rating(payload: CriterionRatingPayload) -> LmsRating:
    points = payload.points or Decimal(0)
    return LmsRating(LmsRatingRef(payload.id), points, payload.description or "")


def scores_from(payload: RatedSubmissionPayload, rubric: LmsRubric) -> RubricScores | None:
    """None for a student who was never rated on what the rubric is now.

    Canvas keeps choices on rows that were cut from it.
    """
    assessment = payload.rubric_assessment or {}
    given = tuple(
        _given(row, found) for row in rubric.criteria if (found := assessment.get(row.ref))
    )
    if not given:
        return None
    return RubricScores(
        assignment_ref=LmsAssignmentRef(str(payload.assignment_id)),
        user_ref=LmsUserRef("") if payload.user_id is None else user_ref(payload.user_id),
        given=given,
        graded_at=payload.graded_at,
        grader_ref=_grader(payload.grader_id),
        attempt=payload.attempt,
        # Rated on a rubric that gives no grade: there is nothing that could be held back.
        posted=payload.posted_at is not None or payload.graded_at is None,
        excused=bool(payload.excused),
    )


def _given(row: LmsCriterion, payload: GivenPayload) -> GivenRating:
    """What was chosen on one row.

    Canvas (`RubricAssociation#assess`) takes missing points for 0 when it looks for the
    rating, so a mere comment comes with the rating of 0 points: that is no choice.
    """
    chosen = payload.rating_id or None
    if payload.points is None and any(one.ref == chosen and not one.points for one in row.ratings):
        chosen = None
    rating = None if chosen is None else LmsRatingRef(chosen)
    return GivenRating(row.ref, rating, payload.points)


def _grader(raw: RawId | None) -> LmsUserRef | None:
    return None if raw is None or str(raw).startswith("-") else user_ref(raw)


def rubric_form(assignment: LmsAssignmentRef, draft: RubricDraft) -> dict[str, str]:
    """Canvas wants criteria and ratings as mappings by index, and compares flags with `1`.

    Without the purpose the rubric would be made and not used for grading.
    """
    form = {
        "rubric[title]": draft.title,
        "rubric[free_form_criterion_comments]": "0",
        "rubric_association[association_id]": assignment,
        "rubric_association[association_type]": "Assignment",
        "rubric_association[purpose]": "grading",
        "rubric_association[use_for_grading]": "1" if draft.grades else "0",
    }
    if draft.keeps_points:
        form["skip_updating_points_possible"] = "true"
    for number, criterion in enumerate(draft.criteria):
        form |= dict(_criterion_fields(f"rubric[criteria][{number}]", criterion))
    return form


def _criterion_fields(name: str, criterion: DraftCriterion) -> Iterator[tuple[str, str]]:
    yield f"{name}[description]", criterion.title
    yield f"{name}[long_description]", criterion.description
    yield f"{name}[criterion_use_range]", "false"
    if criterion.outcome_ref is not None:
        yield f"{name}[learning_outcome_id]", criterion.outcome_ref
    if criterion.mastery_points is not None:
        yield f"{name}[mastery_points]", posted_grade(criterion.mastery_points)
    for number, rating in enumerate(criterion.ratings):
        inner = f"{name}[ratings][{number}]"
        yield f"{inner}[description]", rating.label
        yield f"{inner}[long_description]", rating.descriptor
        yield f"{inner}[points]", posted_grade(rating.points)


def in_order_of(draft: RubricDraft, rubric: LmsRubric) -> LmsRubric | None:
    """The rubric with its criteria in the draft's order; None if it has more or fewer.

    A bound row is known by its outcome, any other by its title, else by its place.
    """
    left = list(rubric.criteria)
    if len(left) != len(draft.criteria):
        return None
    ordered: list[LmsCriterion] = []
    for wanted in draft.criteria:
        found = next((row for row in left if _stands_for(row, wanted)), left[0])
        left.remove(found)
        ordered.append(found)
    return LmsRubric(rubric.ref, rubric.title, tuple(ordered))


def _stands_for(row: LmsCriterion, wanted: DraftCriterion) -> bool:
    if row.outcome_ref is not None or wanted.outcome_ref is not None:
        return row.outcome_ref == wanted.outcome_ref
    return row.title.split() == wanted.title.split()


def has_lost_outcomes(draft: RubricDraft, rubric: LmsRubric) -> bool:
    """Canvas drops the binding to an outcome that the course cannot show, without a word."""
    bound = {row.outcome_ref for row in rubric.criteria}
    return any(row.outcome_ref not in bound for row in draft.criteria if row.outcome_ref)
