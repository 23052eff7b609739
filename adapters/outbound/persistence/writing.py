"""Writes that SQLite and PostgreSQL spell alike and SQLAlchemy keeps apart."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from sqlalchemy import Connection, Dialect, Insert, Table, bindparam, or_, update

from adapters.outbound.persistence.driver_rows import Convert, Row, to_driver
from application.later import imported_later

with imported_later(__name__):
    from sqlalchemy.dialects.postgresql import Insert as PostgresInsert
    from sqlalchemy.dialects.postgresql import insert as insert_in_postgres
    from sqlalchemy.dialects.sqlite import Insert as SqliteInsert
    from sqlalchemy.dialects.sqlite import insert as insert_in_sqlite

    from adapters.outbound.persistence.copying import CopyUpsert

_SEEN = "seen__"
_MANY = 1_000
"""Rows from which on PostgreSQL takes them quicker by COPY than one by one."""


class Upsert:
    """Insert rows, or replace what differs in those whose key is there.

    A table that is all key is only inserted into.
    """

    def __init__(self, table: Table, keys: Sequence[str]) -> None:
        self._names = tuple(column.name for column in table.columns)
        self._table, self._keys = table, tuple(keys)
        self._text = ""
        self._convert: Convert = tuple

    def __call__(self, connection: Connection, rows: list[Row]) -> None:
        if not rows:
            return
        if connection.dialect.name == "sqlite":
            self._through_driver(connection, rows)
        elif len(rows) >= _MANY:
            self._by_copy(connection, rows)
        else:
            named = [dict(zip(self._names, row, strict=True)) for row in rows]
            connection.execute(self._in_postgres, named)

    @cached_property
    def _in_postgres(self) -> Insert:
        return self._statement(insert_in_postgres(self._table))

    def _statement(self, insert: "PostgresInsert | SqliteInsert") -> Insert:
        rest = [name for name in self._names if name not in self._keys]
        if not rest:
            return insert.on_conflict_do_nothing()
        new = insert.excluded
        return insert.on_conflict_do_update(
            index_elements=list(self._keys),
            set_={name: new[name] for name in rest},
            where=or_(*(self._table.c[name].is_distinct_from(new[name]) for name in rest)),
        )

    def _by_copy(self, connection: Connection, rows: list[Row]) -> None:
        places = [self._names.index(name) for name in self._keys]
        once = {tuple(row[place] for place in places): row for row in rows}
        CopyUpsert(self._table, self._keys)(connection, list(once.values()))

    def _through_driver(self, connection: Connection, rows: list[Row]) -> None:
        """A third of the time of Core for rosters: only columns that need it are converted."""
        if not self._text:
            self._compile(connection.dialect)
        connection.exec_driver_sql(self._text, list(self._convert(rows)))

    def _compile(self, dialect: Dialect) -> None:
        """Once: the driver's text is the same for every SQLite engine, and costs 0.5 ms."""
        self._convert = to_driver(self._table, dialect)
        statement = self._statement(insert_in_sqlite(self._table))
        self._text = str(statement.compile(dialect=dialect))


class InsertNew:
    """Insert rows that collide with no key or unique index; answers how many went in.

    A collision is no error here, which on PostgreSQL would spoil the whole transaction.
    """

    def __init__(self, table: Table) -> None:
        self._table = table
        self._names = tuple(column.name for column in table.columns)

    def __call__(self, connection: Connection, rows: list[Row]) -> int:
        named = [dict(zip(self._names, row, strict=True)) for row in rows]
        statement = self._in_sqlite if connection.dialect.name == "sqlite" else self._in_postgres
        result = connection.execute(statement, named, execution_options={"preserve_rowcount": True})
        return result.rowcount

    @cached_property
    def _in_sqlite(self) -> Insert:
        return insert_in_sqlite(self._table).on_conflict_do_nothing()

    @cached_property
    def _in_postgres(self) -> Insert:
        return insert_in_postgres(self._table).on_conflict_do_nothing()


class UpdateSeen:
    """Replace rows whose stored version is the one that was seen; answers how many were."""

    def __init__(self, table: Table, keys: Sequence[str]) -> None:
        self._names = tuple(column.name for column in table.columns)
        rest = [name for name in self._names if name not in keys]
        self._statement = (
            update(table)
            .where(*(table.c[name] == bindparam(_SEEN + name) for name in (*keys, "version")))
            .values({name: bindparam(name) for name in rest})
        )
        self._keys = tuple(keys)

    def __call__(self, connection: Connection, rows: list[Row]) -> int:
        return connection.execute(self._statement, [self._named(row) for row in rows]).rowcount

    def _named(self, row: Row) -> dict[str, Any]:
        """`row` carries the next version; the one before is what was seen."""
        values = dict(zip(self._names, row, strict=True))
        seen = {_SEEN + name: values.pop(name) for name in self._keys}
        return {**values, **seen, f"{_SEEN}version": values["version"] - 1}
