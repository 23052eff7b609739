"""Enrolments by the hundred thousand, of which a night's roster changes few."""

from collections.abc import Iterable, Iterator

from sqlalchemy import Connection, bindparam, func, select

from adapters.outbound.persistence.driver_rows import Row, values_of
from adapters.outbound.persistence.repositories.roster import ENROLMENTS
from adapters.outbound.persistence.streaming import streamed
from application.ports.load_repositories import EnrolmentFacts, EnrolmentFields, StoredEnrolments
from domain.ids import PersonId
from domain.rostering import Enrolment

_C = ENROLMENTS.c
_COUNT = select(func.count()).select_from(ENROLMENTS.table)
_OF = ENROLMENTS.select.where(_C.person_id.in_(bindparam("among", expanding=True))).order_by(_C.id)
_FACTS = (_C.role, _C.active, _C.begins_on, _C.ends_on)


class SqlStoredEnrolments(StoredEnrolments):
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def count(self) -> int:
        return int(self._connection.execute(_COUNT).scalar_one())

    def of(self, people: Iterable[PersonId]) -> list[Enrolment]:
        return ENROLMENTS.among(self._connection, _OF, people)

    def portions(self) -> Iterator[EnrolmentFields]:
        """In no order: going by an index would take twice as long."""
        typed = values_of(_FACTS, self._connection.dialect)
        known: dict[Row, EnrolmentFacts] = {}
        for rows in streamed(self._connection, ENROLMENTS.select):
            ids, source_ids, section_ids, person_ids, *facts = zip(*rows, strict=True)
            written = list(zip(*facts, strict=True))
            # There are few different ones, and each is read once.
            known.update((one, typed(one)) for one in set(written).difference(known))
            read = list(map(known.__getitem__, written))
            yield EnrolmentFields(ids, source_ids, section_ids, person_ids, read)
