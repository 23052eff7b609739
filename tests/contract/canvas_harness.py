"""Our Canvas plug-in against the practice Canvas, in one process."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

import httpx

from adapters.outbound.canvas.plugin import plugin
from adapters.outbound.canvas.settings import CanvasSettings
from application.ports.lms import LmsAccount
from application.ports.lms_plugin import Grant, Lms, LmsRuntime, SiteAccess
from domain.ids import LmsAccountRef, LmsAssignmentRef, LmsCourseRef, LmsUserRef
from sandbox.canvas.access_records import AccessToken, Code
from sandbox.canvas.app import Canvas
from sandbox.canvas.faults import FaultKind
from sandbox.canvas.records import Assignment, Course, Enrollment, Login, Section, User
from sandbox.canvas.seed import DeveloperKeySeed, RootAccountSeed, Seed, TermSeed, UserSeed
from tests.contract.canvas_outcome_steps import CanvasOutcomeSteps
from tests.contract.harness import Fault, HeldTokens, Twist
from tests.contract.lms_scene import BACK
from tests.stand_ins import FixedClock

START = datetime(2026, 2, 2, 9, 0, tzinfo=UTC)
SITE = SiteAccess("http://canvas.test", "10001", "developer-key-secret-17")
SETTINGS = CanvasSettings(allow_private_hosts=True, first_pause=0.0)
ALWAYS = 1000
_KINDS: dict[Fault, FaultKind] = {
    Fault.THROTTLED: "throttled",
    Fault.GARBLED: "half_body",
    Fault.SERVER_ERROR: "server_error",
}


class Line(httpx.AsyncBaseTransport):
    """The way to the practice Canvas. It can go silent, and notices its end."""

    def __init__(self, canvas: Canvas) -> None:
        app: Any = canvas.app  # httpx writes the types of ASGI otherwise than litestar
        # A connection that Canvas cuts must look like one, not like an error of the test.
        self._inner = httpx.ASGITransport(app, raise_app_exceptions=False)
        self.silent = False
        self.closed = False

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if self.silent:
            raise httpx.ReadTimeout("no answer in time", request=request)
        return await self._inner.handle_async_request(request)

    async def aclose(self) -> None:
        self.closed = True


def a_canvas() -> Canvas:
    seed = Seed(
        host=SITE.url,
        root_account=RootAccountSeed(id=1, name="Practice College"),
        terms=[TermSeed(id=5, name="Spring 2026")],
        users=[UserSeed(id=900, name="Ada Byron", login_id="abyron", email="ada@college.test")],
        developer_keys=[
            DeveloperKeySeed(id=10001, secret=SITE.client_secret, redirect_uris=[BACK])
        ],
    )
    return Canvas(seed, clock=lambda: START, jobs="manual", seed_chance=7)


class CanvasHarness(CanvasOutcomeSteps):
    def __init__(self, lms: Lms, canvas: Canvas, line: Line) -> None:
        self.lms = lms
        self.canvas = canvas
        self.line = line
        self.site = SITE
        self.teacher = LmsUserRef("900")
        self.numbers = count(2001)
        self.token = AccessToken(
            id=canvas.state.next_id("tokens"),
            user_id=900,
            access="1234~access-token-of-the-teacher",
            key_id=10001,
            refresh="1234~refresh-token-of-the-teacher",
        )
        canvas.state.tokens[self.token.id] = self.token
        self._renewals = 0
        canvas.faults.listeners.append(self._heard)
        self.tokens = HeldTokens(lms, SITE, self._grant())
        self.gateway = lms.acting(SITE, self.tokens)

    def _grant(self) -> Grant:
        nobody = LmsAccount(self.teacher, sis_id=None, login=None, email=None)
        return Grant(self.token.access, self.token.refresh, None, nobody)

    def _heard(self, method: str, path: str) -> None:
        self._renewals += (method, path) == ("POST", "/login/oauth2/token")

    def given_course(
        self, *, code: str = "ENGL 101", account: LmsAccountRef | None = None
    ) -> LmsCourseRef:
        number, state = next(self.numbers), self.canvas.state
        unit = int(account) if account else state.root_id
        state.courses[number] = Course(number, f"{code} course", code, unit, 5, f"c{number}", START)
        self._enrol(number, 900, self._section(number, "main"), "TeacherEnrollment")
        return LmsCourseRef(str(number))

    def given_assignment(
        self, course: LmsCourseRef, *, points_possible: Decimal = Decimal(10)
    ) -> LmsAssignmentRef:
        number = next(self.numbers)
        self.canvas.state.assignments[number] = Assignment(
            id=number,
            course_id=int(course),
            name=f"Essay {number}",
            position=1,
            created_at=START,
            updated_at=START,
            points_possible=float(points_possible),
            published=True,
        )
        return LmsAssignmentRef(str(number))

    def twist(self, assignment: LmsAssignmentRef, twist: Twist) -> None:
        row = self.canvas.state.assignments[int(assignment)]
        match twist:
            case Twist.UNPUBLISHED:
                row.published = False
            case Twist.MODERATED:
                row.moderated_grading = True
            case Twist.ANONYMOUS:
                row.anonymous_grading = True
            case Twist.CLOSED_PERIOD:
                row.in_closed_grading_period = True

    def given_student(
        self, course: LmsCourseRef, *, sis_id: str | None = None, section: str | None = None
    ) -> LmsUserRef:
        number, state = next(self.numbers), self.canvas.state
        name = f"Student {number}"
        state.users[number] = User(number, name, name, name, f"u{number}", START)
        state.logins[number] = Login(number, number, f"student{number}", sis_id)
        self._enrol(int(course), number, self._section(int(course), section), "StudentEnrollment")
        return LmsUserRef(str(number))

    def given_further_section(
        self, course: LmsCourseRef, student: LmsUserRef, section: str
    ) -> None:
        where = self._section(int(course), section)
        self._enrol(int(course), int(student), where, "StudentEnrollment")

    def given_enrolment_ended(self, course: LmsCourseRef, student: LmsUserRef) -> None:
        for row in self.canvas.state.enrollments_in(int(course), int(student)):
            row.state = "completed"

    def given_not_assigned(self, assignment: LmsAssignmentRef, student: LmsUserRef) -> None:
        row = self.canvas.state.assignments[int(assignment)]
        everybody = {of.user_id for of in self.canvas.state.enrollments_in(row.course_id)}
        row.assigned_user_ids = frozenset(everybody - {int(student)})

    def given_excused(self, assignment: LmsAssignmentRef, student: LmsUserRef) -> None:
        self.canvas.state.submission(int(assignment), int(student)).excused = True

    def given_handed_in(self, assignment: LmsAssignmentRef, student: LmsUserRef, url: str) -> None:
        row = self.canvas.state.submission(int(assignment), int(student))
        row.submission_type, row.url = "online_url", url
        row.attempt, row.submitted_at = (row.attempt or 0) + 1, self.canvas.state.clock()

    def grades_shown(self, assignment: LmsAssignmentRef) -> dict[LmsUserRef, Decimal]:
        return {
            LmsUserRef(str(row.user_id)): Decimal(str(row.entered_score))
            for row in self.canvas.state.submissions.values()
            if row.assignment_id == int(assignment) and row.entered_score is not None
        }

    def run_bulk(self) -> None:
        self.canvas.run_jobs()

    def given_code(self) -> str:
        code = f"code-{next(self.numbers)}"
        self.canvas.state.codes[code] = Code(code, 10001, 900, None, START)
        return code

    def given_right_lost(self, course: LmsCourseRef) -> None:
        for right in ("manage_grades", "manage_rubrics", "manage_assignments_edit"):
            self.canvas.state.switches.overrides["TeacherEnrollment", right] = False

    def given_scope_lost(self) -> None:
        self.canvas.state.keys[10001].scopes = []
        self.token.scopes = []

    def expire_token(self) -> None:
        self.token.expires_at = START - timedelta(seconds=1)

    def withdraw_consent(self) -> None:
        self.token.deleted = True

    def fail_next(self, fault: Fault) -> None:
        self.canvas.faults.clear()
        self.line.silent = fault is Fault.TIMEOUT
        if fault is not Fault.TIMEOUT:
            self.canvas.faults.add(_KINDS[fault], times=ALWAYS)

    def renewals(self) -> int:
        return self._renewals

    def closed(self) -> bool:
        return self.line.closed

    def secrets(self) -> list[str]:
        return [SITE.client_secret, self.tokens.access, self.tokens.refresh]

    def _section(self, course: int, sis_id: str | None) -> int:
        state = self.canvas.state
        held = [row.id for row in state.sections_of(course) if row.sis_section_id == sis_id]
        number = held[0] if held else next(self.numbers)
        state.sections[number] = Section(number, course, f"Section {number}", sis_id)
        return number

    def _enrol(self, course: int, user: int, section: int, kind: str) -> None:
        number = next(self.numbers)
        self.canvas.state.enrollments[number] = Enrollment(
            number, user, course, section, kind, "active", START
        )


@asynccontextmanager
async def opened(settings: CanvasSettings = SETTINGS) -> AsyncIterator[CanvasHarness]:
    canvas = a_canvas()
    line = Line(canvas)
    runtime = LmsRuntime(FixedClock(START), "Attain tests")
    async with plugin.open(settings, runtime, line) as lms:
        yield CanvasHarness(lms, canvas, line)
