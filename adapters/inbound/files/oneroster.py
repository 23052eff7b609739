"""Read a OneRoster 1.1 package: manifest, modes, and six tables of records."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic

from adapters.inbound.files.csv_rows import BrokenRow, Columns, CsvFile, CsvRow
from adapters.inbound.files.oneroster_tables import (
    COURSES,
    ENROLMENTS,
    ORGS,
    OTHERS,
    PEOPLE,
    SECTIONS,
    TERMS,
    Table,
)
from adapters.inbound.files.package import Package, open_package
from adapters.inbound.files.read_options import USUAL, ReadOptions
from adapters.inbound.files.roster_upload import RosterUpload
from adapters.inbound.files.row_reader import RowReader
from application.rosters.records import (
    FileMode,
    Listing,
    Record_co,
    Roster,
    RowError,
    Severity,
)

_MANIFEST = "manifest.csv"
_MANIFEST_COLUMNS = Columns(("propertyName", "value"), ())
_VERSION = "1.1"


def read_oneroster(path: Path, options: ReadOptions = USUAL) -> RosterUpload:
    """Read all files of a folder or zip; every defect is in `roster.errors`.

    Raises:
        Invalid: the path is no folder and no sound zip.
    """
    package = open_package(path)
    reader = _PackageReader(package)
    modes = reader.modes()
    roster = Roster(
        reader.listing(ORGS, modes),
        reader.listing(TERMS, modes),
        reader.listing(COURSES, modes),
        reader.listing(SECTIONS, modes),
        reader.listing(PEOPLE, modes),
        reader.listing(ENROLMENTS, modes),
        tuple(reader.errors),
    )
    digest = package.digest()
    return RosterUpload(roster, f"{path.resolve().name}#{digest[:16]}", digest)


@dataclass(slots=True)
class _PackageReader:
    package: Package
    errors: list[RowError] = field(default_factory=list)

    def modes(self) -> dict[str, FileMode]:
        """The mode of each file by its property name; empty when the manifest fails."""
        if self.package.wrapped:
            cause = f"all files lie in the folder {self.package.wrapped}; they belong at the root"
            self._add(self.package.path.name, cause, Severity.WARNING)
        values = self._manifest()
        self._check_version(values)
        modes = {
            table.name: self._mode(table.name, values)
            for table in (ORGS, TERMS, COURSES, SECTIONS, PEOPLE, ENROLMENTS)
        }
        for other in OTHERS:
            if self.package.find(f"{other}.csv"):
                self._add(f"{other}.csv", "this file holds no roster and is not read")
        return modes

    def listing(self, table: Table[Record_co], modes: dict[str, FileMode]) -> Listing[Record_co]:
        mode = modes[table.name]
        found = self._found(table.file)
        if mode is FileMode.ABSENT:
            return Listing(table.file, table.names)
        if found is None:
            cause = f"the manifest promises it as {mode}, but it is not in the package"
            self._add(table.file, cause, Severity.FATAL)
            return Listing(table.file, table.names)
        rows = _TableReader(table, mode, self.errors)
        with self.package.lines(found) as lines:
            for row in CsvFile(table.file, table.columns, self.errors).rows(lines):
                rows.take(row)
        return rows.listing()

    def _manifest(self) -> dict[str, str]:
        found = self._found(_MANIFEST)
        if found is None:
            cause = "it is missing; it tells which files are bulk, delta or absent"
            self._add(_MANIFEST, cause, Severity.FATAL)
            return {}
        with self.package.lines(found) as lines:
            rows = list(CsvFile(_MANIFEST, _MANIFEST_COLUMNS, self.errors).rows(lines))
        return {
            row.cells["propertyName"]: row.cells["value"] for row in rows if isinstance(row, CsvRow)
        }

    def _check_version(self, values: dict[str, str]) -> None:
        version = values.get("oneroster.version", _VERSION if not values else "")
        if version != _VERSION:
            cause = f"oneroster.version is '{version}'; this command reads {_VERSION}"
            self._add(_MANIFEST, cause, Severity.FATAL)

    def _mode(self, name: str, values: dict[str, str]) -> FileMode:
        written = values.get(f"file.{name}")
        if written is None:
            if values:
                cause = f"it has no row file.{name}; say absent, bulk or delta"
                self._add(_MANIFEST, cause, Severity.FATAL)
            return FileMode.ABSENT
        if written not in set(FileMode):
            cause = f"file.{name} is '{written}'; say absent, bulk or delta"
            self._add(_MANIFEST, cause, Severity.FATAL)
            return FileMode.ABSENT
        if written == FileMode.ABSENT and self.package.find(f"{name}.csv"):
            self._add(f"{name}.csv", "the manifest says absent, so it is not read")
        return FileMode(written)

    def _found(self, file: str) -> str | None:
        found = self.package.find(file)
        if found is not None and found != file:
            self._add(found, f"the standard's name is {file}; case counts")
        return found

    def _add(self, file: str, cause: str, severity: Severity = Severity.WARNING) -> None:
        self.errors.append(RowError(file, 0, "", "", cause, severity))


@dataclass(slots=True)
class _TableReader(Generic[Record_co]):
    """Collects the records of one file and what is wrong with its rows."""

    table: Table[Record_co]
    mode: FileMode
    errors: list[RowError]
    records: dict[str, Record_co] = field(default_factory=dict)
    seen: dict[str, CsvRow] = field(default_factory=dict)
    ended: dict[str, int] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)
    ignored: int = 0
    rows: int = 0
    nameless: int = 0

    def take(self, row: CsvRow | BrokenRow) -> None:
        self.rows += 1
        if isinstance(row, BrokenRow):
            self._refuse(row.key)
            return
        cells = RowReader(self.table.file, row, self.errors)
        source_id = cells.key("sourcedId")
        if not source_id or self._is_repeated(cells, source_id):
            self.nameless += not source_id
            return
        self.seen[source_id] = row
        if self._is_ended(cells) and cells.ok:
            self.ended[source_id] = row.line
        else:
            self._read(cells, source_id)

    def listing(self) -> Listing[Record_co]:
        if not self.rows:
            cause = "it holds no rows; leave it out and write absent in the manifest"
            self._add(0, cause, Severity.FATAL)
        if self.ignored:
            cause = f"{self.ignored} rows have a role that a roster does not give and are not read"
            self._add(0, cause, Severity.WARNING)
        mode = self.mode
        if mode is FileMode.BULK and self.nameless:
            cause = (
                f"{self.nameless} rows cannot be told by their id, so nothing is ended by this file"
            )
            self._add(0, cause, Severity.WARNING)
            mode = FileMode.DELTA
        return Listing(
            self.table.file,
            self.table.names,
            mode,
            tuple(self.records.values()),
            self.ended,
            frozenset(self.refused),
        )

    def _read(self, cells: RowReader, source_id: str) -> None:
        record = self.table.read(cells, source_id)
        if not cells.ok:
            self._refuse(source_id)
        elif record is None:
            self.ignored += 1
        else:
            self.records[source_id] = record

    def _is_ended(self, cells: RowReader) -> bool:
        """`status` of a row: blank in bulk files, filled in every row of a delta file."""
        if self.mode is FileMode.DELTA:
            cells.moment("dateLastModified")
            return cells.one_of("status", ("active", "tobedeleted")) == "tobedeleted"
        if not cells.text("status"):
            return False
        ended = cells.one_of("status", ("active", "tobedeleted")) == "tobedeleted"
        if ended:
            cells.warn("status", "a bulk file leaves this blank; the record is ended all the same")
        return ended

    def _is_repeated(self, cells: RowReader, source_id: str) -> bool:
        first = self.seen.get(source_id)
        if first is None:
            return False
        if first.cells == cells.row.cells:
            cells.warn("sourcedId", f"the same row stands in line {first.line}; one is kept")
            return True
        cells.refuse("sourcedId", f"line {first.line} has this id too, with other values")
        if source_id in self.records or source_id in self.ended:
            cause = f"line {cells.line} has this id too, with other values"
            self.errors.append(RowError(self.table.file, first.line, "sourcedId", source_id, cause))
        self.records.pop(source_id, None)
        self.ended.pop(source_id, None)
        self._refuse(source_id)
        return True

    def _refuse(self, source_id: str) -> None:
        if source_id:
            self.refused.add(source_id)
        else:
            self.nameless += 1

    def _add(self, line: int, cause: str, severity: Severity) -> None:
        self.errors.append(RowError(self.table.file, line, "", "", cause, severity))
