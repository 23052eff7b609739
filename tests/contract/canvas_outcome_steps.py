"""Accounts, outcomes and rubrics of the practice Canvas, arranged for the contract suite."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import count

from adapters.outbound.canvas.scopes import SCOPES
from domain.ids import (
    LmsAccountRef,
    LmsAssignmentRef,
    LmsCourseRef,
    LmsFolderRef,
    LmsOutcomeRef,
    LmsUserRef,
)
from domain.outcomes.content import OutcomeContent
from domain.outcomes.found import OutcomePlace, PlaceKind
from domain.score_import.lms_rubric import GivenRating
from sandbox.canvas import outcomes, rubric_placing, rubrics
from sandbox.canvas.access_records import AccessToken
from sandbox.canvas.app import Canvas
from sandbox.canvas.outcome_records import Outcome, OutcomeRating
from sandbox.canvas.records import Account
from sandbox.canvas.rubric_assessing import assess
from tests.contract.harness import LmsHarness

TEACHER = 900
_ROLES = {PlaceKind.ACCOUNT: "AccountAdmin", PlaceKind.COURSE: "TeacherEnrollment"}


class CanvasOutcomeSteps(LmsHarness):
    """What is given about outcomes and rubrics, as records of the practice Canvas."""

    canvas: Canvas
    token: AccessToken
    numbers: "count[int]"

    async def time_passes(self) -> None:
        self.canvas.run_jobs()

    def given_account(
        self, *, parent: LmsAccountRef | None = None, sis_id: str | None = None
    ) -> LmsAccountRef:
        number, state = next(self.numbers), self.canvas.state
        above = int(parent) if parent else state.root_id
        state.accounts[number] = Account(number, f"Unit {number}", above, f"a{number}", sis_id)
        return LmsAccountRef(str(number))

    def given_outcome_admin(self, account: LmsAccountRef) -> None:
        self.canvas.state.admins.add((TEACHER, int(account)))

    def given_admin_revoked(self, account: LmsAccountRef) -> None:
        self.canvas.state.admins.discard((TEACHER, int(account)))

    def given_outcome_rights_lost(self, place: OutcomePlace) -> None:
        for right in ("manage_outcomes", "import_outcomes"):
            self.canvas.state.switches.overrides[_ROLES[place.kind], right] = False

    def given_folder(self, place: OutcomePlace, title: str, *, guid: str = "") -> LmsFolderRef:
        state, context = self.canvas.state, self._context(place)
        root = outcomes.root_group(state, context)
        group = outcomes.add_group(state, context, root, title, vendor_guid=guid or None)
        return LmsFolderRef(str(group.id))

    def given_outcome(
        self,
        place: OutcomePlace,
        content: OutcomeContent,
        *,
        guid: str = "",
        folder: LmsFolderRef | None = None,
    ) -> LmsOutcomeRef:
        state = self.canvas.state
        kind, owner = outcomes.key_of(self._context(place))
        scale = content.scale
        assert scale is not None
        number = state.next_id("outcomes", 300)
        state.outcomes[number] = Outcome(
            id=number,
            context_type=kind,
            context_id=owner,
            title=content.title,
            display_name=content.display_name,
            description=content.description,
            vendor_guid=guid or None,
            ratings=[OutcomeRating(one.description, float(one.points)) for one in scale.ratings],
            mastery_points=float(scale.mastery_points),
            calculation_method=scale.calculation.method,
            calculation_int=scale.calculation.number,
        )
        ref = LmsOutcomeRef(str(number))
        self.given_link(place, ref, folder=folder)
        return ref

    def given_link(
        self, place: OutcomePlace, outcome: LmsOutcomeRef, *, folder: LmsFolderRef | None = None
    ) -> None:
        state = self.canvas.state
        root = outcomes.root_group(state, self._context(place))
        group = state.outcome_groups[int(folder)] if folder else root
        outcomes.link_into(state, group, int(outcome))

    def given_mastery_scales(self) -> None:
        self.canvas.state.switches.account_level_mastery_scales = True

    def given_includes_stripped(self) -> None:
        key = self.canvas.state.keys[10001]
        key.scopes, key.allow_includes = list(SCOPES), False
        self.token.scopes = list(SCOPES)

    def given_broken_uploads(self) -> None:
        self.canvas.state.switches.imports_fail = True

    def given_rubric_assignment(
        self, course: LmsCourseRef, outcomes: Sequence[LmsOutcomeRef], *, grades: bool = False
    ) -> LmsAssignmentRef:
        state = self.canvas.state
        ref = self.given_assignment(course, points_possible=Decimal(10))
        where, assignment = state.courses[int(course)], state.assignments[int(ref)]
        rows = [_row(state.outcomes[int(one)]) for one in outcomes]
        given = rubrics.GivenRubric(f"Rubric {ref}", rows)
        rubric = rubrics.write(state, where, None, given, TEACHER)
        placing = rubric_placing.GivenPlacing(purpose="grading", use_for_grading=grades)
        rubric_placing.place(state, rubric, where, assignment, placing, keep_points=True)
        return ref

    def given_rating(
        self,
        assignment: LmsAssignmentRef,
        student: LmsUserRef,
        given: Sequence[GivenRating],
        *,
        posted: bool = True,
    ) -> None:
        self.canvas.state.assignments[int(assignment)].post_manually = not posted
        self._assess(assignment, student, TEACHER, given, "grading")

    def given_peer_review(
        self, assignment: LmsAssignmentRef, student: LmsUserRef, given: Sequence[GivenRating]
    ) -> None:
        course = self.canvas.state.assignments[int(assignment)].course_id
        peer = self.given_student(LmsCourseRef(str(course)))
        self._assess(assignment, student, int(peer), given, "peer_review")

    def _assess(
        self,
        assignment: LmsAssignmentRef,
        student: LmsUserRef,
        assessor: int,
        given: Sequence[GivenRating],
        kind: str,
    ) -> None:
        state = self.canvas.state
        association = state.grading_association(int(assignment))
        assert association is not None
        sent = {str(one.criterion_ref): _sent(one) for one in given}
        assess(state, association, int(student), assessor, sent, kind)

    def _context(self, place: OutcomePlace) -> outcomes.Context:
        state, number = self.canvas.state, int(place.ref)
        at_course = place.kind is PlaceKind.COURSE
        return state.courses[number] if at_course else state.accounts[number]


def _row(outcome: Outcome) -> rubrics.GivenCriterion:
    ratings = [rubrics.GivenRating(one.description, one.points) for one in outcome.ratings]
    return rubrics.GivenCriterion(outcome.title, ratings, bound=True, outcome_id=outcome.id)


def _sent(given: GivenRating) -> dict[str, str]:
    """As SpeedGrader sends one row."""
    sent = {"comments": "Look at this again."}
    if given.rating_ref is not None:
        sent["rating_id"] = given.rating_ref
    if given.points is not None:
        sent["points"] = str(given.points)
    return sent
