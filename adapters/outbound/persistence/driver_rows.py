"""Rows as a driver takes them: only the columns whose type needs it are converted."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from sqlalchemy import Column, Dialect, Table

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


def driver_values(
    columns: Iterable[Column[Any]], dialect: Dialect
) -> Callable[[Iterable[Any]], tuple[Any, ...]]:
    """Writes values of these columns, side by side, as the driver takes them."""
    types = (column.type.dialect_impl(dialect) for column in columns)
    return _side_by_side([kind.bind_processor(dialect) for kind in types])


def values_of(
    columns: Iterable[Column[Any]], dialect: Dialect
) -> Callable[[Iterable[Any]], tuple[Any, ...]]:
    """Reads values of these columns, side by side, as the driver gives them."""
    types = (column.type.dialect_impl(dialect) for column in columns)
    return _side_by_side([kind.result_processor(dialect, None) for kind in types])


def _side_by_side(
    changes: Sequence[Callable[[Any], Any] | None],
) -> Callable[[Iterable[Any]], tuple[Any, ...]]:
    return lambda row: tuple(
        change(one) if change else one for change, one in zip(changes, row, strict=True)
    )
