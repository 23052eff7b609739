"""What the author of an LMS plug-in supplies, so that the contract suite can arrange a site."""

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

import anyio

from application.ports.lms import LmsGateway
from application.ports.lms_plugin import Grant, Lms, SiteAccess, TokenSource
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


class Fault(StrEnum):
    THROTTLED = "throttled"
    TIMEOUT = "timeout"
    GARBLED = "garbled"
    """The answer breaks off in the middle."""
    SERVER_ERROR = "server error"


class Twist(StrEnum):
    """What keeps an assignment from being graded."""

    UNPUBLISHED = "unpublished"
    MODERATED = "moderated"
    ANONYMOUS = "anonymous"
    CLOSED_PERIOD = "closed-period"


class LmsSide(Protocol):
    """A site with one teacher, who has authorised us: what a real LMS can give as well.

    `gateway` acts for the teacher. `site` is the site as configured. A real site gives the
    same course and account each time, which are not empty, and clears up at the end whatever
    has a guid that begins with `lms_outcome_scene.CHECK`.
    """

    lms: Lms
    site: SiteAccess
    gateway: LmsGateway
    teacher: LmsUserRef

    def given_course(
        self, *, code: str = "ENGL 101", account: LmsAccountRef | None = None
    ) -> LmsCourseRef:
        """A course that the teacher teaches, in the root account unless another is named."""

    def given_assignment(
        self, course: LmsCourseRef, *, points_possible: Decimal = Decimal(10)
    ) -> LmsAssignmentRef:
        """A published points assignment."""

    def given_account(
        self, *, parent: LmsAccountRef | None = None, sis_id: str | None = None
    ) -> LmsAccountRef:
        """A sub-account, below the root account unless another is named."""

    def given_outcome_admin(self, account: LmsAccountRef) -> None:
        """The teacher may manage and import outcomes there and in all that is below."""

    async def time_passes(self) -> None:
        """Let the LMS work on what it was handed over; until then it waits."""

    def closed(self) -> bool:
        """Whether everything that `lms` opened is closed again."""

    def secrets(self) -> list[str]:
        """Texts that may never be shown."""


class LmsHarness(LmsSide, Protocol):
    """A side that is empty at first, and where everything can be arranged."""

    def twist(self, assignment: LmsAssignmentRef, twist: Twist) -> None: ...

    def given_student(
        self, course: LmsCourseRef, *, sis_id: str | None = None, section: str | None = None
    ) -> LmsUserRef:
        """A new student with an active enrolment, in the section of this SIS id."""

    def given_further_section(
        self, course: LmsCourseRef, student: LmsUserRef, section: str
    ) -> None: ...

    def given_enrolment_ended(self, course: LmsCourseRef, student: LmsUserRef) -> None: ...

    def given_not_assigned(self, assignment: LmsAssignmentRef, student: LmsUserRef) -> None:
        """The assignment is for others; a bulk post breaks off at this student."""

    def given_excused(self, assignment: LmsAssignmentRef, student: LmsUserRef) -> None: ...

    def given_handed_in(self, assignment: LmsAssignmentRef, student: LmsUserRef, url: str) -> None:
        """The student hands in an address, once more."""

    def grades_shown(self, assignment: LmsAssignmentRef) -> dict[LmsUserRef, Decimal]:
        """The gradebook column as a person sees it: those with a grade."""

    def run_bulk(self) -> None:
        """Let the waiting bulk posts be done; until then they wait."""

    def given_code(self) -> str:
        """A code as it comes back when the teacher has consented once more."""

    def given_right_lost(self, course: LmsCourseRef) -> None:
        """The teacher may still look at the course, but no longer grade or make rubrics."""

    def given_scope_lost(self) -> None:
        """The client lacks the scopes for every call of a gateway."""

    def expire_token(self) -> None:
        """The access token stops working, the refresh token goes on."""

    def withdraw_consent(self) -> None:
        """No token of the teacher works any more."""

    def fail_next(self, fault: Fault) -> None:
        """The next call meets this, however often the adapter tries it again."""

    def renewals(self) -> int:
        """How often the LMS was asked to renew the teacher's token."""

    def given_admin_revoked(self, account: LmsAccountRef) -> None:
        """The teacher administers the account no longer."""

    def given_outcome_rights_lost(self, place: OutcomePlace) -> None:
        """Nobody's role there allows to manage or import outcomes, though one may look on."""

    def given_folder(self, place: OutcomePlace, title: str, *, guid: str = "") -> LmsFolderRef:
        """A folder right under the root of the place."""

    def given_outcome(
        self,
        place: OutcomePlace,
        content: OutcomeContent,
        *,
        guid: str = "",
        folder: LmsFolderRef | None = None,
    ) -> LmsOutcomeRef:
        """An outcome that the place owns, in a folder of it, else in its root."""

    def given_link(
        self, place: OutcomePlace, outcome: LmsOutcomeRef, *, folder: LmsFolderRef | None = None
    ) -> None:
        """Show it in one more place or folder."""

    def given_mastery_scales(self) -> None:
        """Accounts have a mastery scale, behind which the scales of outcomes are hidden."""

    def given_includes_stripped(self) -> None:
        """The client gets no side-loaded data any more."""

    def given_broken_uploads(self) -> None:
        """Uploads of outcomes break as a whole from now on, without an effect."""

    def given_rubric_assignment(
        self, course: LmsCourseRef, outcomes: Sequence[LmsOutcomeRef], *, grades: bool = False
    ) -> LmsAssignmentRef:
        """A published assignment, its rubric with a row for each of these outcomes.

        The ratings of a row are those of its outcome.
        """

    def given_rating(
        self,
        assignment: LmsAssignmentRef,
        student: LmsUserRef,
        given: Sequence[GivenRating],
        *,
        posted: bool = True,
    ) -> None:
        """The teacher rates a student; a row without rating and points gets a mere comment."""

    def given_peer_review(
        self, assignment: LmsAssignmentRef, student: LmsUserRef, given: Sequence[GivenRating]
    ) -> None:
        """Another student rates the student."""


class LmsSideFactory(Protocol):
    def __call__(self) -> AbstractAsyncContextManager[LmsSide]:
        """Open the adapter over a site; leaving closes the adapter."""


class LmsHarnessFactory(Protocol):
    """What an entry point of the group `attain.lms.harness` names."""

    def __call__(self) -> AbstractAsyncContextManager[LmsHarness]:
        """Open the adapter over an empty site; leaving closes the adapter."""


class HeldTokens(TokenSource):
    """A token source as production has one: those who wait share one renewal."""

    def __init__(self, lms: Lms, site: SiteAccess, grant: Grant) -> None:
        self.access = grant.access_token
        self.refresh = grant.refresh_token or ""
        self._lms = lms
        self._site = site
        self._lock = anyio.Lock()

    async def token(self) -> str:
        return self.access

    async def renewed(self, refused: str) -> str:
        async with self._lock:
            if self.access == refused:
                grant = await self._lms.refresh(self._site, refresh_token=self.refresh)
                self.access = grant.access_token
                self.refresh = grant.refresh_token or self.refresh
        return self.access
