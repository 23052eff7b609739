"""One page of one table, behind a key."""

from collections.abc import Iterable
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Connection, tuple_

from adapters.outbound.persistence.records import Record, Records
from application.errors import Invalid
from application.ports.listings import Page, Turn

R = TypeVar("R", bound=Record)
Clause = ColumnElement[bool]


class Listing(Generic[R]):
    """The records of a table in the order of its primary key."""

    def __init__(self, records: Records[R]) -> None:
        self._records = records
        self._key = tuple(records.table.primary_key)
        self._ordered = records.select.order_by(*self._key)
        self._places = [
            [column.name for column in records.columns].index(column.name) for column in self._key
        ]

    def page(self, connection: Connection, clauses: Iterable[Clause], turn: Turn) -> Page[R]:
        """One more row than asked for is read, which tells whether more follow."""
        statement = self._ordered.where(*clauses, *self._behind(turn)).limit(turn.limit + 1)
        rows = connection.execute(statement).fetchall()
        shown = rows[: turn.limit]
        follows = len(rows) > turn.limit
        after = tuple(str(shown[-1][place]) for place in self._places) if follows else None
        return Page(tuple(self._records.record(row) for row in shown), after)

    def _behind(self, turn: Turn) -> Iterable[Clause]:
        if turn.after is None:
            return ()
        if len(turn.after) != len(self._key):
            raise Invalid("cursor", "give the one that came with the page before.")
        if len(self._key) == 1:
            return (self._key[0] > turn.after[0],)
        return (tuple_(*self._key) > tuple_(*turn.after),)


def equal(wanted: object, **columns: ColumnElement[Any]) -> list[Clause]:
    """One clause for each column whose field of `wanted` asks for a value."""
    found = ((column, getattr(wanted, name)) for name, column in columns.items())
    return [column == value for column, value in found if value is not None]
