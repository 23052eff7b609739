"""A thousand grades to the practice Canvas: calls of its bulk address, and the time they take.

The practice Canvas keeps its throttle as Canvas has it, and takes 0.4 s for each bulk job, one
after another. Time runs from the press of *Send* until every grade is read back; the job
worker is up before.
"""

import statistics
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from adapters.outbound.jobs.slots import Slots
from domain.delivery import DeliveryState
from entrypoints.bootstrap import LEASE_SECONDS, upgrade_schema
from tests.benchmark.figures import RUNS, Figure, NotMeasurable
from tests.benchmark.processes import child
from tests.crash.processes import until
from tests.crash.school import School, school_at

GRADES = 1000


def measure() -> list[Figure]:
    rounds = [_sent() for _ in range(RUNS)]
    calls = max(calls for calls, _ in rounds)
    seconds = statistics.median(seconds for _, seconds in rounds)
    return [
        Figure(f"{GRADES:,} grades, calls of update_grades", str(calls), target="at most 10"),
        Figure(f"{GRADES:,} grades, from Send to all read back", f"{seconds:.1f} s"),
    ]


def _sent() -> tuple[int, float]:
    """Bulk calls, and seconds until all grades were seen in the gradebook."""
    with (
        TemporaryDirectory(prefix="attain-bench-") as name,
        school_at(f"sqlite:///{name}/attain.db", Path(name), GRADES) as school,
    ):
        upgrade_schema(school.settings)
        school.make_ready_to_send()
        log = Path(name) / "worker.log"
        with child("entrypoints.cli", "worker", environment=school.environment, log=log):
            until(Slots(school.url, lease_seconds=LEASE_SECONDS).living_executors)
            began = perf_counter()
            school.press_send()
            _await_end(school)
            return school.posts.total(), perf_counter() - began


def _await_end(school: School) -> None:
    with school.house() as house:
        until(lambda: not school.reports(house)[0].send.is_open)
        report = school.reports(house)[0]
    if report.counted(DeliveryState.SENT) != GRADES:
        raise NotMeasurable(f"only {report.counted(DeliveryState.SENT)} grades arrived")
