"""One table of one kind of record: rows mapped by position, statements built once."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import Field, fields
from operator import attrgetter
from typing import Any, ClassVar, Generic, Protocol, TypeVar

from sqlalchemy import Connection, Select, Table, bindparam, select

from adapters.outbound.persistence.inserting import InsertAll
from adapters.outbound.persistence.writing import Upsert
from application.errors import NotFound

_BATCH = 5_000


class Record(Protocol):
    """A frozen dataclass of the domain."""

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]


R = TypeVar("R", bound=Record)
Derived = Mapping[str, Callable[[R], str | int | None]]


def batches(values: Iterable[object]) -> Iterator[tuple[object, ...]]:
    """Each value once, in portions that a statement can name."""
    wanted = tuple(dict.fromkeys(values))
    for start in range(0, len(wanted), _BATCH):
        yield wanted[start : start + _BATCH]


class Records(Generic[R]):
    """Reads and upserts of one table.

    The first columns of the table are the fields of the record in their order; `derived`
    fills the columns after them. A record with another record inside brings its own
    `row_of` and `record_of`.
    """

    def __init__(
        self,
        table: Table,
        record: type[R],
        *,
        derived: Derived[R] | None = None,
        row_of: Callable[[R], tuple[Any, ...]] | None = None,
        record_of: Callable[..., R] | None = None,
    ) -> None:
        self.table = table
        self.kind = record
        self.c = table.c
        self.keys = tuple(column.name for column in table.primary_key)
        self.derived = derived or {}
        plain = tuple(table.columns)[: len(table.columns) - len(self.derived)]
        self.select: Select[Any] = select(*plain)
        self.columns = plain
        self._by_keys = self.select.order_by(*table.primary_key)
        self._record_of = record_of or record
        self._row_of = row_of or attrgetter(*(field.name for field in fields(record)))
        self._by_key = self.select.where(*(table.c[name] == bindparam(name) for name in self.keys))
        self._upsert = Upsert(table, self.keys)
        self._insert_all = InsertAll(table)

    def record(self, row: Sequence[Any]) -> R:
        return self._record_of(*row)

    def row(self, record: R) -> tuple[Any, ...]:
        """The values of all columns of the table, in their order."""
        own: tuple[Any, ...] = self._row_of(record)
        if not self.derived:
            return own
        return (*own, *(derive(record) for derive in self.derived.values()))

    def fetch(self, connection: Connection, statement: Select[Any], **values: object) -> list[R]:
        make = self._record_of
        # Row by row SQLAlchemy takes four times as long.
        return [make(*row) for row in connection.execute(statement, values).all()]

    def all(self, connection: Connection) -> list[R]:
        """By key."""
        return self.fetch(connection, self._by_keys)

    def first(self, connection: Connection, statement: Select[Any], **values: object) -> R | None:
        row = connection.execute(statement, values).first()
        return None if row is None else self.record(row)

    def find(self, connection: Connection, *key: object) -> R | None:
        return self.first(connection, self._by_key, **dict(zip(self.keys, key, strict=True)))

    def get(self, connection: Connection, what: str, *key: object) -> R:
        """Raises NotFound, which says `what` was asked for."""
        found = self.find(connection, *key)
        if found is None:
            raise NotFound(what)
        return found

    def among(
        self,
        connection: Connection,
        statement: Select[Any],
        values: Iterable[object],
        **others: object,
    ) -> list[R]:
        """The rows of a statement over `bindparam("among", expanding=True)`, in batches."""
        return [
            record
            for batch in batches(values)
            for record in self.fetch(connection, statement, among=batch, **others)
        ]

    def put(self, connection: Connection, records: Iterable[R]) -> None:
        """Insert or replace by key; rows that are the same already are not written."""
        self._upsert(connection, [self.row(record) for record in records])

    def add(self, connection: Connection, records: Iterable[R]) -> None:
        """Insert records that are new. Raises Conflict when one is there already."""
        self._insert_all(connection, [self.row(record) for record in records])

    def add_rows(self, connection: Connection, rows: Sequence[tuple[Any, ...]]) -> None:
        """Insert new records, given as rows of the driver with all columns of the table."""
        self._insert_all.as_they_are(connection, rows)
