"""What a person does with rubrics in the learning system in memory."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from adapters.outbound.memory.lms_door import Acting
from adapters.outbound.memory.lms_rubric_state import GradingRubric, Rated
from adapters.outbound.memory.lms_state import LmsState
from application.errors import LmsForbidden, LmsRecordMissing, LmsRefused
from application.ports.lms import LmsAssignment
from application.ports.lms_rubrics import RubricReader, RubricWriter
from domain.ids import LmsAssignmentRef, LmsCourseRef, LmsOutcomeRef, LmsUserRef
from domain.outcomes.content import Rating
from domain.outcomes.found import OutcomePlace, PlaceKind
from domain.score_import.lms_rubric import (
    LmsCriterion,
    LmsRubric,
    RubricAssignment,
    RubricScores,
)
from domain.score_import.placed_rubric import DraftCriterion, RubricDraft
from domain.score_import.reading import Reading


@dataclass(frozen=True, slots=True, repr=False)
class MemoryRubrics(Acting, RubricReader, RubricWriter):
    async def rubric_assignments(self, course: LmsCourseRef) -> AsyncIterator[RubricAssignment]:
        state, _ = await self.enter()
        if course not in state.courses:
            raise LmsRecordMissing("There is no such course.")
        for row in list(state.assignments.values()):
            if row.course_ref == course:
                yield _assignment(row, state.rubrics.on.get(row.ref))

    async def rubric_scores(
        self, course: LmsCourseRef, assignments: Sequence[RubricAssignment]
    ) -> AsyncIterator[Reading]:
        state, _ = await self.enter()
        for one in assignments:
            state.assignment(course, one.ref)
            yield Reading(one, _scores(state, course, one) if one.published else ())

    async def rubric_is_used(self, course: LmsCourseRef, assignment: LmsAssignmentRef) -> bool:
        state, _ = await self.enter()
        state.assignment(course, assignment)
        return any(state.rubrics.ratings_on(assignment))

    async def put_rubric(
        self, course: LmsCourseRef, assignment: LmsAssignmentRef, draft: RubricDraft
    ) -> LmsRubric:
        state, user = await self.enter()
        held = state.assignment(course, assignment)
        if (course, user) not in state.teachers or course in self.door.ungraded_courses:
            raise LmsForbidden("The person may not make rubrics there.", reason="no-right")
        rows = [_criterion(state, course, row) for row in draft.criteria]
        _check_bound_once(rows)
        for row in rows:
            _show(state, course, row.outcome_ref)
        rubric = state.rubrics.given_rubric(
            course, assignment, rows, title=draft.title, grades=draft.grades
        )
        if draft.grades and not draft.keeps_points:
            state.change_assignment(replace(held, points_possible=_total(rubric)))
        return rubric


def _assignment(row: LmsAssignment, placed: GradingRubric | None) -> RubricAssignment:
    return RubricAssignment(
        ref=row.ref,
        name=row.name,
        published=row.published,
        anonymous=row.anonymous,
        points_possible=row.points_possible,
        launch_url=row.launch_url,
        rubric=placed.rubric if placed else None,
        rubric_grades=placed.grades if placed else False,
    )


def _scores(
    state: LmsState, course: LmsCourseRef, assignment: RubricAssignment
) -> tuple[RubricScores, ...]:
    return tuple(
        _score(state, course, assignment, user, rated)
        for user, rated in state.rubrics.ratings_on(assignment.ref)
    )


def _score(
    state: LmsState,
    course: LmsCourseRef,
    assignment: RubricAssignment,
    user: LmsUserRef,
    rated: Rated,
) -> RubricScores:
    return RubricScores(
        assignment_ref=assignment.ref,
        user_ref=LmsUserRef("") if assignment.anonymous else user,
        given=rated.given,
        graded_at=rated.at,
        grader_ref=rated.grader,
        attempt=rated.attempt,
        posted=rated.posted,
        excused=state.grade(course, assignment.ref, user).excused,
    )


def _criterion(state: LmsState, course: LmsCourseRef, row: DraftCriterion) -> LmsCriterion:
    """Raises LmsRefused for an outcome that the course cannot show."""
    outcome = state.outcomes.outcomes.get(row.outcome_ref) if row.outcome_ref else None
    place = OutcomePlace(PlaceKind.COURSE, course)
    if row.outcome_ref and (outcome is None or not state.outcomes.may_show(place, outcome)):
        raise LmsRefused("The course cannot show this outcome.", reason="outcome-not-in-course")
    return state.rubrics.given_criterion(
        row.title,
        [Rating(one.points, one.label) for one in row.ratings],
        outcome=row.outcome_ref,
        guid=outcome.guid if outcome else "",
    )


def _check_bound_once(rows: Sequence[LmsCriterion]) -> None:
    bound = [row.outcome_ref for row in rows if row.outcome_ref]
    if len(set(bound)) != len(bound):
        raise LmsRefused("A rubric binds an outcome only once.")


def _show(state: LmsState, course: LmsCourseRef, outcome: LmsOutcomeRef | None) -> None:
    """Canvas: an outcome on a rubric appears in the course's root unless it is shown already."""
    place = OutcomePlace(PlaceKind.COURSE, course)
    if outcome is not None and not state.outcomes.links_in(place, outcome):
        state.outcomes.given_link(state.outcomes.root_folder(place).ref, outcome)


def _total(rubric: LmsRubric) -> Decimal:
    highest = (max(one.points for one in row.ratings) for row in rubric.criteria)
    return sum(highest, Decimal(0))
