"""Rows as a driver takes them: only the columns whose type needs it are converted."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Dialect, Table

Row = tuple[Any, ...]
Convert = Callable[[Sequence[Row]], Sequence[Row]]


def to_driver(table: Table, dialect: Dialect) -> Convert:
    """Converts whole rows of the table, column after column."""
    converters = [
        column.type.dialect_impl(dialect).bind_processor(dialect) for column in table.columns
    ]

    def convert(rows: Sequence[Row]) -> list[Row]:
        columns = [
            values if change is None else [change(value) for value in values]
            for change, values in zip(converters, zip(*rows, strict=True), strict=True)
        ]
        return list(zip(*columns, strict=True))

    return convert if any(converters) else lambda rows: rows
