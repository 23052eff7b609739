"""A table that is filled at once has afterwards all that it had before."""

from collections.abc import Callable

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from adapters.outbound.persistence import filling
from adapters.outbound.persistence.engine import Engines
from adapters.outbound.persistence.migrations.options import OPTIONS
from adapters.outbound.persistence.tables.every import metadata
from adapters.outbound.persistence.unit_of_work import SqlUnits
from application.errors import NotFound
from application.ports.load_repositories import EnrolmentFields
from application.ports.unit_of_work import UnitOfWork
from application.rosters.records import RecordKind
from domain.ids import PersonId
from domain.rostering import EnrolmentRole
from tests.builders import a_course, a_person, a_section, a_term, an_enrolment, an_org
from tests.stand_ins import NoQueue

KEYS = [f"n{number}" for number in range(20)]


@pytest.fixture
def units(engines: Engines, monkeypatch: pytest.MonkeyPatch) -> SqlUnits:
    """Of which a few rows are many."""
    monkeypatch.setattr(filling, "MANY", len(KEYS))
    return SqlUnits(engines, lambda _connection: NoQueue())


def fill(units: SqlUnits) -> None:
    with units() as unit:
        unit.roster.put_orgs([an_org()])
        unit.roster.put_terms([a_term()])
        unit.roster.put_courses([a_course()])
        unit.roster.put_sections([a_section()])
        with unit.bulk.filling(RecordKind.PEOPLE, len(KEYS)):
            unit.bulk.add(RecordKind.PEOPLE, map(a_person, KEYS))
        with unit.bulk.filling(RecordKind.ENROLMENTS, len(KEYS)):
            unit.bulk.add_enrolments(EnrolmentFields.of([*map(an_enrolment, KEYS)]))
        unit.commit()


def test_the_schema_is_as_it_was(engines: Engines, units: SqlUnits) -> None:
    fill(units)
    with engines.writer.begin() as connection:
        context = MigrationContext.configure(connection, opts=OPTIONS)
        assert compare_metadata(context, metadata) == []


def test_all_are_found(units: SqlUnits) -> None:
    fill(units)
    with units() as unit:
        found = unit.roster.people_in(a_section().id, EnrolmentRole.STUDENT)
        assert {one.id for one in found} == {a_person(key).id for key in KEYS}


def test_a_reference_to_nobody_is_refused_afterwards(units: SqlUnits) -> None:
    fill(units)
    stranger = an_enrolment("x", person_id=PersonId("person-nobody"))
    with pytest.raises(NotFound):
        _in_one_unit(units, lambda unit: unit.bulk.add_enrolments(EnrolmentFields.of([stranger])))


def test_who_is_enrolled_cannot_be_removed_afterwards(units: SqlUnits) -> None:
    fill(units)
    ana = a_person(KEYS[0]).id
    with pytest.raises(NotFound):
        _in_one_unit(units, lambda unit: unit.bulk.remove(RecordKind.PEOPLE, [ana]))


def test_a_reference_to_nothing_is_refused_at_the_latest_when_it_is_full(units: SqlUnits) -> None:
    def strangers(unit: UnitOfWork) -> None:
        with unit.bulk.filling(RecordKind.ENROLMENTS, len(KEYS)):
            unit.bulk.add_enrolments(EnrolmentFields.of([*map(an_enrolment, KEYS)]))

    with pytest.raises(NotFound):
        _in_one_unit(units, strangers)
    with units(write=False) as unit:
        assert unit.bulk.enrolments().count() == 0


def _in_one_unit(units: SqlUnits, work: Callable[[UnitOfWork], None]) -> None:
    with units() as unit:
        work(unit)
        unit.commit()


def test_a_table_that_is_in_use_is_left_as_it_is(engines: Engines, units: SqlUnits) -> None:
    fill(units)
    with units() as unit, unit.bulk.filling(RecordKind.ENROLMENTS, len(KEYS) - 1):
        found = unit.roster.people_in(a_section().id, EnrolmentRole.STUDENT)
        assert len(found) == len(KEYS)
