"""Records with a version: nobody overwrites what he has not seen."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any, Protocol, TypeVar

from sqlalchemy import Connection, Table

from adapters.outbound.persistence.records import Derived, Record, Records
from adapters.outbound.persistence.writing import InsertNew, UpdateSeen
from application.errors import Conflict


class Versioned(Record, Protocol):
    @property
    def version(self) -> int: ...


V = TypeVar("V", bound=Versioned)


class VersionedRecords(Records[V]):
    """A table whose rows are saved by the rule of `application.ports.repositories`."""

    def __init__(
        self,
        table: Table,
        record: type[V],
        *,
        derived: Derived[V] | None = None,
        row_of: Callable[[V], tuple[Any, ...]] | None = None,
        record_of: Callable[..., V] | None = None,
    ) -> None:
        super().__init__(table, record, derived=derived, row_of=row_of, record_of=record_of)
        self._insert = InsertNew(table)
        self._update = UpdateSeen(table, self.keys)

    def save(self, connection: Connection, record: V) -> V:
        return self.save_all(connection, [record])[0]

    def save_all(self, connection: Connection, records: Iterable[V]) -> list[V]:
        """Store each with its next version, or raise Conflict and leave the unit usable."""
        following = [replace(record, version=record.version + 1) for record in records]
        self.store(connection, following)
        return following

    def store(self, connection: Connection, records: list[V]) -> None:
        """Store records that carry their next version already."""
        new = [self.row(record) for record in records if record.version == 1]
        old = [self.row(record) for record in records if record.version != 1]
        with connection.begin_nested():
            written = self._insert(connection, new) if new else 0
            written += self._update(connection, old) if old else 0
            if written != len(records):
                raise Conflict("This record was changed meanwhile; read it again.")
