"""The learning system in memory, arranged for the contract suite."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from decimal import Decimal

from adapters.outbound.memory.lms import MemoryLms
from adapters.outbound.memory.lms_outcome_state import ROOT
from application.errors import LmsError, LmsRateLimited, LmsSpokeNonsense, LmsUnavailable
from application.ports.lms_plugin import SiteAccess
from domain.ids import (
    LmsAccountRef,
    LmsAssignmentRef,
    LmsCourseRef,
    LmsFolderRef,
    LmsOutcomeRef,
    LmsUserRef,
)
from domain.outcomes.content import OutcomeContent
from domain.outcomes.found import OutcomePlace
from domain.score_import.lms_rubric import GivenRating
from tests.contract.harness import Fault, HeldTokens, LmsHarness, Twist
from tests.contract.lms_scene import BACK


def _error(fault: Fault) -> LmsError:
    errors: dict[Fault, tuple[LmsError, Exception | None]] = {
        Fault.THROTTLED: (LmsRateLimited("Slow down.", retry_after=1.0), None),
        Fault.GARBLED: (LmsSpokeNonsense("That was no answer."), ValueError("half a body")),
        Fault.TIMEOUT: (LmsUnavailable("There was no answer."), TimeoutError()),
        Fault.SERVER_ERROR: (LmsUnavailable("It failed there."), None),
    }
    error, cause = errors[fault]
    error.__cause__ = cause
    return error


class MemoryHarness(LmsHarness):
    def __init__(self) -> None:
        self.lms: MemoryLms = MemoryLms(redirect_uris={BACK})
        self.state = self.lms.state
        self.state.hold_bulk = True
        self.site = SiteAccess("https://lms.test", "client-17", "client-secret-17")
        self.teacher = self.state.given_account(login="teacher").ref
        self.tokens = HeldTokens(self.lms, self.site, self.lms.given_grant(self.teacher))
        self.gateway = self.lms.acting(self.site, self.tokens)

    def given_course(
        self, *, code: str = "ENGL 101", account: LmsAccountRef | None = None
    ) -> LmsCourseRef:
        return self.state.given_course(self.teacher, code=code, unit=account or ROOT)

    def given_assignment(
        self, course: LmsCourseRef, *, points_possible: Decimal = Decimal(10)
    ) -> LmsAssignmentRef:
        return self.state.given_assignment(course, points_possible=points_possible)

    def twist(self, assignment: LmsAssignmentRef, twist: Twist) -> None:
        before = self.state.assignments[assignment]
        changed = {
            Twist.UNPUBLISHED: replace(before, published=False),
            Twist.MODERATED: replace(before, moderated=True),
            Twist.ANONYMOUS: replace(before, anonymous=True),
            Twist.CLOSED_PERIOD: replace(before, closed_period=True),
        }
        self.state.change_assignment(changed[twist])

    def given_student(
        self, course: LmsCourseRef, *, sis_id: str | None = None, section: str | None = None
    ) -> LmsUserRef:
        account = self.state.given_account(sis_id=sis_id)
        return self.state.given_student(course, account, section=section)

    def given_further_section(
        self, course: LmsCourseRef, student: LmsUserRef, section: str
    ) -> None:
        self.state.given_student(course, self.state.accounts[student], section=section)

    def given_enrolment_ended(self, course: LmsCourseRef, student: LmsUserRef) -> None:
        self.state.end_enrolment(course, student)

    def given_not_assigned(self, assignment: LmsAssignmentRef, student: LmsUserRef) -> None:
        self.state.unassigned.add((assignment, student))

    def given_excused(self, assignment: LmsAssignmentRef, student: LmsUserRef) -> None:
        self.state.given_grade(assignment, student, None, excused=True)

    def given_handed_in(self, assignment: LmsAssignmentRef, student: LmsUserRef, url: str) -> None:
        self.state.given_handed_in(assignment, student, url)

    def grades_shown(self, assignment: LmsAssignmentRef) -> dict[LmsUserRef, Decimal]:
        return {
            user: grade.entered
            for (of, user), grade in self.state.grades.items()
            if of == assignment and grade.entered is not None
        }

    def run_bulk(self) -> None:
        self.state.run_bulk()

    async def time_passes(self) -> None:
        self.state.run_bulk()
        self.state.uploads.run()

    def given_account(
        self, *, parent: LmsAccountRef | None = None, sis_id: str | None = None
    ) -> LmsAccountRef:
        return self.state.outcomes.given_unit(parent=parent or ROOT, sis_id=sis_id)

    def given_outcome_admin(self, account: LmsAccountRef) -> None:
        self.state.outcomes.given_admin(account, self.teacher)

    def given_admin_revoked(self, account: LmsAccountRef) -> None:
        self.state.outcomes.revoke_admin(account, self.teacher)

    def given_outcome_rights_lost(self, place: OutcomePlace) -> None:
        self.state.outcomes.unmanageable.add(place)
        self.state.outcomes.unimportable.add(place)

    def given_folder(self, place: OutcomePlace, title: str, *, guid: str = "") -> LmsFolderRef:
        return self.state.outcomes.given_folder(place, title, guid=guid)

    def given_outcome(
        self,
        place: OutcomePlace,
        content: OutcomeContent,
        *,
        guid: str = "",
        folder: LmsFolderRef | None = None,
    ) -> LmsOutcomeRef:
        return self.state.outcomes.given_outcome(place, content, guid=guid, folder=folder)

    def given_link(
        self, place: OutcomePlace, outcome: LmsOutcomeRef, *, folder: LmsFolderRef | None = None
    ) -> None:
        at = folder or self.state.outcomes.root_folder(place).ref
        self.state.outcomes.given_link(at, outcome)

    def given_mastery_scales(self) -> None:
        self.state.outcomes.mastery_scales = True

    def given_includes_stripped(self) -> None:
        self.state.outcomes.includes_kept = False

    def given_broken_uploads(self) -> None:
        self.state.uploads.breaks = True

    def given_rubric_assignment(
        self, course: LmsCourseRef, outcomes: Sequence[LmsOutcomeRef], *, grades: bool = False
    ) -> LmsAssignmentRef:
        ref = self.given_assignment(course)
        held = [self.state.outcomes.outcomes[one] for one in outcomes]
        rows = [
            self.state.rubrics.given_criterion(
                one.content.title,
                one.content.scale.ratings if one.content.scale else (),
                outcome=one.ref,
                guid=one.guid,
            )
            for one in held
        ]
        self.state.rubrics.given_rubric(course, ref, rows, grades=grades)
        return ref

    def given_rating(
        self,
        assignment: LmsAssignmentRef,
        student: LmsUserRef,
        given: Sequence[GivenRating],
        *,
        posted: bool = True,
    ) -> None:
        self.state.rubrics.given_rating(
            assignment, student, given, grader=self.teacher, posted=posted
        )

    def given_peer_review(
        self, assignment: LmsAssignmentRef, student: LmsUserRef, given: Sequence[GivenRating]
    ) -> None:
        """Only teachers' ratings are kept at all."""

    def given_code(self) -> str:
        return self.lms.given_code(self.teacher)

    def given_right_lost(self, course: LmsCourseRef) -> None:
        self.lms.ungraded_courses.add(course)

    def given_scope_lost(self) -> None:
        self.lms.scopes_held = False

    def expire_token(self) -> None:
        self.lms.expire(self.teacher)

    def withdraw_consent(self) -> None:
        self.lms.withdraw(self.teacher)

    def fail_next(self, fault: Fault) -> None:
        self.lms.failures.append(_error(fault))

    def renewals(self) -> int:
        return self.lms.renewals

    def closed(self) -> bool:
        return True

    def secrets(self) -> list[str]:
        return [self.site.client_secret, self.tokens.access, self.tokens.refresh]


@asynccontextmanager
async def opened() -> AsyncIterator[LmsHarness]:
    yield MemoryHarness()
