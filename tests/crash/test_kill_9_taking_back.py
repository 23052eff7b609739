"""Outcomes are taken back out of Canvas, and the worker killed on the way: all of them go."""

from collections import Counter

import pytest

from domain.outcomes.sync_run import ItemState, RunState
from tests.crash.exchange import Sending
from tests.crash.processes import Processes
from tests.crash.school import School
from tests.crash.test_kill_9_syncing import FEW, work_until_done


@pytest.mark.parametrize("point", ["between two removals", "before the empty folder goes"])
def test_the_next_worker_takes_back_what_a_killed_one_left(
    lone_school: School, processes: Processes, point: str
) -> None:
    sending = Sending(lone_school, slos=FEW)
    lone_school.canvas.jobs.mode = "auto"
    sending.press_send()
    work_until_done(sending, processes)
    assert sending.shown() == sending.expected()

    sending.press_undo()
    processes.dies(point, "worker")
    work_until_done(sending, processes)

    with lone_school.house() as house:
        report = sending.report(house)
        with house.use_cases.units()(write=False) as unit:
            known = unit.publications.of_site(report.run.site_id)
        proof = house.use_cases.verify_audit()()
    assert (sending.shown(), sending.folders()) == (Counter(), [])
    assert (report.run.state, report.run.reason) == (RunState.DONE, "")
    assert {line.item.state for line in report.lines} == {ItemState.DONE}
    assert [one.guid for one in known if one.live] == []
    assert proof.broken_at is None
