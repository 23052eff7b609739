"""Five thousand assessed submissions of a course, read by our gateway and by canvasapi.

Both ask the same practice Canvas, which holds each call up for 50 ms without working. Each
round begins with a fresh client, which knows the course and its assignments, and with a token
whose bucket is empty; one round goes before, for which the practice Canvas makes its answers.
canvasapi, which takes half a minute, has one round; it asks for 100 a page by itself. The bound
is what nobody can beat without being refused: all our requests, as many at once as Canvas'
throttle bears.
"""

import asyncio
import statistics
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from sandbox.canvas.serving import free_port
from tests.benchmark.figures import RUNS, Figure, NotMeasurable, against
from tests.benchmark.processes import HOST, child, first_answer
from tests.benchmark.rated_course import ASSIGNMENTS, STUDENTS, token_of
from tests.benchmark.reading import Read, by_canvasapi, by_us

LATENCY_SECONDS = 0.05
SAFE_CONCURRENCY = 11
"""Each call in flight holds 50 units, and the one that fills the bucket to 600 is refused."""
SUBMISSIONS = STUDENTS * ASSIGNMENTS
_WHAT = f"{SUBMISSIONS:,} assessed submissions at {LATENCY_SECONDS * 1000:.0f} ms"


def measure() -> list[Figure]:
    with _practice_canvas() as url:
        asyncio.run(by_us(url, token_of(RUNS)))
        ours = _median([asyncio.run(by_us(url, token_of(number))) for number in range(RUNS)])
        return _figures(ours, _median([by_canvasapi(url)]))


@contextmanager
def _practice_canvas() -> Iterator[str]:
    port = free_port(HOST)
    arguments = ("tests.benchmark.rated_course", str(port), str(LATENCY_SECONDS))
    with (
        TemporaryDirectory(prefix="attain-bench-") as folder,
        child(*arguments, environment={}, log=Path(folder) / "canvas.log") as process,
    ):
        first_answer(port, "/_practice/faults", process)
        yield f"http://{HOST}:{port}"


def _median(reads: list[Read]) -> Read:
    """The median time; requests and refusals of the worst round."""
    if any(read.submissions != SUBMISSIONS for read in reads):
        raise NotMeasurable("not all submissions were read")
    return Read(
        statistics.median(read.seconds for read in reads),
        statistics.median(read.processor_seconds for read in reads),
        max(read.requests for read in reads),
        max(read.throttled for read in reads),
        SUBMISSIONS,
    )


def _figures(ours: Read, peer: Read) -> list[Figure]:
    name = "canvasapi, 100 a page"
    bound = ours.requests * LATENCY_SECONDS / SAFE_CONCURRENCY
    processor = (ours.processor_seconds, peer.processor_seconds)
    return [
        against(_WHAT, ours.seconds, peer.seconds, "s", peer_name=name, target="at least 40x"),
        Figure(
            "time against requests x latency / safe concurrency",
            f"{ours.seconds / bound:.2f} x {bound:.2f} s",
            target="at most 3.5 x",
        ),
        Figure("requests", str(ours.requests), str(peer.requests)),
        Figure("throttled refusals", str(ours.throttled), str(peer.throttled), target="0"),
        against("processor time of the reader", *processor, "s", peer_name=name, target=""),
    ]
