"""Grades and outcomes on their way to Canvas, as operations that a fault may strike."""

from collections import Counter
from collections.abc import Iterable
from datetime import timedelta

import pytest

from application.errors import Invalid
from application.outcome_sync.scope import CourseScope, SyncScope, WorkScope
from application.use_cases.outcome_sync.plan_outcomes import PlanOutcomesCommand
from application.use_cases.outcome_sync.sync_outcomes import SyncOutcomesCommand
from application.use_cases.sending.retry_send import RETRIED
from application.use_cases.sending.send_scores import SendScoresCommand
from application.viewers import Viewer
from domain.access import Role
from domain.delivery import DeliveryState
from domain.ids import CourseId, PersonId, SendId, SyncRunId
from domain.outcomes.sync_run import ItemState
from tests import builders
from tests.contract.fault_house import ROWS, TESS
from tests.contract.fault_operation import (
    COMPLETE,
    FAILED,
    SITE_ID,
    WAITING,
    WORK,
    Operation,
    Standing,
)


class SendGrades(Operation):
    students: frozenset[PersonId] | None = None
    send_id: SendId

    async def begin(self) -> None:
        self.house.score_everybody()
        self.send_id = await self.decide()

    async def decide(self) -> SendId:
        command = SendScoresCommand(TESS, WORK, students=self.students)
        return await self.house.use.send_scores()(command)

    async def repeat(self) -> None:
        with pytest.raises(Invalid, match="at least one student"):
            await self.decide()

    def standing(self) -> Standing:
        report = self.house.use.read_send_report()(TESS, self.send_id)
        if report.send.waits:
            return Standing(report.send.reason, WAITING)
        if report.counted(DeliveryState.SENT) == report.total:
            return Standing("", COMPLETE)
        (reason,) = {row.delivery.reason for row in report.rows}
        return Standing(reason, FAILED)

    def press_again(self) -> None:
        self.house.use.retry_send()(TESS, self.send_id, states=RETRIED)

    def shown(self) -> Counter[str]:
        shown = self.house.harness.grades_shown(self.house.assignment)
        return Counter(f"{user}:{points}" for user, points in shown.items())

    def wanted(self) -> Iterable[str]:
        refs = self.house.refs.items()
        sent = [ref for name, ref in refs if not self.students or f"person-{name}" in self.students]
        return [f"{ref}:15.0" for ref in sent]


class SendOneGrade(SendGrades):
    students = frozenset({PersonId("person-ana")})


class SendAfterAnHour(SendGrades):
    """The access token has come to its end by the time the job runs."""

    async def begin(self) -> None:
        await super().begin()
        self.house.harness.token.expires_at = self.house.clock.now() - timedelta(seconds=1)


class SendOutcomes(Operation):
    for_account = True
    slos: tuple[str, ...] = (*ROWS, "style", "voice", "sources", "genre", "audience")
    run_id: SyncRunId

    async def begin(self) -> None:
        house = self.house
        with house.units() as unit:
            unit.outcomes.put_slos(builders.an_slo(key) for key in self.slos)
            unit.commit()
        run_id = await self.decide()
        assert run_id is not None
        self.run_id = run_id

    async def decide(self) -> SyncRunId | None:
        planning = PlanOutcomesCommand(TESS, Role.FACULTY, self.scope(), SITE_ID)
        return await self.house.use.sync_outcomes()(SyncOutcomesCommand(planning))

    async def repeat(self) -> None:
        assert await self.decide() is None

    def scope(self) -> SyncScope:
        return CourseScope(CourseId("course-engl101"))

    def standing(self) -> Standing:
        with self.house.units(write=False) as unit:
            run, items = unit.sync_runs.get(self.run_id), unit.sync_runs.items(self.run_id)
        if run.waits:
            return Standing(run.reason, WAITING)
        assert not run.is_open
        reasons = {item.reason for item in items if item.state is not ItemState.DONE}
        if not reasons:
            return Standing("", COMPLETE)
        (reason,) = reasons
        return Standing(reason, FAILED)

    def press_again(self) -> None:
        self.house.use.retry_sync()(Viewer(TESS, Role.FACULTY), self.run_id)

    def shown(self) -> Counter[str]:
        state = self.house.canvas.state
        live = {link.outcome_id for link in state.outcome_links.values() if not link.deleted}
        outcomes = [one for one in state.outcomes.values() if not one.deleted and one.id in live]
        folders = [one for one in state.outcome_groups.values() if not one.deleted]
        guids = [one.vendor_guid for one in outcomes] + [one.vendor_guid for one in folders]
        return Counter(guid for guid in guids if guid)

    def wanted(self) -> Iterable[str]:
        with self.house.units(write=False) as unit:
            items = unit.sync_runs.items(self.run_id)
        return {item.guid for item in items} | {item.folder.guid for item in items}


class SendFewOutcomes(SendOutcomes):
    slos = (*ROWS, "style")


class SendOutcomesOfWork(SendOutcomes):
    for_account = False
    slos = ROWS

    def scope(self) -> SyncScope:
        return WorkScope(WORK, SITE_ID, self.house.course)
