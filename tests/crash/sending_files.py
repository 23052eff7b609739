"""A client that sends files to a real server, whole or cut, and the memory of that server."""

import socket
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from adapters.inbound.http.csrf_tokens import issue
from adapters.outbound.runtime.chance import new_secret
from adapters.outbound.runtime.clock import SystemClock
from application.use_cases.access.session_starts import Started, StartSessionCommand
from application.use_cases.access.sessions import StartSession
from domain.access import Role
from domain.evidence import Evidence, EvidenceTarget
from domain.ids import PersonId, SectionAssessmentId
from tests.crash.processes import Processes, children_of, until
from tests.crash.school import WORK, School

BLOCK = bytes(1 << 20)
HEAD = b"%PDF-1.7\n"
_BOUNDARY = "attain-boundary"


@dataclass
class Sender:
    """A student of the school, signed in, speaking bare HTTP."""

    school: School
    processes: Processes
    server: int
    started: Started
    student: PersonId

    @property
    def path(self) -> str:
        return f"/works/{WORK}/mine/evidence"

    def streamed(self, size: int, *, cut_at: int | None = None) -> bytes:
        """Send one file as the body of a request; the answer, empty after a cut."""
        headers = {
            "x-csrf-token": issue(self.started.session_id),
            "x-file-name": quote("film.pdf"),
            "content-type": "application/octet-stream",
        }
        return self._sent(f"{self.path}/file", headers, size, cut_at, b"", b"")

    def by_form(self, size: int) -> bytes:
        """Send one file as a plain form does."""
        field = f"--{_BOUNDARY}\r\nContent-Disposition: form-data; name="
        token = f'{field}"csrf"\r\n\r\n{issue(self.started.session_id)}\r\n'
        file = f'{field}"files"; filename="film.pdf"\r\nContent-Type: application/pdf\r\n\r\n'
        headers = {"content-type": f"multipart/form-data; boundary={_BOUNDARY}"}
        end = f"\r\n--{_BOUNDARY}--\r\n".encode()
        return self._sent(self.path, headers, size, None, (token + file).encode(), end)

    def kept(self) -> list[Evidence]:
        target = EvidenceTarget.result(SectionAssessmentId(WORK), self.student)
        with self.school.house() as house, house.use_cases.units()(write=False) as unit:
            return unit.evidence.of_target(target)

    def stored(self) -> list[int]:
        """Sizes of all files in the store, those of uploads under way too."""
        folder = self.school.folder / "evidence"
        return [path.stat().st_size for path in folder.rglob("*") if path.is_file()]

    def peak(self) -> int:
        """The most memory that any process of the server had since the last time, in bytes."""
        pids = [self.server, *(child.pid for child in children_of(self.server))]
        peaks = [_peak(pid) for pid in pids]
        return max(peaks)

    def forget_peak(self) -> None:
        for child in children_of(self.server):
            Path(f"/proc/{child.pid}/clear_refs").write_text("5")

    def _sent(
        self,
        path: str,
        headers: dict[str, str],
        size: int,
        cut_at: int | None,
        before: bytes,
        after: bytes,
    ) -> bytes:
        length = len(before) + size + len(after)
        given = {
            "host": f"127.0.0.1:{self.school.attain_port}",
            "cookie": f"attain={self.started.cookie}",
            "sec-fetch-site": "same-origin",
            "accept": "application/json",
            "content-length": str(length),
            "connection": "close",
            **headers,
        }
        lines = [f"POST {path} HTTP/1.1", *(f"{name}: {value}" for name, value in given.items())]
        with closing(socket.create_connection(("127.0.0.1", self.school.attain_port))) as line:
            line.sendall("\r\n".join([*lines, "", ""]).encode() + before)
            for piece in _pieces(size if cut_at is None else cut_at):
                line.sendall(piece)
            if cut_at is not None:
                return b""
            line.sendall(after)
            return _heard(line)


@contextmanager
def sending(school: School, processes: Processes) -> Iterator[Sender]:
    """The school served by one web process, and its first student before it."""
    student = PersonId(f"person-{school.students[0]}")
    with school.house() as house:
        start = StartSession(house.use_cases.units(), SystemClock(), new_secret)
        command = StartSessionCommand(student, Role.STUDENT, {}, "", "/")
        started = start(command)
    words = ("--port", str(school.attain_port), "--workers", "1", "--no-jobs")
    with processes.running("serve", *words) as parent:
        sender = Sender(school, processes, parent.pid, started, student)
        until(lambda: _listens(school.attain_port), processes.said)
        yield sender


def _pieces(size: int) -> Iterator[bytes]:
    yield HEAD[:size]
    left = size - len(HEAD)
    while left > 0:
        yield BLOCK[:left]
        left -= len(BLOCK)


def _heard(line: socket.socket) -> bytes:
    answer = b""
    while piece := line.recv(65536):
        answer += piece
    return answer


def _listens(port: int) -> bool:
    with socket.socket() as line:
        return line.connect_ex(("127.0.0.1", port)) == 0


def _peak(pid: int) -> int:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    (peak,) = [line for line in lines if line.startswith("VmHWM:")]
    return int(peak.split()[1]) * 1024
