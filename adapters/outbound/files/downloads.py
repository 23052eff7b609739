"""Finished downloads in a folder of the data directory, readable by the server only."""

import os
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from uuid import uuid4

import msgspec

from application.errors import NotFound, StorageUnavailable
from application.ports.downloads import AskedDownload, DownloadShelf
from domain.ids import DownloadId

_NO_ROOM = "The file could not be kept; see that the data folder has room and may be written to."
_NOTES = msgspec.json.Decoder(AskedDownload)


class FolderDownloads(DownloadShelf):
    """Web servers and workers on several machines need the same folder."""

    def __init__(self, data: Path) -> None:
        self._folder = data / "downloads"

    def note(self, asked: AskedDownload) -> None:
        self._write(self._path(asked.id, "json"), msgspec.json.encode(asked))

    def asked(self, download_id: DownloadId) -> AskedDownload:
        try:
            return _NOTES.decode(self._path(download_id, "json").read_bytes())
        except (OSError, msgspec.DecodeError):
            raise NotFound("This file") from None

    def keep(self, download_id: DownloadId, content: bytes) -> None:
        self._write(self._path(download_id, "file"), content)

    def content(self, download_id: DownloadId) -> bytes | None:
        try:
            return self._path(download_id, "file").read_bytes()
        except FileNotFoundError:
            return None

    def forget_expired(self, now: datetime) -> None:
        for note in self._folder.glob("*.json"):
            download_id = DownloadId(note.stem)
            with suppress(NotFound):
                if self.asked(download_id).expires_at <= now:
                    self._path(download_id, "file").unlink(missing_ok=True)
                    note.unlink(missing_ok=True)

    def _write(self, path: Path, content: bytes) -> None:
        """By another name first, so that nobody reads half a file."""
        half = path.with_suffix(f".{uuid4().hex}")
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            made = os.open(half, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
            with os.fdopen(made, "wb") as file:
                file.write(content)
            half.replace(path)
        except OSError as error:
            half.unlink(missing_ok=True)
            raise StorageUnavailable(_NO_ROOM) from error

    def _path(self, download_id: DownloadId, kind: str) -> Path:
        return self._folder / f"{Path(download_id).name}.{kind}"
