"""A mail server on this machine that keeps what it is given, or says no when told to."""

import socketserver
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Thread


@dataclass
class Sink:
    """`refusing` maps a command to the line that answers it instead of 250."""

    port: int = 0
    mails: list[str] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    refusing: dict[str, str] = field(default_factory=dict)


class _Session(socketserver.StreamRequestHandler):
    sink: Sink

    def handle(self) -> None:
        self._say("220 sink")
        while line := self.rfile.readline():
            command = line.decode("ascii").strip()
            verb = command.partition(" ")[0].upper()
            if verb == "QUIT":
                self._say("221 bye")
                return
            if verb in self.sink.refusing:
                self._say(self.sink.refusing[verb])
            elif verb == "DATA":
                self._take()
            else:
                if verb == "RCPT":
                    self.sink.recipients.append(command.partition(":")[2].strip())
                self._say("250 fine")

    def _take(self) -> None:
        self._say("354 go on")
        lines = []
        while (line := self.rfile.readline().decode("utf-8")) != ".\r\n":
            lines.append(line)
        self.sink.mails.append("".join(lines))
        self._say("250 kept")

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


@contextmanager
def sink() -> Iterator[Sink]:
    kept = Sink()
    handler = type("Session", (_Session,), {"sink": kept})
    with socketserver.TCPServer(("127.0.0.1", 0), handler) as server:
        kept.port = server.server_address[1]
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield kept
        server.shutdown()
        thread.join()
