"""Uploaded rosters in a folder of the data directory, readable by the server only."""

import os
from collections.abc import Callable
from pathlib import Path

from application.errors import NotFound, StorageUnavailable
from application.ports.packages import Uploads
from domain.ids import LoadRunId

_NO_ROOM = "The file could not be kept; see that the data folder has room and may be written to."


class FolderUploads(Uploads):
    """Web servers and workers on several machines need the same folder."""

    def __init__(self, data: Path) -> None:
        self._folder = data / "loads"

    def keep(self, run_id: LoadRunId, blocks: Callable[[], bytes]) -> None:
        path = self._path(run_id)
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            made = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
            with os.fdopen(made, "wb") as file:
                while block := blocks():
                    file.write(block)
        except OSError as error:
            path.unlink(missing_ok=True)
            raise StorageUnavailable(_NO_ROOM) from error

    def place(self, run_id: LoadRunId) -> Path:
        path = self._path(run_id)
        if not path.is_file():
            raise NotFound("The uploaded file")
        return path

    def drop(self, run_id: LoadRunId) -> None:
        self._path(run_id).unlink(missing_ok=True)

    def _path(self, run_id: LoadRunId) -> Path:
        return self._folder / f"{Path(run_id).name}.zip"
