"""What a school exchanges with Canvas besides grades: who may, and the outcomes that are sent."""

import asyncio
import re
from collections import Counter
from dataclasses import dataclass, field, replace

from application.outcome_sync.scope import CourseScope
from application.ports.secrets import authorisation_row
from application.ports.unit_of_work import UnitOfWork
from application.queries.outcome_sync.sync_report import SyncReport
from application.use_cases.outcome_sync.plan_outcomes import PlanOutcomesCommand
from application.use_cases.outcome_sync.sync_outcomes import SyncOutcomesCommand
from application.viewers import Viewer
from domain.ids import CourseId, LmsAccountRef, LmsUserRef, SloId
from domain.outcomes.guids import slo_guid
from entrypoints.bootstrap import House, with_lms
from sandbox.canvas import outcomes
from tests import builders
from tests.crash.school import SITE, TESS, School
from tests.exchange_builders import an_account_authorisation

ACCOUNT, ROOT = "2", LmsAccountRef("1")
COMMAND_LINE = Viewer(None, None)
_UPLOAD = re.compile(r"/outcome_imports$")
_ADD = re.compile(r"/outcome_groups/\d+/outcomes$")


@dataclass
class Exchange:
    """Tess teaches the course and administers the account above it, here and in Canvas."""

    school: School
    calls: Counter[str] = field(default_factory=Counter)
    """Those that hand over outcomes and reached Canvas: `uploads` and `added`."""

    def __post_init__(self) -> None:
        self.school.canvas.faults.listeners.append(self._heard)
        self.school.canvas.state.admins.add((TESS, int(ACCOUNT)))
        with self.school.house() as house, house.use_cases.units()() as unit:
            self._authorise(house, unit)
            unit.commit()

    def _authorise(self, house: House, unit: UnitOfWork) -> None:
        held, seal = builders.an_authorisation(), house.use_cases.sealer().seal
        row, token = authorisation_row(held.id), self.school.canvas.token_for(TESS)
        unit.sites.save_authorisation(
            replace(
                held,
                access_token=seal(token, row),
                refresh_token=seal("", row),
                expires_at=None,
                user_ref=LmsUserRef(str(TESS)),
            )
        )
        unit.sites.save(replace(unit.sites.get(SITE.id), account_ref=ACCOUNT))
        unit.pairings.save_account(an_account_authorisation(account_ref=ACCOUNT))

    def _heard(self, method: str, path: str) -> None:
        if method == "POST":
            self.calls["uploads"] += _UPLOAD.search(path) is not None
            self.calls["added"] += _ADD.search(path) is not None


@dataclass
class Sending(Exchange):
    """The CSLOs `slos` of the course go to its account."""

    slos: tuple[str, ...] = ()

    def press_send(self) -> None:
        async def press(house: House) -> None:
            async with with_lms(house):
                scope = CourseScope(CourseId("course-engl101"))
                planning = PlanOutcomesCommand(None, None, scope, SITE.id)
                await house.use_cases.sync_outcomes()(SyncOutcomesCommand(planning))

        with self.school.house() as house:
            with house.use_cases.units()() as unit:
                unit.outcomes.put_slos(builders.an_slo(key) for key in self.slos)
                unit.commit()
            asyncio.run(press(house))

    def press_undo(self) -> None:
        with self.school.house() as house:
            run_id = self.report(house).run.id
            house.use_cases.undo_sync()(COMMAND_LINE, run_id)

    def report(self, house: House) -> SyncReport:
        """Of the newest run."""
        with house.use_cases.units()(write=False) as unit:
            run, *_ = unit.sync_runs.recent()
        return house.use_cases.read_sync_report()(COMMAND_LINE, run.id)

    def expected(self) -> Counter[str]:
        return Counter(slo_guid(ROOT, SloId(f"slo-{key}")) for key in self.slos)

    def shown(self) -> Counter[str]:
        """Outcomes as teachers find them in the account, each as often as it is there."""
        state = self.school.canvas.state
        links = outcomes.links_in(state, state.accounts[int(ACCOUNT)])
        return Counter(state.outcomes[link.outcome_id].vendor_guid or "" for link in links)

    def folders(self) -> list[str]:
        rows = self.school.canvas.state.outcome_groups_in("Account", int(ACCOUNT))
        return [row.title for row in rows if row.parent_id is not None]
