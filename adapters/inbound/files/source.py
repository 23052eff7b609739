"""A package while it is read: its files as rows, and what is wrong with them."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from adapters.inbound.files.csv_header import Columns
from adapters.inbound.files.csv_rows import BrokenRow, CsvFile
from adapters.inbound.files.defects import Defects
from adapters.inbound.files.package import Package, open_package
from adapters.inbound.files.quick_rows import BindTake
from adapters.inbound.files.roster_upload import RosterUpload
from adapters.inbound.files.row_reader import Row
from application.rosters.read_options import ReadOptions
from application.rosters.roster import FileMode, Roster
from application.rosters.row_errors import Severity

_SHOWN_HASH = 16


@dataclass(slots=True)
class Source:
    """Files are streamed: no more than one row of them is held. `digest` hashes them all."""

    package: Package
    options: ReadOptions
    digest: str
    defects: Defects = field(default_factory=Defects)
    shared: dict[str, str] = field(default_factory=dict)
    last_line: int = 0
    """Of the file that was read last."""

    def rows(
        self, name: str, columns: Columns, offset: int = 0, quick: BindTake | None = None
    ) -> Iterator[Row | BrokenRow]:
        """All rows of one file of the package, by its name there."""
        with self.package.text(name, self.options.encoding) as (decoding, lines):
            if decoding.note:
                self.defects.note(name, decoding.note, decoding.severity)
            if not decoding.is_readable:
                return
            file = CsvFile(name, columns, self.defects, self.shared, offset)
            yield from file.rows(lines, quick)
            self.last_line = file.last_line

    def peek(self, name: str) -> tuple[list[str], list[str]]:
        """The header and the first row, as they stand; empty when there is none."""
        with self.package.text(name, self.options.encoding) as (decoding, lines):
            if not decoding.is_readable:
                return [], []
            try:
                rows = [cells for cells, _ in zip(csv.reader(lines), range(2), strict=False)]
            except csv.Error:
                rows = []
        header, first = (*rows, [], [])[:2]
        return [cell.strip() for cell in header], [cell.strip() for cell in first]

    def note(self, file: str, cause: str, severity: Severity = Severity.WARNING) -> None:
        self.defects.note(file, cause, severity)

    def note_package(self) -> None:
        """What is odd about the folder or zip as a whole."""
        package = self.package
        if package.wrapped:
            cause = f"all files lie in the folder {package.wrapped}; they belong at the root"
            self.note(package.path.name, cause)
        for name in package.left_out:
            self.note(name, "it lies in a folder of its own and is not read")

    def upload(self, roster: Roster) -> RosterUpload:
        name = self.package.path.resolve().name
        roster = replace(roster, errors=self.defects.all())
        return RosterUpload(roster, f"{name}#{self.digest[:_SHOWN_HASH]}", self.digest)


def open_source(path: Path, options: ReadOptions) -> Source:
    """Look into a folder or zip and through all its bytes once.

    Raises:
        Invalid: the path is no folder and no sound zip.
    """
    package = open_package(path)
    source = Source(package, options, package.digest())
    source.note_package()
    return source


def whole_or_listed(*, whole: bool) -> FileMode:
    return FileMode.BULK if whole else FileMode.DELTA
