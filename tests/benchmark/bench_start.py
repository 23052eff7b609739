"""`attain serve` until its first answer, and the memory of its idle processes."""

import statistics
from threading import Event

from tests.benchmark.figures import RUNS, Figure
from tests.benchmark.installation import Installation, installation
from tests.benchmark.processes import child, command_of, family, first_answer, resident_mb

_SETTLE_SECONDS = 2.0


def measure() -> list[Figure]:
    with installation(students=1, rows=1) as place:
        rounds = [_started(place) for _ in range(RUNS)]
    first, web, jobs = (statistics.median(column) for column in zip(*rounds, strict=True))
    return [
        Figure("`attain serve` to its first answer", f"{first:.2f} s", target="at most 1 s"),
        Figure("resident memory of an idle web worker", f"{web:.0f} MB", target="at most 110 MB"),
        Figure("resident memory of an idle job worker", f"{jobs:.0f} MB"),
    ]


def _started(place: Installation) -> tuple[float, float, float]:
    """Seconds to the first answer; megabytes of the web worker and of the job worker."""
    arguments = ("serve", "--port", str(place.port))
    with child(
        "entrypoints.cli", *arguments, environment=place.environment, log=place.log
    ) as server:
        first = first_answer(place.port, "/health/live", server)
        Event().wait(_SETTLE_SECONDS)
        children = family(server.pid)[1:]
        jobs = [pid for pid in children if " worker " in command_of(pid)]
        web = [pid for pid in children if " serve " in command_of(pid)]
        return first, max(map(resident_mb, web)), max(map(resident_mb, jobs))
