"""Enrolments by the hundred thousand, of which a night's roster changes few."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, func, select

from adapters.outbound.persistence.repositories.roster import ENROLMENTS
from adapters.outbound.persistence.streaming import streamed
from application.ports.load_repositories import StoredEnrolments, Wanted
from domain.ids import PersonId
from domain.rostering import Enrolment

_C = ENROLMENTS.c
_COUNT = select(func.count()).select_from(ENROLMENTS.table)
_OF = ENROLMENTS.select.where(_C.person_id.in_(bindparam("among", expanding=True))).order_by(_C.id)
_FACTS = (_C.section_id, _C.person_id, _C.role, _C.begins_on, _C.ends_on)
_ALL = select(_C.id, _C.source_id, _C.active, *_FACTS).order_by(_C.id)
Row = Sequence[Any]


class SqlStoredEnrolments(StoredEnrolments):
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def count(self) -> int:
        return int(self._connection.execute(_COUNT).scalar_one())

    def of(self, people: Iterable[PersonId]) -> list[Enrolment]:
        return ENROLMENTS.among(self._connection, _OF, people)

    def beside(self, wanted: Wanted) -> list[Enrolment]:
        """Rows are compared as the driver gives them: only those that differ are read in full."""
        read = self._reader()
        others = []
        for row in streamed(self._connection, _ALL):
            source_id = row[1]
            facts = wanted.get(source_id)
            if facts is not None and row[2] and (row[3:] == facts or read(row)[3:] == facts):
                del wanted[source_id]
            elif row[2] or source_id in wanted:
                others.append(_enrolment(*read(row)))
        return others

    def _reader(self) -> Callable[[Row], Row]:
        """Turns a row of the driver into values of ours."""
        dialect = self._connection.dialect
        columns = tuple(_ALL.selected_columns)
        read = [
            column.type.dialect_impl(dialect).result_processor(dialect, None) or _as_it_is
            for column in columns
        ]
        return lambda row: tuple(change(value) for change, value in zip(read, row, strict=True))


def _as_it_is(value: object) -> object:
    return value


def _enrolment(id_: Any, source_id: str, active: bool, *facts: Any) -> Enrolment:  # noqa: ANN401, FBT001 a row
    section_id, person_id, role, begins_on, ends_on = facts
    return Enrolment(id_, source_id, section_id, person_id, role, active, begins_on, ends_on)
