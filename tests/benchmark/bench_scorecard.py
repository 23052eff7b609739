"""The scorecard of 100 students and 8 rows: server processor time and bytes of its page."""

import gzip
from collections.abc import Callable
from http.client import HTTPConnection

from adapters.outbound.runtime.chance import new_secret
from adapters.outbound.runtime.clock import SystemClock
from application.use_cases.access.session_starts import StartSessionCommand
from application.use_cases.access.sessions import StartSession
from domain.access import Role
from domain.ids import PersonId
from tests.benchmark.figures import Figure, NotMeasurable, median
from tests.benchmark.installation import ROWS, STUDENTS, Installation, installation
from tests.benchmark.processes import HOST, cpu_seconds
from tests.browser.scoring_server import LAUNCH, WORK

PAGES = 20


def measure() -> list[Figure]:
    with installation() as place, place.served("--no-jobs") as server:
        read = _reader(place)
        packed = read()
        spent = median(lambda: _per_page(read, server.pid))
    plain = len(gzip.decompress(packed))
    what = f"scorecard {STUDENTS} x {ROWS}"
    return [
        Figure(f"{what}, server CPU of a page", f"{spent:.1f} ms", target="at most 60 ms"),
        Figure(f"{what}, bytes sent (gzip)", f"{len(packed) / 1000:.1f} kB",
               f"{plain / 1000:.1f} kB unpacked"),
    ]  # fmt: skip


def _per_page(read: Callable[[], bytes], pid: int) -> float:
    before = cpu_seconds(pid)
    for _ in range(PAGES):
        read()
    return (cpu_seconds(pid) - before) / PAGES * 1000


def _reader(place: Installation) -> Callable[[], bytes]:
    """Fetches the page as its teacher, packed as it travels."""
    start = StartSession(place.house.use_cases.units(), SystemClock(), new_secret)
    command = StartSessionCommand(PersonId("person-tess"), Role.FACULTY, LAUNCH, "", "/")
    headers = {"Cookie": f"attain={start(command).cookie}", "Accept-Encoding": "gzip"}
    connection = HTTPConnection(HOST, place.port)

    def read() -> bytes:
        connection.request("GET", f"/works/{WORK}/scorecard", headers=headers)
        answer = connection.getresponse()
        page = answer.read()
        if answer.status != 200 or answer.getheader("content-encoding") != "gzip":
            raise NotMeasurable(f"the scorecard was answered with {answer.status}")
        return page

    return read
