"""A second LMS comes in by the plug-in door, and nothing inside knows it."""

import importlib
import inspect
import json
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

import pytest

from adapters.outbound.jobs.memory_jobs import MemoryJobs, MemoryRunner
from adapters.outbound.memory.unit_of_work import MemoryUnits
from adapters.outbound.secrets.keyring import Keyring
from application.errors import LmsCannot, LmsUnauthorised
from application.gateways import Gateways
from application.ports.lms import LmsCapability, LmsGateway, PeopleDirectory
from application.ports.lms_outcomes import OutcomeReader, OutcomeWriter
from application.ports.lms_plugin import Lms, LmsRuntime, SiteAccess, TokenSource
from application.ports.lms_rubrics import RubricReader, RubricWriter
from application.ports.secrets import authorisation_row, site_row
from application.queries.sending.send_report import ReadSendReport
from application.sending.delivery_book import DeliveryBook
from application.tokens import TokenVault
from application.use_cases.sending.deliver_scores import DeliverScores
from application.use_cases.sending.send_scores import PlanSend, SendScores, SendScoresCommand
from domain.access import Role
from domain.delivery import DeliveryState
from domain.ids import LmsAssignmentRef, LmsCourseRef, LmsUserRef, PersonId
from domain.rostering import EnrolmentRole
from domain.score import Scored
from entrypoints.plugins import load_plugin
from entrypoints.settings import BadSetting, load_settings
from tests import builders
from tests.plugins.installing import PACKAGE, SOURCE, install_into
from tests.stand_ins import CountedIds, FixedClock

T = TypeVar("T")

ROOMS = Path(__file__).parents[2]
TEACHER = PersonId("person-tess")
COURSE, ESSAY = LmsCourseRef("math-1"), LmsAssignmentRef("essay")
STUDENTS = ("ana", "bo")
NAMED = {"ATTAIN_LMS": "chalkboard"}


@pytest.fixture
def board(tmp_path: Path) -> Path:
    path = tmp_path / "board.json"
    essay = {"name": "Essay", "points": "20", "grades": {}}
    course = {
        "code": "MATH 1",
        "teacher": "tess",
        "students": [f"C{name}" for name in STUDENTS],
        "assignments": {ESSAY: essay},
    }
    path.write_text(json.dumps({"courses": {COURSE: course}, "bulks": {}}), "utf-8")
    return path


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The plug-in in a folder that Python looks into, for one test."""
    folder = tmp_path / "site-packages"
    folder.mkdir()
    install_into(folder)
    monkeypatch.syspath_prepend(folder)
    importlib.invalidate_caches()
    yield folder
    for name in [name for name in sys.modules if name.partition(".")[0] == PACKAGE]:
        del sys.modules[name]


@asynccontextmanager
async def opened(board: Path, clock: FixedClock) -> AsyncIterator[Lms]:
    """As the server opens it: by its configured name, with its own setting."""
    plugin, settings = load_plugin(load_settings({**NAMED, "ATTAIN_CHALKBOARD_FILE": str(board)}))
    async with plugin.open(settings, LmsRuntime(clock, "Attain tests")) as lms:
        yield lms


def grades_on(board: Path) -> dict[str, str]:
    writing = json.loads(board.read_text("utf-8"))
    grades: dict[str, str] = writing["courses"][COURSE]["assignments"][ESSAY]["grades"]
    return grades


async def at_once(work: Callable[[], T]) -> T:
    return work()


async def no_nap(seconds: float) -> None:
    """A board is never busy."""


class Class:
    """Tess teaches Ana and Bo, who have scores; the essay is linked to the board."""

    def __init__(self, units: MemoryUnits, jobs: MemoryJobs, clock: FixedClock, lms: Lms) -> None:
        self.units = units
        self.keyring = Keyring(["k" * 40])
        self._store()
        vault = TokenVault(units, at_once, clock, self.keyring, no_nap)
        gateways = Gateways(vault, {"chalkboard": lms})
        book = DeliveryBook(units, at_once, clock)
        plan = PlanSend(units, at_once, gateways)
        self.send = SendScores(units, at_once, clock, CountedIds("send"), plan)
        deliver = DeliverScores(book, gateways, no_nap)
        self.runner = MemoryRunner(jobs, {"send-scores": deliver})

    def _store(self) -> None:
        site, held = builders.a_site(plugin="chalkboard"), builders.an_authorisation("tess")
        row = authorisation_row(held.id)
        with self.units() as unit:
            self._fill(unit)
            secret = self.keyring.seal("none", site_row(site.id))
            unit.sites.save(builders.a_site(plugin="chalkboard", client_secret=secret))
            unit.sites.save_authorisation(
                builders.an_authorisation(
                    "tess",
                    access_token=self.keyring.seal("tess", row),
                    refresh_token=self.keyring.seal("tess", row),
                    expires_at=None,
                    user_ref=LmsUserRef("tess"),
                )
            )
            unit.links.save(builders.a_link(course_ref=COURSE, assignment_ref=ESSAY))
            unit.commit()

    def _fill(self, unit: Any) -> None:
        unit.roster.put_orgs([builders.an_org()])
        unit.roster.put_terms([builders.a_term()])
        unit.roster.put_courses([builders.a_course()])
        unit.roster.put_sections([builders.a_section()])
        unit.roster.put_people([builders.a_person(name) for name in ("tess", *STUDENTS)])
        enrolments = [builders.an_enrolment(name) for name in STUDENTS]
        unit.roster.put_enrolments(
            [builders.an_enrolment("tess", role=EnrolmentRole.TEACHER), *enrolments]
        )
        unit.roster.grant(builders.a_role_grant("tess", role=Role.FACULTY))
        unit.outcomes.put_scales([builders.a_scale()])
        unit.assessments.save(builders.an_assessment())
        unit.assessments.save_work(builders.a_section_assessment())
        for name in STUDENTS:
            for row in ("thesis", "evidence"):
                unit.scores.save(builders.a_score(name, row, value=Scored(Decimal(3))))


@pytest.mark.usefixtures("installed")
async def test_scores_arrive_on_the_board(
    board: Path, memory_units: MemoryUnits, memory_jobs: MemoryJobs, clock: FixedClock
) -> None:
    async with opened(board, clock) as lms:
        room = Class(memory_units, memory_jobs, clock, lms)
        work = builders.a_section_assessment().id
        send_id = await room.send(SendScoresCommand(TEACHER, work, students=None))
        await room.runner.run_all()
        rows = ReadSendReport(memory_units)(TEACHER, send_id).rows
    assert {row.person.login: row.delivery.state for row in rows} == dict.fromkeys(
        STUDENTS, DeliveryState.SENT
    )
    assert grades_on(board) == {"Cana": "15.00", "Cbo": "15.00"}


@pytest.mark.usefixtures("installed")
async def test_what_is_not_declared_says_that_it_cannot(board: Path, clock: FixedClock) -> None:
    async with opened(board, clock) as lms:
        gateway = lms.acting(SiteAccess("", "", ""), _Tess())
        assert gateway.capabilities == {LmsCapability.GRADES, LmsCapability.ROSTERS}
        for role in (PeopleDirectory, OutcomeReader, OutcomeWriter, RubricReader, RubricWriter):
            for name, method in inspect.getmembers(role, inspect.isfunction):
                if not name.startswith("_"):
                    with pytest.raises(LmsCannot):
                        await _called(gateway, name, len(inspect.signature(method).parameters) - 1)
        with pytest.raises(LmsCannot):
            lms.consent_url(SiteAccess("", "", ""), redirect_uri="", state="")


@pytest.mark.usefixtures("installed")
def test_a_setting_it_lacks_is_named_as_the_variable() -> None:
    with pytest.raises(BadSetting, match="ATTAIN_CHALKBOARD_"):
        load_plugin(load_settings(NAMED))


def test_it_is_unknown_until_it_is_installed() -> None:
    with pytest.raises(BadSetting, match="ATTAIN_LMS is 'chalkboard'"):
        load_plugin(load_settings(NAMED))


def test_nothing_inside_knows_it_and_it_reuses_no_adapter() -> None:
    rooms = ("domain", "application", "adapters", "entrypoints")
    inside = [path for room in rooms for path in (ROOMS / room).rglob("*.py")]
    knowing = [path.name for path in inside if "chalk" in path.read_text("utf-8").lower()]
    own = [path.read_text("utf-8") for path in (SOURCE / PACKAGE).glob("*.py")]
    assert knowing == []
    assert len(own) == 5
    assert not [text for text in own if "import adapters" in text or "from adapters" in text]


class _Tess(TokenSource):
    """As the board knows her: the name is all there is."""

    async def token(self) -> str:
        return "tess"

    async def renewed(self, refused: str) -> str:
        raise LmsUnauthorised(refused)


async def _called(gateway: LmsGateway, name: str, wanted: int) -> None:
    answer = getattr(gateway, name)(*[None] * wanted)
    if inspect.isawaitable(answer):
        waiting: Awaitable[object] = answer
        await waiting
