"""A file through clamd's INSTREAM: pieces with their length before them, then one answer.

https://docs.clamav.net/manual/Usage/Scanning.html#clamd has the protocol.
"""

import asyncio
from asyncio import StreamReader, StreamWriter
from contextlib import suppress

from adapters.outbound.clamd.address import ClamdAddress
from application.errors import ScannerUnavailable
from application.ports.evidence_store import Blocks, Scanner

_PATIENCE = 120.0
"""Seconds for the answer after the last piece: archives take their time."""
_LONGEST_PIECE = 1 << 20
_LONGEST_ANSWER = 4096
_CLEAN, _FOUND = b"stream: OK", b" FOUND"
_TOO_LARGE = b"size limit exceeded"


class Clamd(Scanner):
    def __init__(self, address: ClamdAddress, patience: float = _PATIENCE) -> None:
        self._address = address
        self._patience = patience

    async def finds(self, blocks: Blocks) -> bool:
        try:
            answer = await self._ask(blocks)
        except (OSError, TimeoutError, EOFError) as error:
            raise ScannerUnavailable("The malware scanner does not answer.") from error
        if answer.endswith(_FOUND):
            return True
        if answer == _CLEAN:
            return False
        if _TOO_LARGE in answer:
            raise ScannerUnavailable(
                "The malware scanner takes no file of that size; raise StreamMaxLength in clamd."
            )
        raise ScannerUnavailable("The malware scanner could not look into the file.")

    async def _ask(self, blocks: Blocks) -> bytes:
        reader, writer = await asyncio.wait_for(self._connect(), self._patience)
        try:
            return await self._converse(reader, writer, blocks)
        finally:
            writer.close()

    async def _converse(self, reader: StreamReader, writer: StreamWriter, blocks: Blocks) -> bytes:
        """Listen from the first piece on: a refusal may come before the last one."""
        heard = asyncio.ensure_future(reader.read(_LONGEST_ANSWER))
        try:
            await self._send(writer, blocks, heard)
            answer = await asyncio.wait_for(heard, self._patience)
        finally:
            heard.cancel()
        if not answer:
            raise EOFError
        return answer.rstrip(b"\0\n").strip()

    async def _send(
        self, writer: StreamWriter, blocks: Blocks, heard: "asyncio.Future[bytes]"
    ) -> None:
        writer.write(b"zINSTREAM\0")
        with suppress(ConnectionError):  # what was heard before that says why
            async for block in blocks:
                for start in range(0, len(block), _LONGEST_PIECE):
                    piece = block[start : start + _LONGEST_PIECE]
                    writer.write(len(piece).to_bytes(4, "big") + piece)
                await asyncio.wait_for(writer.drain(), self._patience)
                if heard.done():
                    return
            writer.write(bytes(4))
            await asyncio.wait_for(writer.drain(), self._patience)

    async def _connect(self) -> tuple[StreamReader, StreamWriter]:
        if self._address.path:
            return await asyncio.open_unix_connection(self._address.path)
        return await asyncio.open_connection(self._address.host, self._address.port)
