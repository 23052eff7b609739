"""Something that speaks clamd's INSTREAM on this machine, and knows one bad word."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import anyio
from anyio.abc import ByteStream, Listener, SocketAttribute, SocketStream
from anyio.streams.buffered import BufferedByteReceiveStream

BAD = b"X5O!P%@AP"


@dataclass
class ClamdDouble:
    """`answer` is given instead of a verdict; `most` is its StreamMaxLength, in bytes."""

    answer: bytes | None = None
    most: int = 10_000_000
    seen: list[int] = field(default_factory=list)

    async def serve(self, line: ByteStream) -> None:
        async with line:
            heard = BufferedByteReceiveStream(line)
            assert await heard.receive_exactly(10) == b"zINSTREAM\0"
            content = b""
            while size := int.from_bytes(await heard.receive_exactly(4), "big"):
                content += await heard.receive_exactly(size)
                if len(content) > self.most:
                    await line.send(b"INSTREAM size limit exceeded. ERROR\0")
                    return
            self.seen.append(len(content))
            found = b"stream: Eicar-Signature FOUND\0" if BAD in content else b"stream: OK\0"
            await line.send(found if self.answer is None else self.answer)


@asynccontextmanager
async def listening(double: ClamdDouble, path: str = "") -> AsyncIterator[str]:
    """Its address: of a Unix socket at `path`, else of a TCP port."""
    listener, address = await (_at_socket(path) if path else _at_port())
    async with listener, anyio.create_task_group() as group:
        group.start_soon(listener.serve, double.serve)
        yield address
        group.cancel_scope.cancel()


async def _at_socket(path: str) -> tuple[Listener[SocketStream], str]:
    return await anyio.create_unix_listener(path), f"unix://{path}"


async def _at_port() -> tuple[Listener[SocketStream], str]:
    listener = await anyio.create_tcp_listener(local_host="127.0.0.1")
    port = listener.extra(SocketAttribute.local_port)
    return listener, f"tcp://127.0.0.1:{port}"
