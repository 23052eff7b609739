"""A thousand course outcomes to the practice Canvas: calls, time and memory; and by canvasapi.

Canvas holds each call up for 50 ms and takes ten seconds for an import, of which the real one
works on one at a time. Time runs from the press of *Send Outcomes*, planning included, until all
are read back; the job worker is up before. canvasapi then makes the same outcomes in the same
Canvas by a call each, once.
"""

import asyncio
import statistics
import warnings
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

import canvasapi

from adapters.outbound.jobs.slots import Slots
from application.outcome_sync.scope import OrgScope
from application.use_cases.outcome_sync.plan_outcomes import PlanOutcomesCommand
from application.use_cases.outcome_sync.sync_outcomes import SyncOutcomesCommand
from domain.ids import SyncRunId
from domain.outcomes.sync_run import ItemState
from entrypoints.bootstrap import LEASE_SECONDS, House, upgrade_schema, with_lms
from tests.benchmark.figures import RUNS, Figure, NotMeasurable, against
from tests.benchmark.outcome_college import (
    COURSES,
    ORG,
    ROOT_ACCOUNT,
    SLOS_A_COURSE,
    Heard,
    fill,
)
from tests.benchmark.processes import child, peak_mb
from tests.crash.processes import until
from tests.crash.school import SITE, TESS, School, school_at

LATENCY_SECONDS, IMPORT_SECONDS = 0.05, 10.0
OUTCOMES = COURSES * SLOS_A_COURSE
_KINDS = ("uploads", "polls", "other writes", "reads")
_WHAT = f"{OUTCOMES:,} outcomes of {COURSES} courses"
_COMMAND = SyncOutcomesCommand(PlanOutcomesCommand(None, None, OrgScope(ORG), SITE.id))


@dataclass(frozen=True, slots=True)
class Sent:
    seconds: float
    calls: Counter[str]
    peak_mb: float
    idle_mb: float
    again: Counter[str]
    """The calls when the same is sent once more."""


def measure() -> list[Figure]:
    rounds: list[Sent] = []
    while len(rounds) < RUNS - 1:
        with _school() as school:
            rounds.append(_sent(school))
    with _school() as school:
        rounds.append(_sent(school))
        calls, peer = _by_canvasapi(school)
    return [*_figures(rounds), _beside(rounds, peer, calls)]


@contextmanager
def _school() -> Iterator[School]:
    with (
        TemporaryDirectory(prefix="attain-bench-") as name,
        school_at(
            f"sqlite:///{name}/attain.db", Path(name), size=1, latency=LATENCY_SECONDS
        ) as school,
    ):
        school.canvas.jobs.delay = IMPORT_SECONDS
        upgrade_schema(school.settings)
        fill(school)
        yield school


def _sent(school: School) -> Sent:
    heard = Heard(school.canvas)
    log = school.folder / "worker.log"
    with child("entrypoints.cli", "worker", environment=school.environment, log=log) as worker:
        until(Slots(school.url, lease_seconds=LEASE_SECONDS).living_executors)
        idle = peak_mb(worker.pid)
        began = perf_counter()
        _await_end(school, _press(school))
        seconds, calls = perf_counter() - began, heard.take()
        if _press(school) is not None:
            raise NotMeasurable("the second run found something to send")
        return Sent(seconds, calls, peak_mb(worker.pid), idle, heard.take())


def _press(school: School) -> SyncRunId | None:
    """Plan, and decide to send all of it; None when there is nothing to send."""

    async def press(house: House) -> SyncRunId | None:
        async with with_lms(house):
            return await house.use_cases.sync_outcomes()(_COMMAND)

    with school.house() as house:
        return asyncio.run(press(house))


def _await_end(school: School, run_id: SyncRunId | None) -> None:
    if run_id is None:
        raise NotMeasurable("there was nothing to send")
    with school.house() as house:
        units = house.use_cases.units()

        def ended() -> bool:
            with units(write=False) as unit:
                return not unit.sync_runs.get(run_id).is_open

        until(ended)
        with units(write=False) as unit:
            done = sum(item.state is ItemState.DONE for item in unit.sync_runs.items(run_id))
    if done != OUTCOMES:
        raise NotMeasurable(f"only {done} outcomes arrived")


def _by_canvasapi(school: School) -> tuple[int, float]:
    """Calls, and seconds until all are made; a folder for each course, as ours has."""
    shown = [outcome for outcome in school.canvas.state.outcomes.values() if not outcome.deleted]
    heard, began = Heard(school.canvas), perf_counter()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # it warns of http, which is loopback here
        client: Any = canvasapi.Canvas(school.canvas_url, school.canvas.token_for(TESS))
    root = client.get_account(ROOT_ACCOUNT).get_root_outcome_group()
    for course in range(COURSES):
        folder = root.create_subgroup(f"Course {course}")
        for outcome in shown[course * SLOS_A_COURSE : (course + 1) * SLOS_A_COURSE]:
            folder.link_new(
                outcome.title,
                display_name=outcome.display_name,
                description=outcome.description,
                vendor_guid=f"peer:{outcome.vendor_guid}",
                mastery_points=outcome.mastery_points,
                ratings=[
                    {"description": one.description, "points": one.points}
                    for one in outcome.ratings
                ],
            )
    return heard.take().total(), perf_counter() - began


def _figures(rounds: list[Sent]) -> list[Figure]:
    worst = {kind: max(each.calls[kind] for each in rounds) for kind in _KINDS}
    again = [each.again for each in rounds]
    seconds = statistics.median(each.seconds for each in rounds)
    peak, idle = max(each.peak_mb for each in rounds), max(each.idle_mb for each in rounds)
    writes = max(each["uploads"] + each["other writes"] for each in again)
    return [
        Figure(f"{_WHAT}, uploads", str(worst["uploads"]), target="1"),
        Figure(f"{_WHAT}, polls", str(worst["polls"]), target="at most 10"),
        Figure(f"{_WHAT}, other writes", str(worst["other writes"])),
        Figure(f"{_WHAT}, reads", str(worst["reads"])),
        Figure(f"{_WHAT}, from Send to all read back", f"{seconds:.1f} s",
               f"{IMPORT_SECONDS:.1f} s is Canvas' own job"),
        Figure("peak memory of the job worker", f"{peak:.0f} MB", f"{idle:.0f} MB before"),
        Figure(f"{_WHAT} once more, writes", str(writes), target="0"),
        Figure(f"{_WHAT} once more, reads", str(max(each["reads"] for each in again))),
    ]  # fmt: skip


def _beside(rounds: list[Sent], peer: float, calls: int) -> Figure:
    seconds = statistics.median(each.seconds for each in rounds)
    name = f"canvasapi, {calls:,} calls"
    return against(_WHAT, seconds, peer, "s", peer_name=name, target="")
