"""What the author of an LMS plug-in supplies, so that the contract suite can arrange a site."""

from contextlib import AbstractAsyncContextManager
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

import anyio

from application.ports.lms import LmsGateway
from application.ports.lms_plugin import Grant, Lms, SiteAccess, TokenSource
from domain.ids import LmsAssignmentRef, LmsCourseRef, LmsUserRef


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


class LmsHarness(Protocol):
    """One site with one teacher, who has authorised us; everything else is arranged.

    `gateway` acts for the teacher. `site` is the site as configured.
    """

    lms: Lms
    site: SiteAccess
    gateway: LmsGateway
    teacher: LmsUserRef

    def given_course(self, *, code: str = "ENGL 101") -> LmsCourseRef:
        """A course that the teacher teaches."""

    def given_assignment(
        self, course: LmsCourseRef, *, points_possible: Decimal = Decimal(10)
    ) -> LmsAssignmentRef:
        """A published points assignment."""

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

    def grades_shown(self, assignment: LmsAssignmentRef) -> dict[LmsUserRef, Decimal]:
        """The gradebook column as a person sees it: those with a grade."""

    def run_bulk(self) -> None:
        """Let the waiting bulk posts be done; until then they wait."""

    def given_code(self) -> str:
        """A code as it comes back when the teacher has consented once more."""

    def given_right_lost(self, course: LmsCourseRef) -> None:
        """The teacher may still look at the course, but no longer grade in it."""

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

    def closed(self) -> bool:
        """Whether everything that `lms` opened is closed again."""

    def secrets(self) -> list[str]:
        """Texts that may never be shown."""


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
