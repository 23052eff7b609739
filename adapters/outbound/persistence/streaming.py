"""Rows of long tables as the driver gives them, some at a time."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Select

from adapters.outbound.persistence.driver_rows import Row
from application.later import imported_later

with imported_later(__name__):
    from adapters.outbound.persistence.copying import driver_cursor

_PORTION = 1_000


def streamed(connection: Connection, statement: Select[Any]) -> Iterator[Sequence[Row]]:
    """The rows of a statement without parameters, its values not read by their types."""
    text = str(statement.compile(dialect=connection.dialect))
    if connection.dialect.name == "sqlite":
        cursor: Any = connection.exec_driver_sql(text).cursor
        yield from _portions(cursor)
        return
    with driver_cursor(connection, "streamed") as cursor:  # a named one stays on the server
        cursor.execute(text)
        yield from _portions(cursor)


def _portions(cursor: Any) -> Iterator[Sequence[Row]]:  # noqa: ANN401 of either driver
    while portion := cursor.fetchmany(_PORTION):
        yield portion
