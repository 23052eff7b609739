"""Attain as it is wired, over memory, beside the practice Canvas whose calls can go wrong."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, nullcontext
from dataclasses import replace
from decimal import Decimal
from typing import TypeVar

import anyio
import httpx
from dependency_injector import providers

from adapters.outbound.canvas.plugin import plugin
from adapters.outbound.canvas.throttle import Pacing
from adapters.outbound.jobs.memory_jobs import MemoryJobs, MemoryRunner
from adapters.outbound.memory.launch_ledgers import MemoryConsumerSecrets, MemoryNonceLedger
from adapters.outbound.memory.unit_of_work import MemoryUnits
from adapters.outbound.secrets.keyring import Keyring
from application.ports.jobs import JobHandler
from application.ports.lms_plugin import Lms, LmsRuntime
from application.ports.secrets import authorisation_row, site_row
from application.ports.unit_of_work import UnitOfWork
from application.use_cases.lms.authorise import ConsentAnswer
from domain.access import Role
from domain.ids import LmsAccountRef, LmsUserRef, PersonId, SloId
from domain.outcomes.found import OutcomePlace, PlaceKind
from domain.score import Scored
from entrypoints.containers import UseCases
from entrypoints.settings import load_settings
from sandbox.canvas.access_records import Code
from sandbox.canvas.app import Canvas
from sandbox.canvas.records import Login
from tests import builders
from tests.contract.canvas_harness import SETTINGS, SITE, CanvasHarness, Line, a_canvas
from tests.exchange_builders import an_account_authorisation
from tests.stand_ins import CountedIds, FixedClock, QuickPasswords

T = TypeVar("T")

TESS = PersonId("person-tess")
STUDENTS = ("ana", "bo", "cy")
ROWS = ("thesis", "evidence")
CLIENT_ID = 10001


async def at_once(work: Callable[[], T]) -> T:
    return work()


class WatchedLine(Line):
    """Notices, as a real connection does, that an answer broke off before its told length.

    When the caller hangs up, Canvas goes on with the call, as a server does.
    """

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self.at_work = set[asyncio.Task[httpx.Response]]()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        answering = asyncio.create_task(super().handle_async_request(request))
        self.at_work.add(answering)
        answering.add_done_callback(self.at_work.discard)
        response = await asyncio.shield(answering)
        told = int(response.headers.get("Content-Length", 0))
        if len(await response.aread()) < told:
            raise httpx.RemoteProtocolError("peer closed the connection", request=request)
        return response


class FaultHouse:
    """Tess teaches a class of three, and administers the account where outcomes go.

    Time passes only where somebody waits, and then Canvas works through its jobs.
    """

    def __init__(
        self,
        units: MemoryUnits,
        jobs: MemoryJobs,
        clock: FixedClock,
        harness: CanvasHarness,
        line: WatchedLine,
    ) -> None:
        self.units, self.jobs, self.clock = units, jobs, clock
        self.harness, self.canvas, self.line = harness, harness.canvas, line
        self.keyring = Keyring(["k" * 40])
        self.meanwhile: list[Callable[[], Awaitable[None]]] = []
        """What happens elsewhere while somebody waits, one thing at a time."""
        self.account: LmsAccountRef = harness.given_account()
        self.course = harness.given_course(account=self.account)
        harness.given_outcome_admin(self.account)
        self.canvas.state.logins[900] = Login(900, 900, "tess", "Ctess")
        self.assignment = harness.given_assignment(self.course, points_possible=Decimal(20))
        self.refs = {
            name: harness.given_student(self.course, sis_id=f"C{name}") for name in STUDENTS
        }
        self._store()
        self._wire(harness.lms)

    @property
    def root(self) -> LmsAccountRef:
        return LmsAccountRef(str(self.canvas.state.root_id))

    @property
    def account_place(self) -> OutcomePlace:
        return OutcomePlace(PlaceKind.ACCOUNT, self.account)

    def _store(self) -> None:
        rubric = builders.a_rubric(
            criteria=tuple(
                replace(builders.a_criterion(key), slo_ids=(SloId(f"slo-{key}"),)) for key in ROWS
            )
        )
        with self.units() as unit:
            builders.College(STUDENTS).store(unit)
            unit.roster.grant(builders.a_role_grant("tess", role=Role.FACULTY))
            unit.outcomes.put_slos([builders.an_slo(key) for key in ROWS])
            unit.assessments.save(builders.an_assessment(rubric=rubric, version=1))
            self._connect(unit)
            unit.commit()

    def _connect(self, unit: UnitOfWork) -> None:
        site, held = builders.a_site(), builders.an_authorisation("tess")
        row, token = authorisation_row(held.id), self.harness.token
        secret = self.keyring.seal(SITE.client_secret, site_row(site.id))
        unit.sites.save(
            builders.a_site(
                url=SITE.url,
                client_id=SITE.client_id,
                client_secret=secret,
                account_ref=self.account,
                version=unit.sites.get(site.id).version,
            )
        )
        unit.sites.save_authorisation(
            replace(
                held,
                access_token=self.keyring.seal(token.access, row),
                refresh_token=self.keyring.seal(token.refresh or "", row),
                expires_at=None,
                user_ref=LmsUserRef("900"),
            )
        )
        unit.pairings.save_account(an_account_authorisation("tess", account_ref=self.account))
        unit.links.save(
            builders.a_link(
                course_ref=self.course,
                assignment_ref=self.assignment,
                points_possible=Decimal(20),
            )
        )

    def _wire(self, lms: Lms) -> None:
        self.use = UseCases(
            units=self.units,
            clock=self.clock,
            new_id=CountedIds(),
            new_secret=CountedIds("secret"),
            sealer=self.keyring,
            hasher=QuickPasswords(),
            transact=providers.Object(at_once),
            pause=providers.Object(self.nap),
            lms={"canvas": lms},
            jobs=self.jobs,
            consumer_secrets=MemoryConsumerSecrets(self.units, self.keyring),
            nonces=MemoryNonceLedger(),
            settings=load_settings({"ATTAIN_BASE_URL": "https://attain.test"}),
            schema_is_current=providers.Object(lambda: True),
            workers_alive=providers.Object(lambda: 1),
            dump_tables=providers.Object(lambda: nullcontext(iter(()))),
        )
        handlers: dict[str, JobHandler] = {
            "send-scores": self.use.deliver_scores(),
            "read-scores": self.use.read_lms_scores(),
            "refresh-scores": self.use.refresh_scores(),
            "sync-outcomes": self.use.publish_outcomes(),
        }
        self.runner = MemoryRunner(self.jobs, handlers)

    async def nap(self, seconds: float) -> None:
        self.clock.advance(seconds=seconds)
        if self.meanwhile:
            await self.meanwhile.pop(0)()
        await anyio.lowlevel.checkpoint()
        self.canvas.run_jobs()

    def score_everybody(self) -> None:
        with self.units() as unit:
            for name in STUDENTS:
                for row in ROWS:
                    unit.scores.save(builders.a_score(name, row, value=Scored(Decimal(3))))
            unit.commit()

    async def consent(
        self, person_id: PersonId = TESS, user: int = 900, *, for_account: bool = False
    ) -> None:
        """Somebody presses Authorize and says yes."""
        url = self.use.begin_consent()(
            builders.a_site().id,
            person_id=person_id,
            binding="a browser",
            return_to="/",
            for_account=for_account,
        )
        code = Code(f"code of {url}", CLIENT_ID, user, None, self.clock.now())
        self.canvas.state.codes[code.text] = code
        state = httpx.URL(url).params["state"]
        answer = ConsentAnswer(state, code.text, "", ("a browser",))
        await self.use.finish_consent()(answer)


@asynccontextmanager
async def a_fault_house(
    units: MemoryUnits, jobs: MemoryJobs, clock: FixedClock
) -> AsyncIterator[FaultHouse]:
    canvas: Canvas = a_canvas()
    canvas.clock = clock.now

    async def sleep(seconds: float) -> None:
        clock.advance(seconds=seconds)
        await anyio.lowlevel.checkpoint()

    pacing = Pacing(lambda: clock.now().timestamp(), sleep, lambda: 0.5)
    line = WatchedLine(canvas)
    async with plugin.open(SETTINGS, LmsRuntime(clock, "Attain tests"), line, pacing) as lms:
        yield FaultHouse(units, jobs, clock, CanvasHarness(lms, canvas, line), line)
        await asyncio.gather(*line.at_work)
