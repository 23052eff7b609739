"""Rows and records: the same order of fields, and nothing lost on the way there and back."""

from collections.abc import Iterator
from dataclasses import fields
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adapters.outbound.persistence import schema
from adapters.outbound.persistence.columns import UtcDateTime
from adapters.outbound.persistence.engine import Engines, open_engines
from adapters.outbound.persistence.records import Records
from adapters.outbound.persistence.repositories import (
    action_plans,
    api_tokens,
    assessments,
    audit,
    counts,
    curriculum,
    deliveries,
    directory,
    evaluations,
    evidence,
    identities,
    issued_credentials,
    link_offers,
    links,
    loads,
    matching,
    merges,
    outcomes,
    pairings,
    plans,
    portfolio,
    publications,
    reflections,
    registrations,
    reminders,
    rfis,
    roster,
    roster_bulk,
    score_imports,
    scores,
    sessions,
    sites,
    sync_runs,
)
from adapters.outbound.persistence.summaries import reading
from adapters.outbound.persistence.tables import access
from adapters.outbound.persistence.tables.base import PREFIX
from adapters.outbound.persistence.tables.every import metadata
from domain.evidence import Evidence, EvidenceTarget, StoredFile
from domain.link import Link, Placement
from domain.link_offer import LinkOffer
from tests.builders import an_own_grade
from tests.strategies import records

_MODULES = (
    action_plans, api_tokens, assessments, audit, counts, curriculum, deliveries, directory,
    evaluations, evidence, identities, issued_credentials, link_offers, links, loads, matching,
    merges, outcomes, pairings, plans, portfolio, publications, reading, reflections,
    registrations, reminders, rfis, roster, roster_bulk, score_imports, scores, sessions, sites,
    sync_runs,
)  # fmt: skip
ALL: dict[str, Records[Any]] = {
    f"{module.__name__.rpartition('.')[2]}.{name}": value
    for module in _MODULES
    for name, value in vars(module).items()
    if isinstance(value, Records)
}
NOT_RECORDS = {access.nonces.name, access.settings.name}


@pytest.fixture(scope="module", params=["sqlite", pytest.param("pg", marks=pytest.mark.postgres)])
def database(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Engines]:
    """One migrated database for all examples; each example is rolled back."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path_factory.mktemp('rows')}/attain.db"
    else:
        url = request.getfixturevalue("empty_postgres_url")
    schema.upgrade(url)
    engines = open_engines(url)
    yield engines
    engines.close()


class TestMapping:
    @pytest.mark.parametrize("name", ALL)
    def test_columns_stand_in_the_order_of_the_fields(self, name: str) -> None:
        mapped = ALL[name]
        own = [column.name for column in mapped.columns]

        assert own == _field_names(mapped)
        rest = [column.name for column in mapped.table.columns][len(own) :]
        assert rest == list(mapped.derived)

    def test_every_table_is_mapped(self) -> None:
        mapped = {one.table.name for one in ALL.values()}

        assert mapped | NOT_RECORDS == set(metadata.tables)

    def test_every_table_has_the_prefix(self) -> None:
        assert all(name.startswith(PREFIX) for name in metadata.tables)

    @pytest.mark.parametrize("name", ALL)
    @settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
    @given(data=st.data())
    def test_a_record_comes_back_as_it_went(
        self, database: Engines, name: str, data: st.DataObject
    ) -> None:
        mapped = ALL[name]
        record = data.draw(records(mapped.kind))
        key = [value for column, value in zip(mapped.table.columns, mapped.row(record), strict=True)
               if column.primary_key]  # fmt: skip

        with database.writer.connect() as connection:
            connection.begin()
            mapped.put(connection, [record])
            mapped.put(connection, [record])

            assert mapped.find(connection, *key) == record


def _field_names(mapped: Records[Any]) -> list[str]:
    """The placement of a link stands as its three columns, evidence is spread likewise."""
    names = [field.name for field in fields(mapped.kind)]
    if mapped.kind is Evidence:
        target, file = names.index("target"), names.index("file")
        about = ["target_kind", *(field.name for field in fields(EvidenceTarget)[1:])]
        stored = ["file_key", *(field.name for field in fields(StoredFile)[1:])]
        return [*names[:target], *about, *names[target + 1 : file], *stored, *names[file + 1 :]]
    if mapped.kind not in {Link, LinkOffer}:
        return names
    place = names.index("placement")
    return [*names[:place], *(field.name for field in fields(Placement)), *names[place + 1 :]]


class TestValues:
    def test_a_moment_comes_back_in_utc(self) -> None:
        kind = UtcDateTime()

        assert kind.read(datetime(2026, 3, 4, 5, 6)).tzinfo is UTC  # noqa: DTZ001
        with pytest.raises(ValueError, match="without a time zone"):
            kind.written(datetime(2026, 3, 4, 5, 6))  # noqa: DTZ001

    def test_a_number_keeps_its_digits(self, database: Engines) -> None:
        exact = Decimal("0.10000000000000000000000000000000001")
        grade = an_own_grade(points=exact)

        with database.writer.connect() as connection:
            connection.begin()
            scores.OWN_GRADES.put(connection, [grade])
            stored = scores.OWN_GRADES.find(
                connection, grade.section_assessment_id, grade.student_id
            )
        assert stored is not None
        assert str(stored.points) == str(exact)
