"""Rosters by the hundred thousand: in portions, each a statement or a COPY."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any

from sqlalchemy import (
    BindParameter,
    Column,
    Connection,
    Delete,
    Select,
    bindparam,
    delete,
    func,
    select,
)

from adapters.outbound.persistence.driver_rows import driver_values
from adapters.outbound.persistence.filling import filling
from adapters.outbound.persistence.records import Records
from adapters.outbound.persistence.repositories.roster import (
    COURSES,
    ENROLMENTS,
    GRANTS,
    ORGS,
    PEOPLE,
    SECTIONS,
    TERMS,
)
from adapters.outbound.persistence.repositories.stored_enrolments import SqlStoredEnrolments
from adapters.outbound.persistence.tables import loading, scoring
from adapters.outbound.persistence.tables.base import PREFIX
from adapters.outbound.persistence.touched import Touched
from application.later import imported_later
from application.ports.load_repositories import EnrolmentFields, RosterBulk, Use
from application.rosters.load_runs import AnyRecord
from application.rosters.records import RecordKind
from domain.access import GrantSource, RoleGrant
from domain.identity import LocalField, comparable
from domain.ids import PersonId, SectionId
from domain.person_alias import PersonAlias
from domain.rostering import Demographic

with imported_later(__name__):
    from adapters.outbound.persistence.references import columns_naming

ALIASES = Records(
    loading.aliases,
    PersonAlias,
    derived={"value_key": lambda one: comparable(one.field, one.value)},
)
DEMOGRAPHICS = Records(loading.demographics, Demographic)
GRANT_SOURCES = Records(loading.grant_sources, GrantSource)
_TABLES: dict[RecordKind, Records[Any]] = {
    RecordKind.ORGS: ORGS,
    RecordKind.TERMS: TERMS,
    RecordKind.COURSES: COURSES,
    RecordKind.SECTIONS: SECTIONS,
    RecordKind.PEOPLE: PEOPLE,
    RecordKind.ENROLMENTS: ENROLMENTS,
}
_FACTS = (ENROLMENTS.c.role, ENROLMENTS.c.active, ENROLMENTS.c.begins_on, ENROLMENTS.c.ends_on)
_BATCH = 5_000
_AMONG: BindParameter[Any] = bindparam("among", expanding=True)


def _of(records: Records[Any], column: Column[str]) -> Select[Any]:
    return records.select.where(column.in_(_AMONG))


_BY_ID = {kind: _of(one, one.c.id) for kind, one in _TABLES.items()}
_GRANTS_OF = _of(GRANTS, GRANTS.c.person_id)
_ALIASES_OF = _of(ALIASES, ALIASES.c.person_id)
_DEMOGRAPHICS_OF = _of(DEMOGRAPHICS, DEMOGRAPHICS.c.person_id)
_WORKED = select(scoring.works.c.section_id).distinct()
_ONCE = (
    select(ALIASES.c.person_id)
    .where(ALIASES.c.field == bindparam("field"), ALIASES.c.value_key == bindparam("value_key"))
    .order_by(ALIASES.c.person_id)
)


class SqlRosterBulk(RosterBulk):
    def __init__(self, connection: Connection, touched: Touched) -> None:
        self._connection = connection
        self._touched = touched

    def counts(self) -> Mapping[RecordKind, int]:
        return {
            kind: self._connection.execute(select(func.count()).select_from(one.table)).scalar_one()
            for kind, one in _TABLES.items()
        }

    def among(self, kind: RecordKind, ids: Iterable[str]) -> dict[str, AnyRecord]:
        found = _TABLES[kind].among(self._connection, _BY_ID[kind], ids)
        return {record.id: record for record in found}

    def enrolments(self) -> SqlStoredEnrolments:
        return SqlStoredEnrolments(self._connection)

    def worked_sections(self) -> frozenset[SectionId]:
        return frozenset(self._connection.execute(_WORKED).scalars())

    def put(self, kind: RecordKind, records: Iterable[AnyRecord]) -> None:
        put = list(records)
        _TABLES[kind].put(self._connection, put)
        if kind is RecordKind.SECTIONS:
            self._touched.sections.update(SectionId(record.id) for record in put)

    def add(self, kind: RecordKind, records: Iterable[AnyRecord]) -> None:
        """No section that is new has results to be counted again."""
        _TABLES[kind].add(self._connection, records)

    def add_enrolments(self, new: EnrolmentFields) -> None:
        written = driver_values(_FACTS, self._connection.dialect)
        facts = {one: written(one) for one in set(new.facts)}
        rows = [(*who, *facts[one]) for *who, one in new.rows()]
        ENROLMENTS.add_rows(self._connection, rows)

    def filling(self, kind: RecordKind, count: int) -> AbstractContextManager[None]:
        return filling(self._connection, _TABLES[kind].table, count)

    def uses(self, kind: RecordKind, ids: Iterable[str]) -> list[Use]:
        wanted = tuple(ids)
        own = _TABLES[kind].table
        found: dict[str, int] = {}
        for column in columns_naming(own.c.id):
            count = self._inner(column, wanted) if column.table is own else 0
            for portion in _portions(wanted):
                asked = select(func.count()).where(column.in_(_AMONG))
                count += self._connection.execute(asked, {"among": portion}).scalar_one()
            what = column.table.name.removeprefix(PREFIX).replace("_", " ")
            found[what] = found.get(what, 0) + count
        return [Use(what, found[what]) for what in sorted(found) if found[what]]

    def _inner(self, column: Column[Any], ids: Sequence[str]) -> int:
        """How many of the records themselves name one of them, as a number to take off."""
        inside = set(ids)
        asked = select(column).where(column.table.c.id.in_(_AMONG), column.is_not(None))
        rows = (
            named
            for portion in _portions(ids)
            for named in self._connection.execute(asked, {"among": portion}).scalars()
        )
        return -sum(named in inside for named in rows)

    def remove(self, kind: RecordKind, ids: Iterable[str]) -> None:
        table = _TABLES[kind].table
        self._remove_keys(delete(table).where(table.c.id.in_(_AMONG)), tuple(ids))

    def grants_of(self, person_ids: Iterable[PersonId]) -> list[RoleGrant]:
        return GRANTS.among(self._connection, _GRANTS_OF, person_ids)

    def put_grants(self, grants: Iterable[RoleGrant]) -> None:
        GRANTS.put(self._connection, grants)

    def add_grants(self, grants: Iterable[RoleGrant]) -> None:
        GRANTS.add(self._connection, grants)

    def remove_grants(self, grants: Iterable[RoleGrant]) -> None:
        self._remove_rows(GRANTS, list(grants))

    def grant_sources(self) -> list[GrantSource]:
        return GRANT_SOURCES.all(self._connection)

    def put_grant_sources(self, sources: Iterable[GrantSource]) -> None:
        GRANT_SOURCES.put(self._connection, sources)

    def remove_grant_sources(self, sources: Iterable[GrantSource]) -> None:
        self._remove_rows(GRANT_SOURCES, list(sources))

    def aliases_of(self, person_ids: Iterable[PersonId]) -> list[PersonAlias]:
        return ALIASES.among(self._connection, _ALIASES_OF, person_ids)

    def people_once(self, field: LocalField, value: str) -> list[PersonId]:
        asked = {"field": field, "value_key": comparable(field, value)}
        return list(dict.fromkeys(self._connection.execute(_ONCE, asked).scalars()))

    def put_aliases(self, aliases: Iterable[PersonAlias]) -> None:
        ALIASES.put(self._connection, aliases)

    def remove_aliases(self, aliases: Iterable[PersonAlias]) -> None:
        self._remove_rows(ALIASES, list(aliases))

    def demographics_of(self, person_ids: Iterable[PersonId]) -> list[Demographic]:
        return DEMOGRAPHICS.among(self._connection, _DEMOGRAPHICS_OF, person_ids)

    def put_demographics(self, demographics: Iterable[Demographic]) -> None:
        DEMOGRAPHICS.put(self._connection, demographics)

    def remove_demographics(self, demographics: Iterable[Demographic]) -> None:
        self._remove_rows(DEMOGRAPHICS, list(demographics))

    def _remove_rows(self, kind: Records[Any], records: Sequence[Any]) -> None:
        """By their keys; those that are not there are left alone."""
        if not records:
            return
        names = [column.name for column in kind.table.columns]
        keys = {name: names.index(name) for name in kind.keys}
        rows = (kind.row(record) for record in records)
        values = [{f"key_{name}": row[place] for name, place in keys.items()} for row in rows]
        wanted = (kind.c[name] == bindparam(f"key_{name}") for name in keys)
        self._connection.execute(delete(kind.table).where(*wanted), values)

    def _remove_keys(self, statement: Delete, ids: Sequence[str]) -> None:
        for portion in _portions(ids):
            self._connection.execute(statement, {"among": portion})


def _portions(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    return (ids[start : start + _BATCH] for start in range(0, len(ids), _BATCH))
