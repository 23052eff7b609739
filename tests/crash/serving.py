"""`attain serve` as a process with its children: web workers and one job worker."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import httpx

from adapters.outbound.jobs.slots import Slots
from tests.crash.processes import Child, Processes, Seen, children_of, until
from tests.crash.school import School

WEB_WORKERS = 2


@dataclass(frozen=True, slots=True)
class Serving:
    parent: Child
    processes: Processes

    def children(self) -> list[Seen]:
        return children_of(self.parent.pid)

    def job_worker(self) -> Seen | None:
        """The child that executes jobs; None while there is none."""
        return next((one for one in self.children() if is_job_worker(one)), None)

    def web_workers(self) -> list[Seen]:
        return [one for one in self.children() if not is_job_worker(one)]

    def until_gone(self, children: list[Seen]) -> None:
        until(
            lambda: all(child.is_gone for child in children),
            lambda: [child for child in children if not child.is_gone],
        )


def is_job_worker(seen: Seen) -> bool:
    return "worker --follow-parent" in seen.command


@contextmanager
def serving(school: School, processes: Processes) -> Iterator[Serving]:
    """Up with all its workers; whatever is left of them at the end is killed."""
    slots = Slots(school.url, lease_seconds=30)
    words = ("--port", str(school.attain_port), "--workers", str(WEB_WORKERS))
    with processes.running("serve", *words) as parent:
        served = Serving(parent, processes)
        until(lambda: _answers(school), processes.said)
        until(slots.living_executors, processes.said)
        try:
            yield served
        finally:
            left = served.children()
            parent.terminate()
            parent.wait()
            served.until_gone(left)


def _answers(school: School) -> bool:
    try:
        return httpx.get(f"{school.base_url}/health/ready", timeout=10).is_success
    except httpx.TransportError:
        return False
