"""Canvas' rubrics as a `RubricReader` and a `RubricWriter`."""

from collections.abc import AsyncIterator, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial

from adapters.outbound.canvas import payloads, rubric_payloads, rubric_translate
from adapters.outbound.canvas.at_once import at_once
from adapters.outbound.canvas.client import CanvasClient, Params
from adapters.outbound.canvas.paths import assignment_path, course_path
from adapters.outbound.canvas.rubric_payloads import RatedSubmissionPayload, RubricAssignmentPayload
from application.errors import LmsForbidden, LmsRecordMissing, LmsRefused, LmsSpokeNonsense
from application.ports.lms_rubrics import RubricReader, RubricWriter
from domain.ids import LmsAssignmentRef, LmsCourseRef
from domain.score_import.lms_rubric import LmsRubric, RubricAssignment, RubricScores
from domain.score_import.placed_rubric import RubricDraft
from domain.score_import.reading import Reading

ASSIGNMENTS_A_LIST = 5
"""So many assignments share one list of submissions: few half-empty pages, and several lists
to read at once where Canvas does not number their pages."""
_ASSESSED: Params = (("include[]", "rubric_assessment"),)
_TEST_STUDENTS: Params = (
    ("type[]", "StudentViewEnrollment"),
    *(("state[]", state) for state in ("active", "invited", "inactive", "completed")),
)


class CanvasRubrics(RubricReader, RubricWriter):
    def __init__(self, client: CanvasClient) -> None:
        self._client = client

    async def rubric_assignments(self, course: LmsCourseRef) -> AsyncIterator[RubricAssignment]:
        path, order = f"{course_path(course)}/assignments", (("order_by", "position"),)
        for payload in await self._client.whole(path, rubric_payloads.RUBRIC_ASSIGNMENTS, order):
            yield rubric_translate.rubric_assignment_from(payload)

    async def rubric_scores(
        self, course: LmsCourseRef, assignments: Sequence[RubricAssignment]
    ) -> AsyncIterator[Reading]:
        """Lists of several assignments each, their pages at once. Test students are left out."""
        rated = [one for one in assignments if one.published and one.rubric]
        async with at_once() as calls:
            test_students = calls.start(partial(self._test_students, course))
            lists = [
                calls.start(partial(self._assessed, course, batch)) for batch in _batches(rated)
            ]
        told = (one for pending in lists for one in pending.answer)
        scores = _by_assignment(told, test_students.answer)
        for assignment in assignments:
            yield Reading(assignment, tuple(scores.get(assignment.ref, ())))

    async def rubric_is_used(self, course: LmsCourseRef, assignment: LmsAssignmentRef) -> bool:
        rubric = rubric_translate.rubric_from(await self._assignment(course, assignment))
        if rubric is None:
            return False
        path = f"{assignment_path(course, assignment)}/submissions"
        told = await self._client.whole(path, rubric_payloads.RATED_SUBMISSIONS, _ASSESSED)
        return any(rubric_translate.scores_from(payload, rubric) for payload in told)

    async def put_rubric(
        self, course: LmsCourseRef, assignment: LmsAssignmentRef, draft: RubricDraft
    ) -> LmsRubric:
        """Canvas makes a rubric all the same where the assignment is missing: so ask first."""
        await self._assignment(course, assignment)
        path = f"{course_path(course)}/rubrics"
        form = rubric_translate.rubric_form(assignment, draft)
        made = await self._client.write("POST", path, form, rubric_payloads.MADE_RUBRIC)
        placed = rubric_translate.rubric_from(await self._assignment(course, assignment))
        if placed is None or placed.ref != str(made.rubric.id):
            raise LmsForbidden("Canvas did not attach the rubric.", reason="no-right")
        if rubric_translate.has_lost_outcomes(draft, placed):
            raise LmsRefused(
                "Canvas did not bind the rubric to all outcomes.", reason="outcome-not-in-course"
            )
        ordered = rubric_translate.in_order_of(draft, placed)
        if ordered is None:
            raise LmsSpokeNonsense("Canvas shows another rubric than the one it was given.")
        return ordered

    async def _assignment(
        self, course: LmsCourseRef, assignment: LmsAssignmentRef
    ) -> RubricAssignmentPayload:
        path = assignment_path(course, assignment)
        try:
            return await self._client.read(path, rubric_payloads.RUBRIC_ASSIGNMENT)
        except LmsRecordMissing as error:
            raise LmsRecordMissing(
                "Canvas has no such assignment.", reason="assignment-missing"
            ) from error

    async def _assessed(
        self, course: LmsCourseRef, batch: Sequence[RubricAssignment]
    ) -> list[RubricScores]:
        """Translated at once, while other lists are still on their way."""
        params: Params = (
            ("student_ids[]", "all"),
            *(("assignment_ids[]", one.ref) for one in batch),
            *_ASSESSED,
        )
        path = f"{course_path(course)}/students/submissions"
        told = await self._client.whole(path, rubric_payloads.RATED_SUBMISSIONS, params)
        rubrics = {one.ref: one.rubric for one in batch}
        return [one for payload in told if (one := _scores(payload, rubrics))]

    async def _test_students(self, course: LmsCourseRef) -> set[str]:
        """Empty where the person may not see enrolments; such users then match nobody."""
        path = f"{course_path(course)}/enrollments"
        with suppress(LmsForbidden):
            rows = await self._client.whole(path, payloads.ENROLLMENTS, _TEST_STUDENTS)
            return {str(row.user_id) for row in rows}
        return set()


def _batches(assignments: Sequence[RubricAssignment]) -> Iterator[Sequence[RubricAssignment]]:
    for start in range(0, len(assignments), ASSIGNMENTS_A_LIST):
        yield assignments[start : start + ASSIGNMENTS_A_LIST]


def _scores(
    payload: RatedSubmissionPayload, rubrics: Mapping[LmsAssignmentRef, LmsRubric | None]
) -> RubricScores | None:
    rubric = rubrics.get(LmsAssignmentRef(str(payload.assignment_id)))
    return rubric_translate.scores_from(payload, rubric) if rubric else None


def _by_assignment(
    told: Iterable[RubricScores], test_students: set[str]
) -> dict[LmsAssignmentRef, list[RubricScores]]:
    scores: dict[LmsAssignmentRef, list[RubricScores]] = {}
    for one in told:
        if one.user_ref not in test_students:
            scores.setdefault(one.assignment_ref, []).append(one)
    return scores
