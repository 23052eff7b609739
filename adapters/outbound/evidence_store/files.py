"""Evidence files in anything that obstore speaks to."""

from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import obstore
from obstore.exceptions import BaseError
from obstore.store import LocalStore, ObjectStore

from application.errors import NotFound, StorageUnavailable
from application.ports.evidence_store import Blocks, FileStore, StoredKey

if TYPE_CHECKING:
    from obstore import BytesStream

_PART = 5 * 1024 * 1024
"""The smallest part that S3 takes of an upload."""
_PARTS_AT_ONCE = 2
_READ = 256 * 1024
_AWAY = "The files of evidence cannot be reached; nothing was stored. Try again in a minute."
_PREFIX = "files"


class ObjectFiles(FileStore):
    """`open_place` is called when the first file comes or goes, not at every start."""

    def __init__(self, open_place: Callable[[], ObjectStore]) -> None:
        self._open_place = open_place

    @cached_property
    def _place(self) -> ObjectStore:
        with _ours():
            return self._open_place()

    async def put(self, key: str, blocks: Blocks) -> None:
        """Claim the key, then write over the claim.

        Uploads in parts cannot be asked to fail where something is there already: so an empty
        file is made first by a call that can.
        """
        path, store = _path(key), self._place
        with _ours():
            await obstore.put_async(store, path, b"", mode="create")
        try:
            with _ours():
                await obstore.put_async(
                    store, path, blocks, chunk_size=_PART, max_concurrency=_PARTS_AT_ONCE
                )
        except BaseException:
            # Not awaited: a task that is being cancelled would not come back from there.
            with suppress(StorageUnavailable), _ours(missing_is_well=True):
                obstore.delete(store, path)
            raise

    async def read(self, key: str) -> Blocks:
        with _ours():
            found = await obstore.get_async(self._place, _path(key))
        return _blocks(found.stream(min_chunk_size=_READ))

    async def part(self, key: str, start: int, length: int) -> bytes:
        with _ours():
            found = await obstore.get_range_async(
                self._place, _path(key), start=start, length=length
            )
        return bytes(found)

    async def drop(self, keys: Iterable[str]) -> None:
        for key in keys:
            with _ours(missing_is_well=True):
                await obstore.delete_async(self._place, _path(key))

    async def sweep(self, before: datetime) -> int:
        """Object stores end dead uploads by a rule of their own; a folder keeps the pieces."""
        if not isinstance(self._place, LocalStore) or self._place.prefix is None:
            return 0
        with _ours():
            old = list(_pieces(Path(self._place.prefix) / _PREFIX, before))
            for piece in old:
                piece.unlink(missing_ok=True)
        return len(old)

    async def every(self) -> AsyncIterator[StoredKey]:
        with _ours():
            async for portion in obstore.list(self._place, _PREFIX):
                for one in portion:
                    key = one["path"].rpartition("/")[2]
                    yield StoredKey(key, one["size"], one["last_modified"])


def _path(key: str) -> str:
    """Two levels, so that no folder holds a hundred thousand files."""
    return f"{_PREFIX}/{key[:2]}/{key}"


async def _blocks(stream: "BytesStream") -> AsyncIterator[bytes]:
    with _ours():
        async for block in stream:
            yield bytes(block)


def _pieces(folder: Path, before: datetime) -> Iterator[Path]:
    """A folder holds an upload under its name, a hash sign and a number until it is whole."""
    for piece in folder.glob("*/*#*"):
        if datetime.fromtimestamp(piece.stat().st_mtime, UTC) < before:
            yield piece


@contextmanager
def _ours(*, missing_is_well: bool = False) -> Iterator[None]:
    """Errors of the store as ours; those of a sender's stream pass as they are."""
    try:
        yield
    except FileNotFoundError as error:
        if not missing_is_well:
            raise NotFound("The file") from error
    except (BaseError, OSError) as error:
        raise StorageUnavailable(_AWAY) from error
