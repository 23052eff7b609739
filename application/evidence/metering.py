"""A file on its way in: measured and hashed while it passes, never held as a whole."""

from collections.abc import AsyncIterator
from hashlib import sha256

from application.errors import Invalid
from application.ports.evidence_store import Blocks

HEAD = 8_192
"""So many first bytes tell what a file is."""


class Metered:
    """Passes blocks on and stops them at the limit.

    `declared` is how long the sender said that the file is; a connection that is cut may look
    like an end.
    """

    def __init__(self, blocks: Blocks, largest: int, declared: int | None = None) -> None:
        self._blocks = blocks
        self._largest = largest
        self._declared = declared
        self._waiting: list[bytes] = []
        self._hash = sha256()
        self.size = 0

    @property
    def digest(self) -> str:
        return self._hash.hexdigest()

    async def head(self) -> bytes:
        """The first bytes; they are passed on all the same. Raises: Invalid."""
        if self._declared is not None and self._declared > self._largest:
            raise _too_large(self._largest)
        got = 0
        while got < HEAD:
            block = await anext(self._blocks, None)
            if block is None:
                break
            self._waiting.append(block)
            got += len(block)
        return b"".join(self._waiting)[:HEAD]

    async def passed(self) -> AsyncIterator[bytes]:
        """Raises: Invalid when the file is too large, or ends before its end."""
        for block in self._waiting:
            yield self._counted(block)
        self._waiting.clear()
        async for block in self._blocks:
            yield self._counted(block)
        if self._declared is not None and self.size < self._declared:
            raise Invalid(
                "file", "the connection was cut before the file was whole; send it again."
            )

    def _counted(self, block: bytes) -> bytes:
        self.size += len(block)
        if self.size > self._largest:
            raise _too_large(self._largest)
        self._hash.update(block)
        return block


def _too_large(largest: int) -> Invalid:
    return Invalid("file", f"it is larger than {largest // 1_000_000} MB; send a smaller one.")
