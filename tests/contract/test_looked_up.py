"""What everyday pages ask of SQLite is looked up, not sought among all people or sections.

A college has 60,000 people; a statement that goes through them all costs a page more than all
the rest of it. Which plan is taken shows in the words of SQLite's planner, at any size.
"""

from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

import pytest
from sqlalchemy import Connection, event

from adapters.outbound.persistence.engine import Engines, open_engines
from adapters.outbound.persistence.unit_of_work import SqlUnits
from application.ports.unit_of_work import UnitOfWork
from domain.ids import PersonId, SectionId
from domain.rostering import EnrolmentRole
from tests.stand_ins import NoQueue

SECTION, TESS = SectionId("section-engl101-01"), PersonId("person-tess")
LOOKUPS: dict[str, Callable[[UnitOfWork], object]] = {
    "the students of a section": lambda unit: unit.roster.people_in(SECTION, EnrolmentRole.STUDENT),
    "who left a section": lambda unit: unit.roster.people_who_left(SECTION, EnrolmentRole.STUDENT),
    "the sections of a teacher": lambda unit: unit.roster.sections_of(TESS, EnrolmentRole.TEACHER),
    "one enrolment": lambda unit: unit.roster.is_enrolled(TESS, SECTION, EnrolmentRole.TEACHER),
}


@pytest.fixture
def engines(sqlite_url: str) -> Iterator[Engines]:
    with closing(open_engines(sqlite_url)) as opened:
        yield opened


@pytest.mark.parametrize("asked", LOOKUPS)
def test_is_looked_up(engines: Engines, asked: str) -> None:
    told: list[str] = []

    @event.listens_for(engines.reader, "after_cursor_execute")
    def note(
        _connection: Connection, cursor: Any, statement: str, parameters: Any, *_rest: object
    ) -> None:
        plan = cursor.connection.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)
        told.extend(f"{line[3]} of {statement}" for line in plan.fetchall())

    with SqlUnits(engines, lambda _: NoQueue())(write=False) as unit:
        LOOKUPS[asked](unit)

    assert told
    assert [line for line in told if line.startswith("SCAN")] == []
