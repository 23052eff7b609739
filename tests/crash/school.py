"""A school on real processes: its database and settings, and the practice Canvas beside it."""

import asyncio
import os
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx

from adapters.outbound.jobs.schema import migrate
from application.ports.secrets import authorisation_row, consumer_key_row, site_row
from application.ports.unit_of_work import UnitOfWork
from application.queries.sending.send_report import SendReport
from application.use_cases.lms.lti_switch import SetLtiSwitchCommand
from application.use_cases.sending.send_scores import SendScoresCommand
from domain.access import Role
from domain.ids import LmsAssignmentRef, LmsCourseRef, LmsUserRef, PersonId
from domain.score import Scored
from entrypoints.bootstrap import House, opened, with_lms
from entrypoints.settings import Settings, load_settings
from sandbox.canvas.app import Canvas
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
    UserSeed,
)
from sandbox.canvas.serving import free_port, running
from tests import builders

KEY, SECRET = "school", "5d1f0c6a9be84f3b8f0a7d2c4e6b8a90"
CLIENT_ID, CLIENT_SECRET = 10000000000001, "c7d9a1e35b2f48c6"
COURSE, SECTION, ASSIGNMENT, TESS, FIRST = 101, 301, 501, 7, 1000
POINTS = Decimal(20)
TEACHER = PersonId("person-tess")
WORK = builders.a_section_assessment().id
ROWS = ("thesis", "evidence")
SITE = builders.a_site()
_BULK = re.compile(r"/submissions/update_grades$")


@dataclass
class School:
    """Tess teaches `size` students in one section, and all of them are in Canvas too."""

    url: str
    folder: Path
    canvas: Canvas
    canvas_url: str
    attain_port: int
    size: int
    posts: Counter[str] = field(default_factory=Counter)
    """Bulk calls that reached Canvas, by path."""

    def __post_init__(self) -> None:
        self.students = tuple(f"s{number:03}" for number in range(self.size))
        self.canvas.faults.listeners.append(self._heard)

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.attain_port}"

    @property
    def environment(self) -> dict[str, str]:
        """That of this process, with the settings of the school and no others."""
        inherited = {name: value for name, value in os.environ.items() if "ATTAIN_" not in name}
        return {
            **inherited,
            "ATTAIN_DATA_DIR": str(self.folder),
            "ATTAIN_DATABASE_URL": self.url,
            "ATTAIN_BASE_URL": self.base_url,
            "ATTAIN_JOB_POLL_SECONDS": "0.05",
            "ATTAIN_CANVAS_ALLOW_PRIVATE_HOSTS": "true",
        }

    @property
    def settings(self) -> Settings:
        return load_settings(self.environment)

    @contextmanager
    def house(self) -> Iterator[House]:
        with opened(self.settings) as house:
            yield house

    def open_for_launches(self) -> None:
        """People, one assessment without scores, the Canvas site, and a consumer key."""
        migrate(self.url)
        with self.house() as house:
            sealer = house.use_cases.sealer()
            with house.use_cases.units()() as unit:
                builders.College(self.students).store(unit)
                unit.roster.grant(builders.a_role_grant("tess", role=Role.FACULTY))
                stored = unit.sites.get(SITE.id)
                sealed = sealer.seal(CLIENT_SECRET, site_row(SITE.id))
                unit.sites.save(
                    builders.a_site(
                        url=self.canvas_url,
                        client_id=str(CLIENT_ID),
                        client_secret=sealed,
                        version=stored.version,
                    )
                )
                secret = sealer.seal(SECRET, consumer_key_row(KEY))
                unit.registrations.save(builders.a_consumer_key(KEY, secret=secret))
                unit.commit()
            house.use_cases.set_lti_switch()(SetLtiSwitchCommand("test", enabled=True))

    def make_ready_to_send(self) -> None:
        """Everything up to the press of *Send*: authorised, linked, all students scored."""
        self.open_for_launches()
        with self.house() as house:
            seal, units = house.use_cases.sealer().seal, house.use_cases.units()
            row = authorisation_row(builders.an_authorisation().id)
            with units() as unit:
                unit.sites.save_authorisation(
                    builders.an_authorisation(
                        access_token=seal(self.canvas.token_for(TESS), row),
                        refresh_token=seal("", row),
                        expires_at=None,
                        user_ref=LmsUserRef(str(TESS)),
                    )
                )
                unit.links.save(
                    builders.a_link(
                        course_ref=LmsCourseRef(str(COURSE)),
                        assignment_ref=LmsAssignmentRef(str(ASSIGNMENT)),
                        points_possible=POINTS,
                    )
                )
                self._score(unit)
                unit.commit()

    def _score(self, unit: UnitOfWork) -> None:
        for number, student in enumerate(self.students):
            value = Scored(Decimal(level_of(number)))
            for row in ROWS:
                unit.scores.save(builders.a_score(student, row, value=value))

    def expected(self) -> dict[str, str]:
        """The grades that belong into Canvas, by its user ids."""
        return {
            str(FIRST + number): str(level_of(number) * int(POINTS) // 4)
            for number in range(self.size)
        }

    def shown(self) -> dict[str, str]:
        """The grades that Canvas shows, by its user ids."""
        (assignment,) = self.practice()["assignments"]
        return {user: row["entered_grade"] for user, row in assignment["grades"].items()}

    def unfinished(self) -> list[str]:
        """States of Canvas' bulk jobs that have not completed."""
        states = [row["workflow_state"] for row in self.practice()["progress"]]
        return [state for state in states if state != "completed"]

    def practice(self) -> dict[str, Any]:
        state: dict[str, Any] = httpx.get(f"{self.canvas_url}/_practice/state").json()
        return state

    def reports(self, house: House) -> list[SendReport]:
        """One for each press of *Send*, newest first."""
        with house.use_cases.units()(write=False) as unit:
            links = unit.links.of_work(WORK)
            sends = [send for link in links for send in unit.deliveries.sends_of(link.id)]
        return [house.use_cases.read_send_report()(TEACHER, send.id) for send in sends]

    def press_send(self) -> None:
        """Decide to send to all that are ready; no worker is asked to be there."""

        async def press(house: House) -> None:
            async with with_lms(house):
                await house.use_cases.send_scores()(SendScoresCommand(TEACHER, WORK))

        with self.house() as house:
            asyncio.run(press(house))

    def _heard(self, method: str, path: str) -> None:
        if method == "POST" and _BULK.search(path):
            self.posts[path] += 1


def level_of(number: int) -> int:
    """Students are scored 1 to 4 in turn, the same on both rows."""
    return number % 4 + 1


@contextmanager
def school_at(url: str, folder: Path, size: int, *, latency: float = 0.0) -> Iterator[School]:
    """The school with its practice Canvas on a port of its own; `latency` in seconds."""
    canvas_port, attain_port = free_port("127.0.0.1"), free_port("127.0.0.1")
    # Another name for the same machine, so that Attain and Canvas are two sites.
    canvas_url = f"http://localhost:{canvas_port}"
    seed = _seed(canvas_url, f"http://127.0.0.1:{attain_port}", size)
    canvas = Canvas(seed, latency=latency)
    with running(canvas, port=canvas_port):
        yield School(url, folder, canvas, canvas_url, attain_port, size)


def _seed(canvas_url: str, attain_url: str, size: int) -> Seed:
    pupils = [(FIRST + number, f"s{number:03}") for number in range(size)]
    return Seed(
        host=canvas_url,
        root_account=RootAccountSeed(id=1, name="School"),
        accounts=[AccountSeed(id=2, name="English", parent=1)],
        terms=[TermSeed(id=7, name="Fall")],
        users=[
            UserSeed(id=number, name=key.title(), login_id=key, sis_user_id=f"C{key}")
            for number, key in [(TESS, "tess"), *pupils]
        ],
        courses=[
            CourseSeed(
                id=COURSE, name="Writing", course_code="ENGL101", account_id=2, term_id=7,
                sections=[SectionSeed(id=SECTION, name="ENGL101-01")],
                assignments=[
                    AssignmentSeed(id=ASSIGNMENT, name="Essay", points_possible=float(POINTS))
                ],
            )
        ],
        enrollments=[
            EnrollmentSeed(
                user_id=number, course_id=COURSE, section_id=SECTION,
                type="TeacherEnrollment" if number == TESS else "StudentEnrollment",
            )
            for number, _ in [(TESS, "tess"), *pupils]
        ],
        developer_keys=[
            DeveloperKeySeed(
                id=CLIENT_ID, secret=CLIENT_SECRET,
                redirect_uris=[f"{attain_url}/integrations/canvas/callback"],
            )
        ],
    )  # fmt: skip
