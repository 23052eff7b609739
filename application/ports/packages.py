"""Reading of uploaded rosters, and where they lie until they are loaded."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from application.rosters.read_options import USUAL, ReadOptions
from application.rosters.roster import Roster
from domain.ids import LoadRunId


@dataclass(frozen=True, slots=True)
class ReadPackage:
    """`source` is the file's name, `#`, and the hash of its content."""

    roster: Roster
    source: str


class PackageReader(Protocol):
    def __call__(self, kind: str, path: Path, options: ReadOptions = USUAL) -> ReadPackage:
        """Read a folder or zip; every defect of its content stands in the roster.

        Raises:
            Invalid: there is no such kind, or the path is no folder and no sound zip.
        """


class Uploads(Protocol):
    """Files that people sent, kept for their loads; nobody but us may read them."""

    def keep(self, run_id: LoadRunId, blocks: Callable[[], bytes]) -> None:
        """Store what `blocks` answers until it answers nothing.

        Raises:
            StorageUnavailable: there is no room, or the place cannot be written to.
        """

    def place(self, run_id: LoadRunId) -> Path:
        """Raises: NotFound when the file is gone."""

    def drop(self, run_id: LoadRunId) -> None:
        """Remove the file; none is as well."""
