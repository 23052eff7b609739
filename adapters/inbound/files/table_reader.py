"""The rows of one kind as records by their ids, doubles and removals sorted out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Generic

from adapters.inbound.files.csv_rows import BrokenRow
from adapters.inbound.files.defects import Defects
from adapters.inbound.files.quick_rows import BindTake, Rows, Take, columns_of
from adapters.inbound.files.record_stores import Portion, Store
from adapters.inbound.files.roster_table import QuickRead, Record, Table
from adapters.inbound.files.row_reader import Row
from adapters.inbound.files.source import Source
from application.rosters.roster import FileMode, FilePart, Listing
from application.rosters.row_errors import Severity
from domain.identity import masked


@dataclass(slots=True)
class TableReader(Generic[Record]):
    """Collects the records of one kind; what is wrong with the rows goes to `defects`."""

    table: Table[Record]
    mode: FileMode
    defects: Defects
    records: Store[Record] = field(init=False)
    ended: dict[str, int] = field(default_factory=dict)
    gone: dict[str, Record] = field(default_factory=dict)
    refused: dict[str, int] = field(default_factory=dict)
    ignored: dict[str, int] = field(default_factory=dict)
    stamps: dict[str, str] = field(default_factory=dict)
    parts: list[FilePart] = field(default_factory=list)
    rows: int = 0
    nameless: int = 0

    def __post_init__(self) -> None:
        self.records = self.table.store()

    def take_file(self, source: Source, file: str, offset: int = 0) -> None:
        """Take all rows of a file of the package, its lines counted on from `offset`."""
        self.parts.append(FilePart(file, offset))
        before = self.rows
        quick = self._quick(source, self.table.quick) if self.table.quick else None
        for row in source.rows(file, self.table.columns, offset, quick):
            self.take(row)
        if self.rows == before and self.mode is FileMode.BULK:
            cause = "it holds no rows, and all that it leaves out would end; leave the file out"
            self.defects.note(file, cause, Severity.FATAL)

    def _quick(self, source: Source, bind: QuickRead) -> BindTake:
        """Takes the ordinary rows whose ids are new, each in its turn."""

        def bound(places: Mapping[str, int]) -> Take:
            read = bind(places, source.shared, self.mode)
            stamp = places.get(self.table.stamp)

            def take(lines: Sequence[int], rows: Rows) -> Iterator[int]:
                portion = read(lines, rows)
                stamps = columns_of(rows, [stamp])[0] if stamp else [""] * len(rows)
                if self._take_all(portion, stamps):
                    return
                for place, key in enumerate(portion.keys):
                    if not key or self._is_known(key):
                        yield place
                    else:
                        portion.take(place)
                        self._note(key, stamps[place])

            return take

        return bound

    def _take_all(self, portion: Portion, stamps: Sequence[str]) -> bool:
        """Take them at once where all are ordinary and new; answers whether they are."""
        keys = portion.keys
        new = set(keys)
        known = (self.ended, self.refused, self.ignored)
        if "" in new or len(new) < len(keys) or not self.records.has_none_of(new):
            return False
        if not all(one.keys().isdisjoint(new) for one in known):
            return False
        portion.take_all()
        self.rows += len(keys)
        if any(stamps):
            self.stamps.update((key, text) for key, text in zip(keys, stamps, strict=True) if text)
        return True

    def _note(self, key: str, stamp: str) -> None:
        self.rows += 1
        if stamp:
            self.stamps[key] = stamp

    def take(self, row: Row | BrokenRow) -> None:
        self.rows += 1
        if isinstance(row, BrokenRow):
            self._refuse(row.key, row.line)
            return
        table = self.table
        key = table.key(row)
        if not key:
            self.nameless += 1
            return
        ended = table.is_ended(row, self.mode)
        record = self._ending(row, key) if ended else table.read(row, key)
        if self._is_known(key):
            self._take_again(row, key, self._line_of(key), record, ended=ended)
        else:
            self._take_first(row, key, record, ended=ended)

    def listing(self) -> Listing[Record]:
        files = ", ".join(part.file for part in self.parts)
        if self.ignored:
            cause = f"{len(self.ignored)} rows have a role that a roster does not give: not read"
            self.defects.note(files, cause, Severity.INFO)
        return Listing(
            files or self.table.file,
            self.table.names,
            self._mode(files),
            self.records.rows(),
            self.ended,
            frozenset(self.refused),
            tuple(self.parts) if len(self.parts) > 1 else (),
            tuple(self.gone.values()),
            self.ignored,
        )

    def _ending(self, row: Row, key: str) -> Record | None:
        """What a delta's row marked for removal says of itself; whole files end by leaving out."""
        read = self.table.ending if self.mode is FileMode.DELTA else None
        return read(row, key) if read else None

    def _mode(self, files: str) -> FileMode:
        if self.mode is FileMode.BULK and self.nameless:
            cause = (
                f"{self.nameless} rows cannot be told by their id, so nothing is ended by this file"
            )
            self.defects.note(files, cause)
            return FileMode.DELTA
        return self.mode

    def _take_first(self, row: Row, key: str, record: Record | None, *, ended: bool) -> None:
        if self.table.stamp:
            stamp = row.text(self.table.stamp)
            if stamp:
                self.stamps[key] = stamp
        if not row.ok:
            self._refuse(key, row.line)
        elif ended:
            self.ended[key] = row.line
            if record is not None:
                self.gone[key] = record
        elif record is None:
            self.ignored[key] = row.line
        else:
            self.records[key] = record

    def _take_again(
        self, row: Row, key: str, first: int, record: Record | None, *, ended: bool
    ) -> None:
        """A row with the id of an earlier one: the same, to merge, later, or contradicting it."""
        column = self.table.id_column
        before = self.records.get(key)
        place = self._place(first)
        if row.ok and self._is_the_same(record, key, ended=ended):
            row.warn(column, f"the same row stands in {place}; one is kept")
        elif row.ok and self.table.merge and (before or record):
            self._merge(key, before, record)
            row.warn(column, f"made one with the row in {place}")
        elif row.ok and self._is_later(row, key):
            self._refuse_first(key, first, row)
            self._forget(key)
            self._take_first(row, key, record, ended=ended)
        elif self._is_earlier(row, key):
            row.refuse(column, f"a later row with this id stands in {place}")
        else:
            row.refuse(column, f"{place} has this id too, with other values")
            self._refuse_first(key, first, row)
            self._forget(key)
            self._refuse(key, first)

    def _merge(self, key: str, before: Record | None, record: Record | None) -> None:
        self._forget(key)
        if before is not None and record is not None and self.table.merge:
            self.records[key] = self.table.merge(before, record)
        else:
            found = record if before is None else before
            if found is not None:
                self.records[key] = found

    def _is_the_same(self, record: Record | None, key: str, *, ended: bool) -> bool:
        before = (self.gone if ended else self.records).get(key)
        if before is None or record is None:
            return ended and key in self.ended
        return replace(before, line=0) == replace(record, line=0)

    def _is_later(self, row: Row, key: str) -> bool:
        return bool(self.table.stamp) and row.text(self.table.stamp) > self.stamps.get(key, "~")

    def _is_earlier(self, row: Row, key: str) -> bool:
        stamp = row.text(self.table.stamp) if self.table.stamp else ""
        return bool(stamp) and key not in self.refused and stamp < self.stamps.get(key, "")

    def _refuse_first(self, key: str, first: int, row: Row) -> None:
        """Tell of a row that was taken and now is not."""
        if key in self.refused:
            return
        file, line = self._file_and_line(first)
        column = self.table.id_column
        shown = masked(key) if column in self.table.columns.personal else key
        cause = f"{self._place(row.line)} has this id too, with other values"
        self.defects.add(file, line, column, shown, cause)

    def _forget(self, key: str) -> None:
        self.records.forget(key)
        for kept in (self.ended, self.gone, self.ignored, self.refused):
            kept.pop(key, None)

    def _refuse(self, key: str, line: int) -> None:
        if key:
            self.refused.setdefault(key, line)
        else:
            self.nameless += 1

    def _is_known(self, key: str) -> bool:
        return (
            key in self.records or key in self.ended or key in self.refused or key in self.ignored
        )

    def _line_of(self, key: str) -> int:
        """The line of the row that had this id before."""
        record = self.records.get(key)
        if record is not None:
            return record.line
        return self.ended.get(key) or self.refused.get(key) or self.ignored.get(key) or 0

    def _file_and_line(self, line: int) -> tuple[str, int]:
        listing: Listing[Record] = Listing(self.parts[0].file, parts=tuple(self.parts))
        return listing.place(line)

    def _place(self, line: int) -> str:
        file, line_in_file = self._file_and_line(line)
        return f"line {line_in_file}" if len(self.parts) == 1 else f"line {line_in_file} of {file}"
