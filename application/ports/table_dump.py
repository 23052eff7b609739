"""Everything that is stored, table by table, for people who take their data elsewhere."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class DumpedTable:
    """One kind of record.

    Cells are text, numbers or None: moments are ISO 8601 in UTC, yes and no are `true` and
    `false`, nested values are JSON.
    """

    name: str
    columns: tuple[str, ...]
    rows: Iterator[tuple[object, ...]]


class TableDump(Protocol):
    def __call__(self) -> AbstractContextManager[Iterator[DumpedTable]]:
        """All tables as they stand at one moment, in no order that counts.

        Left out: secrets, sealed or hashed, and what only the running server needs (sessions,
        single-use codes, spent nonces). Rows are read as they are asked for.
        """
