"""A long table that is filled for the first time."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, ForeignKeyConstraint, Index, Table, func, select, text
from sqlalchemy.schema import (
    AddConstraint,
    CreateIndex,
    DropConstraint,
    DropIndex,
    ExecutableDDLElement,
)

MANY = 10_000
_OWNS = text("SELECT pg_has_role(relowner, 'USAGE') FROM pg_class WHERE oid = to_regclass(:name)")

_CHECK_NOW = text("SET CONSTRAINTS ALL IMMEDIATE")
_CHECK_LATER = text("SET CONSTRAINTS ALL DEFERRED")


@contextmanager
def filling(connection: Connection, table: Table, count: int) -> Iterator[None]:
    """Around the adding of `count` rows, where it pays to make what hangs on the table anew.

    An index that is made of all rows at once takes half the time of one that grows with each,
    and references that are checked together a tenth. It happens in the transaction of the
    rows: others never see the table without them.
    """
    indexes, references = _to_make_anew(connection, table, count)
    if references:  # no table can be altered while rows wait to be checked against it
        connection.execute(_CHECK_NOW)
    _carry_out(connection, [*map(DropConstraint, references), *map(DropIndex, indexes)])
    yield
    # Isolated, they would no longer be part of their table wherever it is made.
    adds = [AddConstraint(one, isolate_from_table=False) for one in references]
    _carry_out(connection, [*map(CreateIndex, indexes), *adds])
    if references:
        connection.execute(_CHECK_LATER)


def _to_make_anew(
    connection: Connection, table: Table, count: int
) -> tuple[list[Index], list[ForeignKeyConstraint]]:
    if count < MANY:
        return [], []
    before: int = connection.execute(select(func.count()).select_from(table)).scalar_one()
    indexes = sorted(table.indexes, key=lambda index: str(index.name))
    if connection.dialect.name == "sqlite":
        return (indexes, []) if before < count else ([], [])
    # Whoever reads the table waits from here on, so it is done while there is nothing to read.
    owns = connection.execute(_OWNS, {"name": table.name}).scalar_one()
    if before or not owns:
        return [], []
    return indexes, sorted(table.foreign_key_constraints, key=lambda one: str(one.name))


def _carry_out(connection: Connection, orders: list[ExecutableDDLElement]) -> None:
    for order in orders:
        connection.execute(order)
