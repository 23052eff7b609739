"""Outcomes and rubrics, which a board does not have: each call says so."""

from collections.abc import AsyncIterator, Sequence
from typing import Never

from application.errors import LmsCannot
from application.ports.lms import LmsAccount, LmsCapability, PeopleDirectory
from application.ports.lms_courses import CourseDirectory, ListedCourse
from application.ports.lms_outcomes import (
    LmsUnit,
    OutcomeReader,
    OutcomeRights,
    OutcomeUpload,
    OutcomeWriter,
    UploadReport,
)
from application.ports.lms_rubrics import RubricReader, RubricWriter
from application.ports.lms_submissions import LmsSubmission, SubmissionReader
from domain.ids import (
    LmsAccountRef,
    LmsAssignmentRef,
    LmsCourseRef,
    LmsFolderRef,
    LmsOutcomeRef,
)
from domain.outcomes.content import OutcomeContent
from domain.outcomes.found import Found, FoundFolder, FoundOutcome, OutcomePlace
from domain.outcomes.sync_plan import FolderWish
from domain.score_import.lms_rubric import LmsRubric, RubricAssignment
from domain.score_import.placed_rubric import RubricDraft
from domain.score_import.reading import Reading


def _no_outcomes() -> Never:
    raise LmsCannot(LmsCapability.OUTCOMES)


def _no_rubrics() -> Never:
    raise LmsCannot(LmsCapability.RUBRICS)


class NoCourses(CourseDirectory):
    def courses_of(self, account: LmsAccountRef) -> AsyncIterator[ListedCourse]:
        raise LmsCannot(LmsCapability.COURSES)


def _no_people() -> Never:
    raise LmsCannot(LmsCapability.PEOPLE)


class NoPeople(PeopleDirectory):
    def users(self, account: LmsAccountRef) -> AsyncIterator[LmsAccount]:
        _no_people()


class NoSubmissions(SubmissionReader):
    def submissions(
        self, course: LmsCourseRef, assignment: LmsAssignmentRef
    ) -> AsyncIterator[LmsSubmission]:
        raise LmsCannot(LmsCapability.SUBMISSIONS)


class NoOutcomes(OutcomeReader, OutcomeWriter):
    def units(self) -> AsyncIterator[LmsUnit]:
        _no_outcomes()

    async def unit(self, account: LmsAccountRef) -> LmsUnit:
        _no_outcomes()

    async def outcome_rights(self, place: OutcomePlace) -> OutcomeRights:
        _no_outcomes()

    async def outcomes_at(self, place: OutcomePlace) -> Found:
        _no_outcomes()

    async def includes_are_kept(self) -> bool:
        _no_outcomes()

    def can_upload(self, content: OutcomeContent) -> bool:
        _no_outcomes()

    async def upload_outcomes(self, place: OutcomePlace, upload: OutcomeUpload) -> str:
        _no_outcomes()

    async def upload_report(
        self, place: OutcomePlace, reference: str, upload: OutcomeUpload
    ) -> UploadReport:
        _no_outcomes()

    async def put_folder(self, place: OutcomePlace, folder: FolderWish) -> FoundFolder:
        _no_outcomes()

    async def add_outcome(
        self, place: OutcomePlace, folder: LmsFolderRef, guid: str, content: OutcomeContent
    ) -> FoundOutcome:
        _no_outcomes()

    async def change_outcome(
        self, place: OutcomePlace, outcome: LmsOutcomeRef, content: OutcomeContent
    ) -> FoundOutcome:
        _no_outcomes()

    async def unlink_outcome(
        self, place: OutcomePlace, folder: LmsFolderRef, outcome: LmsOutcomeRef
    ) -> None:
        _no_outcomes()

    async def remove_folder(self, place: OutcomePlace, folder: LmsFolderRef) -> None:
        _no_outcomes()


class NoRubrics(RubricReader, RubricWriter):
    def rubric_assignments(self, course: LmsCourseRef) -> AsyncIterator[RubricAssignment]:
        _no_rubrics()

    def rubric_scores(
        self, course: LmsCourseRef, assignments: Sequence[RubricAssignment]
    ) -> AsyncIterator[Reading]:
        _no_rubrics()

    async def rubric_is_used(self, course: LmsCourseRef, assignment: LmsAssignmentRef) -> bool:
        _no_rubrics()

    async def put_rubric(
        self, course: LmsCourseRef, assignment: LmsAssignmentRef, draft: RubricDraft
    ) -> LmsRubric:
        _no_rubrics()
