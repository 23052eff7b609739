"""Many rows into PostgreSQL: COPY to a temporary table, then one upsert of the whole set.

Imported only where PostgreSQL is in use.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy import Connection, Table

from adapters.outbound.persistence.copy_text import copied_text
from adapters.outbound.persistence.driver_rows import Row, to_driver
from adapters.outbound.persistence.postgres_errors import from_postgres

_PORTION = 5_000


def copy_into(table: Table, connection: Connection, rows: Sequence[Row]) -> None:
    """Rows of the driver whose keys are new, straight into their table."""
    columns = sql.SQL(", ").join(sql.Identifier(column.name) for column in table.columns)
    order = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table.name), columns)
    with driver_cursor(connection) as cursor:
        _copy(cursor, order, rows)


class CopyUpsert:
    """Insert rows, or replace what differs in those whose key is there; keys come once."""

    def __init__(self, table: Table, keys: Sequence[str]) -> None:
        names = [column.name for column in table.columns]
        target, stage = sql.Identifier(table.name), sql.Identifier(f"stage_{table.name}")
        columns = sql.SQL(", ").join(map(sql.Identifier, names))
        rest = [name for name in names if name not in keys]
        parts = {
            "target": target,
            "stage": stage,
            "columns": columns,
            "keys": sql.SQL(", ").join(map(sql.Identifier, keys)),
            "changes": sql.SQL(", ").join(
                sql.SQL("{name} = excluded.{name}").format(name=sql.Identifier(name))
                for name in rest
            ),
            "old": sql.SQL(", ").join(sql.Identifier(table.name, name) for name in rest),
            "new": sql.SQL(", ").join(sql.Identifier("excluded", name) for name in rest),
        }
        self._table = table
        self._make = sql.SQL("CREATE TEMP TABLE {stage} (LIKE {target}) ON COMMIT DROP").format(
            **parts
        )
        self._copy = sql.SQL("COPY {stage} ({columns}) FROM STDIN").format(**parts)
        action = (
            "DO UPDATE SET {changes} WHERE ({old}) IS DISTINCT FROM ({new})"
            if rest
            else "DO NOTHING"
        )
        insert = "INSERT INTO {target} ({columns}) SELECT {columns} FROM {stage} "
        conflict = sql.SQL("ON CONFLICT ({keys}) " + action).format(**parts)
        self._merge = sql.SQL(insert).format(**parts) + conflict
        self._drop = sql.SQL("DROP TABLE {stage}").format(**parts)

    def __call__(self, connection: Connection, rows: Sequence[Row]) -> None:
        with driver_cursor(connection) as cursor:
            cursor.execute(self._make)
            _copy(cursor, self._copy, to_driver(self._table, connection.dialect)(rows))
            cursor.execute(self._merge)
            cursor.execute(self._drop)


@contextmanager
def driver_cursor(connection: Connection, name: str = "") -> Iterator[Any]:
    """A cursor of the driver, whose failures become ours."""
    driver: Any = connection.connection.driver_connection
    try:
        with driver.cursor(name) as cursor:
            yield cursor
    except psycopg.Error as error:
        ours = from_postgres(error)
        if ours is None:
            raise
        raise ours from error


def _copy(cursor: Any, order: sql.Composed, rows: Sequence[Row]) -> None:  # noqa: ANN401 of psycopg
    with cursor.copy(order) as copy:
        for start in range(0, len(rows), _PORTION):
            portion = rows[start : start + _PORTION]
            text = copied_text(portion)
            if text is not None:
                copy.write(text)
                continue
            for row in portion:
                copy.write_row(row)
