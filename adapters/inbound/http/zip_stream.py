"""A zip written while it is sent: no more of it is ever held than one block."""

import io
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

_EXECUTABLE_BY_NOBODY = 0o100644 << 16


@dataclass(frozen=True, slots=True)
class ZipPart:
    """A file of the zip; `packed` compresses it, which files of pictures do not need."""

    name: str
    blocks: AsyncIterator[bytes]
    packed: bool = True


class _Pipe(io.RawIOBase):
    """Takes what the archive writes and hands it on; it cannot go back, and zip need not."""

    def __init__(self) -> None:
        super().__init__()
        self._written: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        block = bytes(data)  # type: ignore[call-overload] # any buffer
        self._written.append(block)
        return len(block)

    def drained(self) -> bytes:
        written, self._written = self._written, []
        return b"".join(written)


async def whole(content: bytes) -> AsyncIterator[bytes]:
    """A small file in one block."""
    yield content


async def zip_stream(parts: AsyncIterator[ZipPart], at: datetime) -> AsyncIterator[bytes]:
    """The zip of these files, each dated `at`."""
    pipe = _Pipe()
    with ZipFile(pipe, "w") as archive:
        async for part in parts:
            info = ZipInfo(part.name, (at.year, at.month, at.day, at.hour, at.minute, at.second))
            info.compress_type = ZIP_DEFLATED if part.packed else ZIP_STORED
            info.external_attr = _EXECUTABLE_BY_NOBODY
            with archive.open(info, "w", force_zip64=True) as member:
                async for block in part.blocks:
                    member.write(block)
                    yield pipe.drained()
    yield pipe.drained()
