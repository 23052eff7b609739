"""Where the files of evidence lie, what they are, and who looks for malware in them."""

from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

Blocks = AsyncIterator[bytes]
"""A file piece by piece."""


@dataclass(frozen=True, slots=True)
class StoredKey:
    """`at` is when it was written; `size` in bytes."""

    key: str
    size: int
    at: datetime


class FileStore(Protocol):
    """Files under keys of chance. It may be a folder or a service in the network.

    Every method raises StorageUnavailable when the store does not do its part.
    """

    async def put(self, key: str, blocks: Blocks) -> None:
        """Store a file under a key that nothing has yet.

        What `blocks` raises is raised again; then, and when the task is cancelled, nothing
        is left under the key.
        """

    async def read(self, key: str) -> Blocks:
        """The whole file, piece by piece. Raises: NotFound when it is not there."""

    async def part(self, key: str, start: int, length: int) -> bytes:
        """Raises: NotFound when it is not there."""

    async def drop(self, keys: Iterable[str]) -> None:
        """Take files away; one that is not there is as well."""

    async def sweep(self, before: datetime) -> int:
        """Take away what uploads that died before that moment left; returns how many pieces."""

    def every(self) -> AsyncIterator[StoredKey]:
        """All files, in no order."""


@dataclass(frozen=True, slots=True)
class FileKind:
    """What a file is by its content; `extensions` with their dot, the usual one first."""

    media_type: str
    extensions: tuple[str, ...]
    is_zip: bool = False


class FileKinds(Protocol):
    def kind_of(self, head: bytes, name: str) -> FileKind | None:
        """The kind of a file with these first bytes, None when it is none of those taken.

        The name only tells plain texts apart, which have no mark of their own.
        """

    @property
    def named(self) -> str:
        """The kinds that are taken, in words."""

    @property
    def accepted(self) -> tuple[str, ...]:
        """All extensions, for the choice of files in a browser."""


class Scanner(Protocol):
    async def finds(self, blocks: Blocks) -> bool:
        """Whether there is malware in the file.

        Raises:
            ScannerUnavailable: it does not answer or could not look at the whole file.
        """
