"""A college whose course outcomes can be sent, over the adapters in memory."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import TypeVar

from adapters.outbound.jobs.memory_jobs import MemoryJobs, MemoryRunner
from adapters.outbound.memory.lms_outcome_state import ROOT
from adapters.outbound.memory.unit_of_work import MemoryUnits
from application.outcome_sync.book import SyncBook
from application.outcome_sync.place_agents import PlaceAgents
from application.outcome_sync.plan import OutcomesPlan
from application.outcome_sync.scope import CourseScope, SyncScope, WorkScope
from application.queries.outcome_sync.sync_report import ReadSyncReport, SyncReport
from application.use_cases.lms.resume_waiting import resume_waiting
from application.use_cases.outcome_sync.plan_outcomes import PlanOutcomes, PlanOutcomesCommand
from application.use_cases.outcome_sync.publish_outcomes import PublishOutcomes
from application.use_cases.outcome_sync.retry_sync import RetrySync, StopSync
from application.use_cases.outcome_sync.sync_outcomes import SyncOutcomes, SyncOutcomesCommand
from application.use_cases.outcome_sync.undo_sync import UndoSync
from application.viewers import Viewer
from domain.access import Role
from domain.ids import (
    CourseId,
    LmsAccountRef,
    LmsOutcomeRef,
    LmsUserRef,
    OrgId,
    PersonId,
    SloId,
    SyncRunId,
)
from domain.lms_site import OrgPairing
from domain.outcomes.found import FoundFolder, OutcomePlace, PlaceKind
from domain.outcomes.guids import slo_guid
from domain.outcomes.publication import Publication
from domain.outcomes.sync_plan import Step
from domain.score_import.lms_rubric import GivenRating
from domain.slo import Slo
from tests import builders
from tests.application.accounts import SITE, AccountDesk
from tests.application.sending import WORK, at_once
from tests.stand_ins import NOON, CountedIds, FixedClock

T = TypeVar("T")

STEWARD = Viewer(PersonId("person-dana"), Role.DATA_STEWARD)
COMMAND_LINE = Viewer(None, None)
COURSE = CourseScope(CourseId("course-engl101"))


class Killed(BaseException):
    """The process is gone, past every `except Exception`."""


@dataclass
class Mortality:
    """Counts the moments before and after each transaction; at one of them the process dies."""

    dies_at: int | None
    passed: int = 0

    def pass_door(self) -> None:
        self.passed += 1
        if self.passed == self.dies_at:
            raise Killed


@dataclass
class SyncDesk:
    """Dana administers the root account; the org of ENGL101 is paired with a sub-account."""

    units: MemoryUnits
    jobs: MemoryJobs
    clock: FixedClock
    slos: tuple[str, ...] = ("thesis", "evidence")
    naps: list[float] = field(default_factory=list)
    mortality: Mortality = field(default_factory=lambda: Mortality(None))

    def __post_init__(self) -> None:
        self.desk = AccountDesk(self.units, self.jobs, self.clock)
        self.canvas, self.lms = self.desk.canvas, self.desk.lms
        self.dana: LmsUserRef = self.desk.admin("dana")
        self.account: LmsAccountRef = self.canvas.given_unit(name="English")
        self.place = OutcomePlace(PlaceKind.ACCOUNT, self.account)
        with self.units() as unit:
            unit.outcomes.put_slos(builders.an_slo(key) for key in self.slos)
            unit.pairings.pair_org(self.pairing("english", self.account, "English"))
            unit.commit()
        self._wire()

    def _wire(self) -> None:
        agents = PlaceAgents(self.desk.agents)
        book = SyncBook(self.units, self.transact, self.clock, CountedIds("publication"))
        self.plan_outcomes = PlanOutcomes(self.units, at_once, agents)
        self.new_id = CountedIds("sync")
        self.sync_outcomes = SyncOutcomes(
            self.units, at_once, self.clock, self.new_id, self.plan_outcomes
        )
        self.stop = StopSync(self.units, self.clock, self.jobs)
        self.retry = RetrySync(self.units, self.clock, self.jobs)
        self.undo = UndoSync(self.units, self.clock, self.new_id)
        self.publish = PublishOutcomes(book, agents, self.nap)
        self.runner = MemoryRunner(self.jobs, {"sync-outcomes": self.publish})

    async def transact(self, work: Callable[[], T]) -> T:
        """As the job sees it; the process may die at the next door."""
        self.mortality.pass_door()
        result = work()
        self.mortality.pass_door()
        return result

    async def nap(self, seconds: float) -> None:
        """Instead of waiting: note it, and let the LMS work meanwhile."""
        self.naps.append(seconds)
        self.lms.state.uploads.run()

    @staticmethod
    def pairing(org: str, account: LmsAccountRef, name: str) -> OrgPairing:
        return OrgPairing(OrgId(f"org-{org}"), SITE, account, name, "command line", NOON)

    def command(
        self,
        scope: SyncScope = COURSE,
        viewer: Viewer = STEWARD,
        destination: LmsAccountRef | None = None,
    ) -> PlanOutcomesCommand:
        return PlanOutcomesCommand(viewer.person_id, viewer.role, scope, SITE, destination)

    async def plan(
        self,
        scope: SyncScope = COURSE,
        viewer: Viewer = STEWARD,
        destination: LmsAccountRef | None = None,
    ) -> OutcomesPlan:
        return await self.plan_outcomes(self.command(scope, viewer, destination))

    async def start(
        self,
        *slos: str,
        scope: SyncScope = COURSE,
        viewer: Viewer = STEWARD,
        overwrite: Iterable[str] = (),
        accepted: Iterable[str] = (),
    ) -> SyncRunId | None:
        chosen = ids(slos) if slos else None
        command = SyncOutcomesCommand(
            self.command(scope, viewer), chosen, ids(overwrite), frozenset(accepted)
        )
        return await self.sync_outcomes(command)

    async def sync(
        self,
        *slos: str,
        scope: SyncScope = COURSE,
        viewer: Viewer = STEWARD,
        overwrite: Iterable[str] = (),
        accepted: Iterable[str] = (),
    ) -> SyncReport:
        """Send, and carry it out."""
        run_id = await self.start(
            *slos, scope=scope, viewer=viewer, overwrite=overwrite, accepted=accepted
        )
        assert run_id is not None, "there is nothing to do"
        await self.runner.run_all()
        return self.report(run_id)

    def report(self, run_id: SyncRunId) -> SyncReport:
        return ReadSyncReport(self.units)(COMMAND_LINE, run_id)

    def change(self, key: str, **changes: object) -> None:
        """Another wording, state or version of an SLO."""
        with self.units() as unit:
            slo = unit.outcomes.slos_by_id([SloId(f"slo-{key}")])[SloId(f"slo-{key}")]
            changed: Slo = replace(slo, **changes)  # type: ignore[arg-type] # fields of an SLO
            unit.outcomes.put_slos([changed])
            unit.commit()

    def work_scope(self) -> WorkScope:
        """Tess' section and its Canvas course (F25)."""
        return WorkScope(WORK, SITE, self.desk.room.course)

    def titles(self, place: OutcomePlace | None = None) -> dict[str, str]:
        """What the place shows: titles by guid."""
        shown = self.canvas.shown_in(place or self.place)
        return {one.guid: one.content.title for one in shown}

    def ref(self, key: str, generation: int = 1) -> LmsOutcomeRef:
        wanted = guid(key, generation)
        return next(one.ref for one in self.canvas.outcomes.values() if one.guid == wanted)

    def folders(self) -> list[FoundFolder]:
        """Ours."""
        return [one for one in self.canvas.folders_in(self.place) if one.guid]

    def align(self, outcome: LmsOutcomeRef, *, assessed: bool = False) -> None:
        """A teacher puts it on a rubric, and rates a student with it."""
        room, rubrics = self.desk.room, self.lms.state.rubrics
        scale = self.canvas.outcomes[outcome].content.scale
        row = rubrics.given_criterion("Row", scale.ratings if scale else (), outcome=outcome)
        rubrics.given_rubric(room.course, room.assignment, [row])
        if assessed:
            best = row.ratings[0]
            given = GivenRating(row.ref, best.ref, best.points)
            rubrics.given_rating(room.assignment, room.refs["ana"], [given])

    def publications(self) -> list[Publication]:
        with self.units(write=False) as unit:
            return unit.publications.of_site(SITE)

    def resume(self, name: str) -> None:
        """Somebody has just given an authorisation."""
        with self.units() as unit:
            resume_waiting(unit, SITE, PersonId(f"person-{name}"))
            unit.commit()

    def edited_there(self, key: str, title: str) -> None:
        held = self.canvas.outcomes[self.ref(key)]
        self.canvas.outcomes[held.ref] = replace(held, content=replace(held.content, title=title))

    def live(self) -> set[str]:
        return {one.guid for one in self.publications() if one.live}

    def deeds(self) -> list[str]:
        return [verb for _, verb in self.desk.deeds()]


def guid(key: str, generation: int = 1) -> str:
    return slo_guid(ROOT, SloId(f"slo-{key}"), generation)


def ids(keys: Iterable[str]) -> frozenset[SloId]:
    return frozenset(SloId(f"slo-{key}") for key in keys)


MANY = ("a", "b", "c", "d", "e", "f", "g")
"""More than go by single calls."""


def steps(plan: OutcomesPlan) -> dict[str, Step]:
    return {line.wish.code.lower(): line.step for line in plan.lines}


def reasons(report: SyncReport) -> dict[str, str]:
    return {line.item.label.lower(): line.reason for line in report.lines}
