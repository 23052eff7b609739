"""A learning system in memory: fast, and under the same contract suite as Canvas."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from urllib.parse import urlencode

from adapters.outbound.memory.lms_state import BulkJob, LmsState, hindrance
from application.errors import (
    LmsError,
    LmsForbidden,
    LmsRecordMissing,
    LmsRefused,
    LmsUnauthorised,
)
from application.ports.lms import (
    BulkReport,
    LmsAccount,
    LmsAssignment,
    LmsCapability,
    LmsCourse,
    LmsGateway,
    LmsGrade,
    LmsStudent,
)
from application.ports.lms_plugin import Grant, Lms, SiteAccess, TokenSource
from domain.ids import LmsAssignmentRef, LmsCourseRef, LmsUserRef

LARGEST_BULK = 100


@dataclass(slots=True, eq=False, repr=False)
class MemoryLms(Lms):
    """Tokens are `access-N` and `refresh-N`; a refresh kills the access token before it."""

    state: LmsState = field(default_factory=LmsState)
    expires_at: datetime | None = None
    scopes_held: bool = True
    ungraded_courses: set[LmsCourseRef] = field(default_factory=set)
    """Courses where teachers have lost the right to grade."""
    renewals: int = 0
    failures: list[LmsError] = field(default_factory=list)
    """Errors of the next calls at any gateway, in this order."""
    _codes: dict[str, LmsUserRef] = field(default_factory=dict)
    _access: dict[str, LmsUserRef] = field(default_factory=dict)
    _refresh: dict[str, LmsUserRef] = field(default_factory=dict)

    def given_code(self, user: LmsUserRef) -> str:
        """A code as it comes back after consent."""
        code = f"code-{self.state.new_ref()}"
        self._codes[code] = user
        return code

    def given_grant(self, user: LmsUserRef) -> Grant:
        refresh_token = f"refresh-{self.state.new_ref()}"
        self._refresh[refresh_token] = user
        return self._grant(user, refresh_token)

    def expire(self, user: LmsUserRef) -> None:
        """The access tokens of the person stop working; refresh tokens stay."""
        self._access = {text: of for text, of in self._access.items() if of != user}

    def withdraw(self, user: LmsUserRef) -> None:
        """The consent is gone: no token of the person works any more."""
        self.expire(user)
        self._refresh = {text: of for text, of in self._refresh.items() if of != user}

    def user_behind(self, access_token: str) -> LmsUserRef | None:
        return self._access.get(access_token)

    def consent_url(self, site: SiteAccess, *, redirect_uri: str, state: str) -> str:
        asked = {"client_id": site.client_id, "redirect_uri": redirect_uri, "state": state}
        return f"{site.url}/consent?{urlencode(asked)}"

    async def redeem(self, site: SiteAccess, *, code: str, redirect_uri: str) -> Grant:  # noqa: ARG002 the port's signature
        user = self._codes.pop(code, None)
        if user is None:
            raise LmsUnauthorised("The code is unknown or was used before.")
        return self.given_grant(user)

    async def refresh(self, site: SiteAccess, *, refresh_token: str) -> Grant:  # noqa: ARG002 the port's signature
        user = self._refresh.get(refresh_token)
        if user is None:
            raise LmsUnauthorised("The consent is gone.")
        self.renewals += 1
        self.expire(user)
        return self._grant(user, None)

    async def revoke(self, site: SiteAccess, *, access_token: str) -> None:  # noqa: ARG002 the port's signature
        user = self.user_behind(access_token)
        if user is not None:
            self.withdraw(user)

    def acting(self, site: SiteAccess, tokens: TokenSource) -> LmsGateway:  # noqa: ARG002 the port's signature
        return MemoryGateway(self, tokens)

    def _grant(self, user: LmsUserRef, refresh_token: str | None) -> Grant:
        access_token = f"access-{self.state.new_ref()}"
        self._access[access_token] = user
        return Grant(access_token, refresh_token, self.expires_at, self.state.accounts[user])


@dataclass(frozen=True, slots=True, repr=False)
class MemoryGateway(LmsGateway):
    """Acts for the person behind the tokens."""

    lms: MemoryLms
    tokens: TokenSource

    @property
    def capabilities(self) -> frozenset[LmsCapability]:
        return frozenset({LmsCapability.GRADES, LmsCapability.ROSTERS, LmsCapability.SIGN_IN})

    async def assignment(self, course: LmsCourseRef, assignment: LmsAssignmentRef) -> LmsAssignment:
        state, _ = await self._enter()
        return state.assignment(course, assignment)

    async def grades(
        self, course: LmsCourseRef, assignment: LmsAssignmentRef
    ) -> AsyncIterator[LmsGrade]:
        state, _ = await self._enter()
        state.assignment(course, assignment)
        for user in state.rosters[course]:
            if (assignment, user) not in state.unassigned:
                yield state.grade(course, assignment, user)

    async def grade(
        self, course: LmsCourseRef, assignment: LmsAssignmentRef, user: LmsUserRef
    ) -> LmsGrade:
        state, _ = await self._enter()
        return state.grade(course, assignment, user)

    async def put_grade(
        self,
        course: LmsCourseRef,
        assignment: LmsAssignmentRef,
        user: LmsUserRef,
        points: Decimal,
    ) -> LmsGrade:
        state = await self._enter_to_grade(course)
        return state.put(course, assignment, user, points)

    async def post_grades(
        self,
        course: LmsCourseRef,
        assignment: LmsAssignmentRef,
        points: Mapping[LmsUserRef, Decimal],
    ) -> str:
        """Raises ValueError for no grades or more than `LARGEST_BULK`."""
        if not 0 < len(points) <= LARGEST_BULK:
            message = f"1 to {LARGEST_BULK} grades go into one call, not {len(points)}"
            raise ValueError(message)
        state = await self._enter_to_grade(course)
        reason = hindrance(state.assignment(course, assignment))
        if reason:
            raise LmsRefused(f"The grades were refused: {reason}.", reason=reason)
        reference = state.new_ref()
        state.jobs[reference] = BulkJob(course, assignment, dict(points))
        return reference

    async def bulk_report(self, reference: str) -> BulkReport:
        state, _ = await self._enter()
        if reference not in state.jobs:
            raise LmsRecordMissing("This bulk post is forgotten.")
        if not state.hold_bulk:
            state.run_bulk()
        return state.jobs[reference].report

    async def me(self) -> LmsAccount:
        state, user = await self._enter()
        return state.accounts[user]

    async def students(self, course: LmsCourseRef) -> AsyncIterator[LmsStudent]:
        state, _ = await self._enter()
        if course not in state.rosters:
            raise LmsRecordMissing("There is no such course.")
        for student in list(state.rosters[course].values()):
            yield student

    async def courses_taught(self) -> AsyncIterator[LmsCourse]:
        state, user = await self._enter()
        for course in list(state.courses.values()):
            if (course.ref, user) in state.teachers:
                yield course

    async def _enter_to_grade(self, course: LmsCourseRef) -> LmsState:
        state, user = await self._enter()
        lost = course in self.lms.ungraded_courses
        if course in state.courses and (lost or (course, user) not in state.teachers):
            raise LmsForbidden("The person may not grade in this course.", reason="no-right")
        return state

    async def _enter(self) -> tuple[LmsState, LmsUserRef]:
        """Meet a planned failure, then the token, then the scopes."""
        if self.lms.failures:
            raise self.lms.failures.pop(0)
        token = await self.tokens.token()
        user = self.lms.user_behind(token)
        if user is None:
            user = self.lms.user_behind(await self.tokens.renewed(token))
        if user is None:
            raise LmsUnauthorised("The person must authorise again.")
        if not self.lms.scopes_held:
            raise LmsForbidden("The client lacks a scope.", reason="no-scope")
        return self.lms.state, user
