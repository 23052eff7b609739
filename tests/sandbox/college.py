"""A small college for the tests of the practice Canvas, and a way to speak to it."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

import httpx
import msgspec

from sandbox.canvas.app import Canvas
from sandbox.canvas.moments import JobsMode
from sandbox.canvas.seed import (
    AccountSeed,
    AssignmentSeed,
    CourseSeed,
    DeveloperKeySeed,
    EnrollmentSeed,
    RootAccountSeed,
    SectionSeed,
    Seed,
    TermSeed,
    ToolSeed,
    UserSeed,
)

Result = TypeVar("Result")
HOST = "http://canvas.test"
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)

ADMIN, TEACHER, TA, DESIGNER, OUTSIDER, SUB_ADMIN = 1, 10, 11, 12, 13, 2
BEN, MEI, OMAR, LATE_LEO, OBSERVER = 20, 21, 22, 23, 30
ROOT, ARTS, ENGLISH = 1, 14, 15
COURSE, OTHER_COURSE, PAST_COURSE, BARRED_COURSE = 101, 102, 103, 104
SECTION, SECTION_B = 301, 302
ESSAY, QUIZ_UNPUBLISHED, MODERATED, CLOSED, GROUP_WORK, PASS_FAIL, ONLY_BEN = (
    900,
    901,
    902,
    903,
    904,
    905,
    906,
)
TOOL = 77
KEY = 10000000000001
REDIRECT = "https://tool.test/callback"
TOOL_URL = "https://tool.test/lti/launch"


@dataclass
class MovingClock:
    """A clock that moves only when it is told to."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now

    def advance(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


def a_seed() -> Seed:
    return Seed(
        host=HOST,
        root_account=RootAccountSeed(
            id=ROOT, name="Example District", sis_account_id="EXD", lti_guid="guid123:canvas-lms"
        ),
        accounts=[
            AccountSeed(id=ARTS, name="Arts", parent=ROOT, sis_account_id="ARTS"),
            AccountSeed(id=ENGLISH, name="English", parent=ARTS),
        ],
        terms=[
            TermSeed(
                id=7,
                name="Fall 2026",
                sis_term_id="F26",
                start_at="2026-08-01T00:00:00Z",
                end_at="2026-12-31T00:00:00Z",
            ),
            TermSeed(id=6, name="Spring 2026", end_at="2026-06-01T00:00:00Z"),
        ],
        users=_users(),
        courses=_courses(),
        enrollments=_enrollments(),
        developer_keys=[
            DeveloperKeySeed(id=KEY, secret="key-secret", redirect_uris=[REDIRECT]),
        ],
        tools=[
            ToolSeed(
                id=TOOL,
                name="Attain",
                consumer_key="practice-key",
                shared_secret="s&cret é",
                launch_url=TOOL_URL,
                domain="tool.test",
                placements=["assignment_selection", "course_navigation", "account_navigation"],
                context=str(ROOT),
            )
        ],
    )


def _users() -> list[UserSeed]:
    return [
        UserSeed(id=ADMIN, name="Root Admin", login_id="root", admin_of=[ROOT]),
        UserSeed(id=SUB_ADMIN, name="Arts Admin", login_id="arts", admin_of=[ARTS]),
        UserSeed(
            id=TEACHER,
            name="Ada Byron",
            login_id="abyron",
            sis_user_id="STAFF-42",
            email="ada@example.edu",
        ),
        UserSeed(id=TA, name="Tom Ayo", login_id="tayo"),
        UserSeed(id=DESIGNER, name="Dee Signer", login_id="dsigner"),
        UserSeed(id=OUTSIDER, name="Una Known", login_id="uknown"),
        UserSeed(
            id=BEN,
            name="Ben Okri",
            login_id="bokri",
            sis_user_id="S-000107",
            email="b.okri@example.edu",
        ),
        UserSeed(id=MEI, name="李美", login_id="mei", sis_user_id="S-000108"),
        UserSeed(
            id=OMAR,
            name="عمر حداد",
            sortable_name="حداد, عمر",
            login_id="omar",
            sis_user_id="S-000109",
        ),
        UserSeed(id=LATE_LEO, name="Leo Late", login_id="leo", sis_user_id="S/11.0"),
        UserSeed(id=OBSERVER, name="Pa Okri", login_id="pa@mail.example"),
    ]


def _courses() -> list[CourseSeed]:
    past = SectionSeed(id=303, name="ARG 101-P")
    return [
        CourseSeed(
            id=COURSE,
            name="Intro to Argument",
            course_code="ARG 101",
            account_id=ENGLISH,
            term_id=7,
            sis_course_id="F26-ARG101",
            sections=[
                SectionSeed(id=SECTION, name="ARG 101-A", sis_section_id="F26-ARG101-A"),
                SectionSeed(id=SECTION_B, name="ARG 101-B", sis_section_id="F26-ARG101-B"),
            ],
            assignments=_assignments(),
        ),
        CourseSeed(
            id=OTHER_COURSE,
            name="Advanced Argument",
            course_code="ARG 201",
            account_id=ENGLISH,
            term_id=7,
            workflow_state="claimed",
            sections=[SectionSeed(id=304, name="ARG 201-A")],
        ),
        CourseSeed(
            id=PAST_COURSE,
            name="Past Argument",
            course_code="ARG 100",
            account_id=ENGLISH,
            term_id=6,
            sections=[past],
            assignments=[AssignmentSeed(id=930, name="Old essay", points_possible=10)],
        ),
        CourseSeed(
            id=BARRED_COURSE,
            name="Barred",
            course_code="BAR 1",
            account_id=ENGLISH,
            term_id=7,
            start_at="2026-12-01T00:00:00Z",
            restrict_enrollments_to_course_dates=True,
            sections=[SectionSeed(id=305, name="BAR 1")],
        ),
    ]


def _assignments() -> list[AssignmentSeed]:
    return [
        AssignmentSeed(
            id=ESSAY,
            name="Essay 1",
            points_possible=8,
            due_at="2026-12-10T22:59:59Z",
            external_tool_url=f"{TOOL_URL}?task=55",
        ),
        AssignmentSeed(id=QUIZ_UNPUBLISHED, name="Quiz", points_possible=5, published=False),
        AssignmentSeed(id=MODERATED, name="Jury", points_possible=5, moderated_grading=True),
        AssignmentSeed(id=CLOSED, name="Closed", points_possible=5, in_closed_grading_period=True),
        AssignmentSeed(id=GROUP_WORK, name="Team", points_possible=10, group_category_id=50),
        AssignmentSeed(id=PASS_FAIL, name="Lab", points_possible=4, grading_type="pass_fail"),
        AssignmentSeed(id=ONLY_BEN, name="Make-up", points_possible=4, assigned_user_ids=[BEN]),
    ]


def _enrollments() -> list[EnrollmentSeed]:
    rows = [
        (TEACHER, COURSE, SECTION, "Teacher"),
        (TEACHER, OTHER_COURSE, 304, "Teacher"),
        (TEACHER, PAST_COURSE, 303, "Teacher"),
        (TA, COURSE, SECTION, "Ta"),
        (DESIGNER, COURSE, SECTION, "Designer"),
        (BEN, COURSE, SECTION, "Student"),
        (MEI, COURSE, SECTION, "Student"),
        (OMAR, COURSE, SECTION, "Student"),
        (OMAR, COURSE, SECTION_B, "Student"),
        (BEN, PAST_COURSE, 303, "Student"),
        (BEN, BARRED_COURSE, 305, "Student"),
    ]
    enrolled = [
        EnrollmentSeed(user_id=user, course_id=course, section_id=section, type=f"{role}Enrollment")
        for user, course, section, role in rows
    ]
    concluded = EnrollmentSeed(
        user_id=LATE_LEO,
        course_id=COURSE,
        section_id=SECTION,
        type="StudentEnrollment",
        state="completed",
    )
    observing = EnrollmentSeed(
        user_id=OBSERVER,
        course_id=COURSE,
        section_id=SECTION,
        type="ObserverEnrollment",
        associated_user_id=BEN,
    )
    return [*enrolled, concluded, observing]


@dataclass
class Practice:
    """A practice Canvas with a clock that stands still, and its callers."""

    clock: MovingClock = field(default_factory=MovingClock)
    seed: Seed = field(default_factory=a_seed)
    jobs: JobsMode = "manual"

    def __post_init__(self) -> None:
        self.canvas = Canvas(self.seed, clock=self.clock, jobs=self.jobs, seed_chance=7)
        self.state = self.canvas.state
        self.switches = self.canvas.state.switches

    def call(
        self,
        who: int | str | None,
        method: str,
        path: str,
        body: object = None,
        **more: Any,
    ) -> httpx.Response:
        """One request: `who` is a user, a ready token, or nobody; a mapping body goes as JSON."""
        headers = dict(more.pop("headers", {}))
        if who is not None:
            token = self.canvas.token_for(who) if isinstance(who, int) else who
            headers["Authorization"] = f"Bearer {token}"
        if body is not None:
            more["json"] = body
        path = path if path.startswith(("/login", "/_practice")) else f"/api/v1{path}"
        return run(self._send(method, path, headers, more))

    async def _send(
        self, method: str, path: str, headers: dict[str, str], more: dict[str, Any]
    ) -> httpx.Response:
        transport = httpx.ASGITransport(app=self.canvas.app)
        async with httpx.AsyncClient(transport=transport, base_url=HOST) as client:
            return await client.request(method, path, headers=headers, **more)

    def get(self, who: int | str | None, path: str, **more: Any) -> httpx.Response:
        return self.call(who, "GET", path, **more)

    def grade(self, who: int, assignment: int, student: object, **given: object) -> httpx.Response:
        """PUT one submission."""
        path = f"/courses/{COURSE}/assignments/{assignment}/submissions/{student}"
        return self.call(who, "PUT", path, {"submission": given})

    def update_grades(self, who: int, assignment: int, data: object) -> httpx.Response:
        path = f"/courses/{COURSE}/assignments/{assignment}/submissions/update_grades"
        return self.call(who, "POST", path, {"grade_data": data})

    def submission(self, assignment: int, student: int, who: int = TEACHER) -> dict[str, Any]:
        path = f"/courses/{COURSE}/assignments/{assignment}/submissions/{student}"
        row: dict[str, Any] = shown(self.get(who, path))
        return row

    def with_key(self, **details: Any) -> "Practice":
        """The same college with another developer key."""
        seed = a_seed()
        seed.developer_keys = [
            DeveloperKeySeed(id=KEY, secret="key-secret", redirect_uris=[REDIRECT], **details)
        ]
        return Practice(self.clock, seed, self.jobs)


def run(work: Coroutine[Any, Any, Result]) -> Result:
    """The result of a coroutine, in a thread: playwright may keep a loop in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


def shown(answer: httpx.Response) -> Any:
    """The JSON of an answer that succeeded."""
    assert answer.status_code < 400, (answer.status_code, answer.text)
    return msgspec.json.decode(answer.content)
