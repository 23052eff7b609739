"""Many rows into PostgreSQL: COPY to a temporary table, then one upsert of the whole set.

Imported only where PostgreSQL is in use.
"""

from collections.abc import Callable, Sequence
from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy import Connection, Dialect, Table

from adapters.outbound.persistence.postgres_errors import from_postgres

Row = tuple[Any, ...]
Convert = Callable[[Any], Any]


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
        self._types = tuple(column.type for column in table.columns)
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
        driver: Any = connection.connection.driver_connection
        try:
            with driver.cursor() as cursor:
                cursor.execute(self._make)
                with cursor.copy(self._copy) as copy:
                    for row in self._converted(rows, connection.dialect):
                        copy.write_row(row)
                cursor.execute(self._merge)
                cursor.execute(self._drop)
        except psycopg.Error as error:
            ours = from_postgres(error)
            if ours is None:
                raise
            raise ours from error

    def _converted(self, rows: Sequence[Row], dialect: Dialect) -> list[Row]:
        converters: list[Convert | None] = [
            kind.dialect_impl(dialect).bind_processor(dialect) for kind in self._types
        ]
        columns = [
            values if convert is None else [convert(value) for value in values]
            for convert, values in zip(converters, zip(*rows, strict=True), strict=True)
        ]
        return list(zip(*columns, strict=True))
