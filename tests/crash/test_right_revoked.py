"""The right to manage outcomes is taken away in Canvas while outcomes are on their way (F6)."""

from collections import Counter
from collections.abc import AsyncIterator

import httpx
import pytest

from adapters.outbound.jobs.memory_jobs import MemoryJobs
from adapters.outbound.memory.unit_of_work import MemoryUnits
from application.doctor.findings import Finding, Verdict
from application.errors import LmsForbidden
from application.outcome_sync.scope import WholeCollege
from application.ports.unit_of_work import UnitOfWork
from application.queries.outcome_sync.sync_report import SyncReport
from application.use_cases.outcome_sync.plan_outcomes import PlanOutcomesCommand
from application.use_cases.outcome_sync.sync_outcomes import SyncOutcomesCommand
from application.viewers import Viewer
from domain.access import Role
from domain.ids import LmsAccountRef, OrgId, PersonId, SloId, SyncRunId
from domain.outcomes.guids import slo_guid
from domain.outcomes.sync_run import ItemState, RunState
from domain.slo import SloState
from sandbox.canvas import outcomes
from sandbox.canvas.records import Login, User
from tests import builders
from tests.contract.fault_house import TESS, FaultHouse, a_fault_house
from tests.exchange_builders import an_org_pairing
from tests.stand_ins import FixedClock

KIM, KIM_THERE = PersonId("person-kim"), 901
TESS_THERE = 900
SUBJECTS = ("biology", "physics")
SLOS = {subject: [f"{subject}-{number}" for number in range(7)] for subject in SUBJECTS}
"""So many that each place gets an upload, and somebody waits for it."""
SITE = builders.a_site().id


class TwoPlaces:
    """The CSLOs of two courses go to two accounts; Tess, a Data Steward, administers both."""

    def __init__(self, house: FaultHouse, practice: httpx.AsyncClient) -> None:
        self.house, self.practice, self.state = house, practice, house.canvas.state
        parent = house.account
        self.accounts = {one: house.harness.given_account(parent=parent) for one in SUBJECTS}
        kim, now = KIM_THERE, house.clock.now()
        self.state.users[kim] = User(kim, "Kim", "Kim", "Kim", "kim", now)
        self.state.logins[kim] = Login(kim, kim, "kim", "Ckim")
        with house.units() as unit:
            unit.roster.grant(builders.a_role_grant("tess", role=Role.DATA_STEWARD))
            unit.roster.put_people([builders.a_person("kim")])
            for subject, account in self.accounts.items():
                self._store(unit, subject, account)
            unit.commit()

    @staticmethod
    def _store(unit: UnitOfWork, subject: str, account: LmsAccountRef) -> None:
        unit.roster.put_orgs([builders.an_org(subject)])
        course = builders.a_course(subject, org_id=OrgId(f"org-{subject}"))
        unit.roster.put_courses([course])
        unit.pairings.pair_org(an_org_pairing(subject, account_ref=account))
        unit.outcomes.put_slos(builders.an_slo(key, course_id=course.id) for key in SLOS[subject])
        unit.outcomes.put_slos(
            builders.an_slo(key, state=SloState.RETIRED) for key in ("thesis", "evidence")
        )

    async def takes_role(self, user: int = TESS_THERE) -> None:
        await self._admin(user, granted=False)

    async def gives_role(self, user: int = TESS_THERE) -> None:
        await self._admin(user, granted=True)

    async def _admin(self, user: int, *, granted: bool) -> None:
        role = {"user_id": user, "account_id": int(self.house.account), "granted": granted}
        answer = await self.practice.post("/_practice/admins", json=role)
        assert answer.status_code == 200

    async def decide(self) -> SyncRunId | None:
        planning = PlanOutcomesCommand(None, None, WholeCollege(), SITE)
        return await self.house.use.sync_outcomes()(SyncOutcomesCommand(planning))

    async def send(self) -> SyncRunId:
        run_id = await self.decide()
        assert run_id is not None
        await self.house.runner.run_all()
        return run_id

    def report(self, run_id: SyncRunId) -> SyncReport:
        return self.house.use.read_sync_report()(Viewer(None, None), run_id)

    async def doctor(self) -> dict[str, Finding]:
        """What `attain doctor` says of the site, by the name of the check."""
        found = await self.house.use.examine()()
        return {one.name.removeprefix("canvas main "): one for one in found}

    def shown(self) -> Counter[str]:
        """Outcomes as teachers find them, each as often as it is there."""
        contexts = [self.state.accounts[int(account)] for account in self.accounts.values()]
        links = [link for one in contexts for link in outcomes.links_in(self.state, one)]
        return Counter(self.state.outcomes[link.outcome_id].vendor_guid or "" for link in links)

    def expected(self) -> Counter[str]:
        keys = [key for subject in SUBJECTS for key in SLOS[subject]]
        return Counter(slo_guid(self.house.root, SloId(f"slo-{key}")) for key in keys)


@pytest.fixture
async def places(
    memory_units: MemoryUnits, memory_jobs: MemoryJobs, clock: FixedClock
) -> AsyncIterator[TwoPlaces]:
    async with a_fault_house(memory_units, memory_jobs, clock) as house:
        line, at = house.harness.line, house.canvas.state.host
        async with httpx.AsyncClient(transport=line, base_url=at) as practice:
            yield TwoPlaces(house, practice)


async def interrupted(places: TwoPlaces, *, after_polls: int) -> SyncRunId:
    """The role goes while the job waits for Canvas to work through an upload."""

    async def nothing() -> None:
        return

    places.house.meanwhile += [nothing] * after_polls + [places.takes_role]
    return await places.send()


async def all_is_there_once(places: TwoPlaces, run_id: SyncRunId) -> None:
    report = places.report(run_id)
    assert (report.run.state, report.run.reason) == (RunState.DONE, "")
    assert {line.item.state for line in report.lines} == {ItemState.DONE}
    assert places.shown() == places.expected()
    assert await places.decide() is None
    assert places.house.use.verify_audit()().broken_at is None


@pytest.mark.parametrize("after_polls", [0, 1], ids=["in the first place", "in the second place"])
class TestInTheMiddle:
    async def test_the_run_waits_with_its_reason_and_the_doctor_says_so(
        self, places: TwoPlaces, after_polls: int
    ) -> None:
        run_id = await interrupted(places, after_polls=after_polls)

        report, doctor = places.report(run_id), await places.doctor()
        assert (report.run.state, report.run.reason) == (RunState.WAITING, "unauthorised")
        assert "Authorize" in report.waiting_for
        assert 0 < sum(line.item.is_open for line in report.lines) <= report.total
        assert report.failed == 0
        severed, right = doctor["severed authorization"], doctor["account right"]
        assert "right-lost" in severed.says
        assert "let another administrator authorize" in severed.cure
        assert (right.verdict, right.cure) == (
            Verdict.BAD,
            "authorize under System Settings > Integrations > Canvas",
        )

    async def test_another_steward_authorizes_and_it_goes_on_by_itself(
        self, places: TwoPlaces, after_polls: int
    ) -> None:
        run_id = await interrupted(places, after_polls=after_polls)
        await places.gives_role(KIM_THERE)

        await places.house.consent(KIM, KIM_THERE, for_account=True)
        await places.house.runner.run_all()

        await all_is_there_once(places, run_id)
        assert (await places.doctor())["account right"].verdict is Verdict.GOOD

    async def test_the_same_person_gets_the_role_back_and_authorizes_again(
        self, places: TwoPlaces, after_polls: int
    ) -> None:
        run_id = await interrupted(places, after_polls=after_polls)
        await places.gives_role()

        await places.house.consent(TESS, TESS_THERE, for_account=True)
        await places.house.runner.run_all()

        await all_is_there_once(places, run_id)
        assert "severed authorization" not in await places.doctor()

    async def test_who_lacks_the_right_cannot_make_it_go_on(
        self, places: TwoPlaces, after_polls: int
    ) -> None:
        run_id = await interrupted(places, after_polls=after_polls)

        with pytest.raises(LmsForbidden, match="Ask a Canvas administrator"):
            await places.house.consent(TESS, TESS_THERE, for_account=True)
        await places.house.runner.run_all()

        assert places.report(run_id).run.waits


async def test_a_second_steward_takes_over_in_the_middle(places: TwoPlaces) -> None:
    await places.gives_role(KIM_THERE)
    places.house.clock.advance(minutes=1)
    await places.house.consent(KIM, KIM_THERE, for_account=True)

    run_id = await interrupted(places, after_polls=0)

    await all_is_there_once(places, run_id)
    assert "right-lost" in (await places.doctor())["severed authorization"].says


async def test_a_role_that_is_taken_here_changes_nothing(places: TwoPlaces) -> None:
    with places.house.units() as unit:
        unit.roster._grants.remove(unit.roster.roles_of(TESS))
        unit.roster.put_people([builders.a_person("tess", active=False)])
        unit.commit()

    run_id = await places.send()

    await all_is_there_once(places, run_id)
    assert (await places.doctor())["account right"].verdict is Verdict.GOOD
