"""The store of files, over a folder and over an object store in memory."""

import asyncio
import os
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from obstore.store import MemoryStore, ObjectStore

from adapters.outbound.evidence_store.files import ObjectFiles
from adapters.outbound.evidence_store.places import open_place
from application.errors import NotFound, StorageUnavailable

PART = bytes(range(256)) * 24_000
"""Larger than one part of an upload."""
LATER = datetime.now(UTC) + timedelta(days=2)


@pytest.fixture(params=["folder", "object store"])
def files(request: pytest.FixtureRequest, tmp_path: Path) -> ObjectFiles:
    store: ObjectStore = MemoryStore()
    folder = request.param == "folder"
    return ObjectFiles(lambda: open_place("", tmp_path) if folder else store)


class Cut(Exception):
    pass


async def blocks(*parts: bytes, fails: bool = False) -> AsyncIterator[bytes]:
    for part in parts:
        yield part
    if fails:
        raise Cut


async def content(files: ObjectFiles, key: str) -> bytes:
    return b"".join([block async for block in await files.read(key)])


async def listed(files: ObjectFiles) -> dict[str, int]:
    return {one.key: one.size async for one in files.every()}


def remains(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


async def test_a_file_comes_back_whole_and_in_parts(files: ObjectFiles) -> None:
    await files.put("small", blocks(b"abc", b"def"))
    await files.put("large", blocks(PART, PART))

    assert await content(files, "small") == b"abcdef"
    assert await content(files, "large") == PART + PART
    assert await files.part("small", 2, 3) == b"cde"
    assert await listed(files) == {"small": 6, "large": 2 * len(PART)}


async def test_a_key_is_taken_once(files: ObjectFiles) -> None:
    await files.put("one", blocks(b"first"))
    with pytest.raises(StorageUnavailable):
        await files.put("one", blocks(b"second"))
    assert await content(files, "one") == b"first"


@pytest.mark.parametrize("parts", [(), (b"some",), (PART, PART)])
async def test_what_breaks_off_leaves_nothing(
    files: ObjectFiles, parts: tuple[bytes, ...], tmp_path: Path
) -> None:
    with pytest.raises(Cut):
        await files.put("cut", blocks(*parts, fails=True))

    assert await listed(files) == {}
    assert remains(tmp_path) == []


async def test_a_cancelled_upload_leaves_nothing(files: ObjectFiles, tmp_path: Path) -> None:
    begun, never = asyncio.Event(), asyncio.Event()

    async def stuck() -> AsyncIterator[bytes]:
        yield PART
        begun.set()
        await never.wait()

    task = asyncio.ensure_future(files.put("stuck", stuck()))
    await begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await listed(files) == {}
    async with asyncio.timeout(30):  # the store lets go of its own part in the background
        while remains(tmp_path):  # noqa: ASYNC110 a folder tells nobody
            await asyncio.sleep(0.01)


async def test_what_is_not_there_is_not_found_and_may_be_dropped(files: ObjectFiles) -> None:
    await files.put("here", blocks(b"x"))
    await files.drop(["here", "gone"])
    for reading in (files.read("here"), files.part("here", 0, 1)):
        with pytest.raises(NotFound):
            await reading


async def test_pieces_of_dead_uploads_are_swept(tmp_path: Path) -> None:
    files = ObjectFiles(lambda: open_place("", tmp_path))
    await files.put("whole", blocks(b"x"))
    piece = tmp_path / "evidence" / "files" / "de" / "dead#1"
    piece.parent.mkdir()
    piece.write_bytes(PART)

    assert await files.sweep(datetime.now(UTC) - timedelta(days=1)) == 0
    assert await files.sweep(LATER) == 1
    assert not piece.exists()
    assert await listed(files) == {"whole": 1}


def test_the_folder_is_for_the_server_alone(tmp_path: Path) -> None:
    open_place("", tmp_path)
    assert (tmp_path / "evidence").stat().st_mode & 0o777 == 0o700
    open_place(f"file://{tmp_path}/elsewhere", tmp_path)
    assert (tmp_path / "elsewhere").is_dir()


async def test_a_place_that_cannot_be_written_to_says_so(tmp_path: Path) -> None:
    (tmp_path / "evidence").write_text("a file, no folder")
    with pytest.raises(StorageUnavailable, match="cannot be reached"):
        await ObjectFiles(lambda: open_place("", tmp_path)).put("x", blocks(b"x"))


def test_a_bucket_needs_no_network_to_be_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_ENDPOINT_URL", "https://objects.example.edu")
    assert type(open_place("s3://evidence/attain", tmp_path)).__name__ == "S3Store"
