"""Loads of rosters, and whole rosters at once."""

from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import fields, is_dataclass
from typing import Any

from adapters.outbound.memory.rows import Rows, VersionedRows
from adapters.outbound.memory.store import Transaction
from adapters.outbound.memory.stored_enrolments import MemoryStoredEnrolments
from application.errors import Conflict
from application.ports.load_repositories import (
    EnrolmentFields,
    LoadPace,
    LoadRepository,
    RosterBulk,
    Use,
)
from application.rosters.load_runs import (
    AnyRecord,
    LoadBefore,
    LoadDoubles,
    LoadFindings,
    LoadRun,
    LoadState,
)
from application.rosters.records import RecordKind
from domain.access import GrantSource, RoleGrant
from domain.assessment import SectionAssessment
from domain.identity import LocalField, comparable
from domain.ids import LoadRunId, PersonId, SectionId
from domain.person_alias import PersonAlias
from domain.rostering import Demographic, Enrolment


class MemoryLoads(LoadRepository):
    """Writers queue at the entrance of the unit, so nobody needs to be held."""

    def __init__(self, transaction: Transaction) -> None:
        self._runs = VersionedRows[LoadRun](transaction, "load run", lambda run: run.id)
        self._findings = Rows[LoadFindings](
            transaction, "load finding", lambda one: (one.run_id, one.number)
        )
        self._doubles = Rows[LoadDoubles](transaction, "load double", lambda one: one.run_id)
        self._before = Rows[LoadBefore](
            transaction, "load before", lambda one: (one.run_id, list(RecordKind).index(one.kind))
        )
        self._paces = Rows[LoadPace](transaction, "load pace", lambda one: one.run_id)

    def hold(self) -> None:
        return

    def get(self, run_id: LoadRunId) -> LoadRun:
        return self._runs.get("This load", run_id)

    def recent(self, limit: int = 100) -> list[LoadRun]:
        newest = sorted(self._runs.all(), key=lambda run: (run.requested_at, run.id), reverse=True)
        return newest[:limit]

    def last_applied(self) -> LoadRun | None:
        applied = [
            (run.finished_at, run.id, run)
            for run in self._runs.all()
            if run.state is LoadState.APPLIED and run.finished_at
        ]
        return max(applied)[2] if applied else None

    def open_runs(self) -> list[LoadRun]:
        return [run for run in reversed(self.recent(len(self._runs.all()))) if run.is_open]

    def save(self, run: LoadRun) -> LoadRun:
        return self._runs.save(run)

    def remove(self, run_id: LoadRunId) -> None:
        self._findings.remove(self._findings.where(lambda one: one.run_id == run_id))
        self._doubles.remove(self._doubles.where(lambda one: one.run_id == run_id))
        self._before.remove(self._before.where(lambda one: one.run_id == run_id))
        self._paces.remove(self._paces.where(lambda one: one.run_id == run_id))
        self._runs.remove(self._runs.where(lambda run: run.id == run_id))

    def findings(self, run_id: LoadRunId, number: int) -> LoadFindings | None:
        return self._findings.find((run_id, number))

    def put_findings(self, run_id: LoadRunId, portions: Iterable[LoadFindings]) -> None:
        self._findings.remove(self._findings.where(lambda one: one.run_id == run_id))
        self._findings.put(portions)

    def doubles(self, run_id: LoadRunId) -> LoadDoubles | None:
        return self._doubles.find(run_id)

    def put_doubles(self, doubles: LoadDoubles) -> None:
        self._doubles.put([doubles])

    def before(self, run_id: LoadRunId) -> list[LoadBefore]:
        return self._before.where(lambda one: one.run_id == run_id)

    def put_before(self, before: Iterable[LoadBefore]) -> None:
        self._before.put(before)

    def pace(self, run_id: LoadRunId) -> LoadPace | None:
        return self._paces.find(run_id)

    def put_pace(self, pace: LoadPace) -> None:
        self._paces.put([pace])


_KINDS = {
    RecordKind.ORGS: "org",
    RecordKind.TERMS: "term",
    RecordKind.COURSES: "course",
    RecordKind.SECTIONS: "section",
    RecordKind.PEOPLE: "person",
    RecordKind.ENROLMENTS: "enrolment",
}


_SAME = "Another record of this kind exists already, or was stored meanwhile."
_UNTIED = {"audit", "launch"}
"""Logs: they name people without holding on to them."""


class MemoryRosterBulk(RosterBulk):
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction
        self._records = {
            kind: Rows[AnyRecord](transaction, name, lambda one: one.id)
            for kind, name in _KINDS.items()
        }
        self._grants = Rows[RoleGrant](
            transaction, "role grant", lambda one: (one.person_id, one.role, one.org_id or "")
        )
        self._grant_sources = Rows[GrantSource](
            transaction, "grant source", lambda one: one.source_id
        )
        self._aliases = Rows[PersonAlias](
            transaction, "person alias", lambda one: (one.person_id, one.field, one.value)
        )
        self._works = Rows[SectionAssessment](
            transaction, "section assessment", lambda work: work.id
        )
        self._demographics = Rows[Demographic](
            transaction, "demographic", lambda one: (one.person_id, one.attribute)
        )

    def counts(self) -> Mapping[RecordKind, int]:
        return {kind: len(rows.all()) for kind, rows in self._records.items()}

    def among(self, kind: RecordKind, ids: Iterable[str]) -> dict[str, AnyRecord]:
        found = (self._records[kind].find(one) for one in ids)
        return {record.id: record for record in found if record is not None}

    def enrolments(self) -> MemoryStoredEnrolments:
        rows = Rows[Enrolment](self._transaction, "enrolment", lambda one: one.id)
        return MemoryStoredEnrolments(rows.all)

    def worked_sections(self) -> frozenset[SectionId]:
        return frozenset(work.section_id for work in self._works.all())

    def put(self, kind: RecordKind, records: Iterable[AnyRecord]) -> None:
        self._records[kind].put(records)

    def add(self, kind: RecordKind, records: Iterable[AnyRecord]) -> None:
        added = list(records)
        if self.among(kind, (record.id for record in added)):
            raise Conflict(_SAME)
        self._records[kind].put(added)

    def add_enrolments(self, new: EnrolmentFields) -> None:
        self.add(RecordKind.ENROLMENTS, new.records())

    def filling(self, kind: RecordKind, count: int) -> AbstractContextManager[None]:  # noqa: ARG002
        return nullcontext()

    def uses(self, kind: RecordKind, ids: Iterable[str]) -> list[Use]:
        wanted = frozenset(ids)
        found: dict[str, int] = {}
        for name in self._transaction.kinds() - _UNTIED:
            rows = self._transaction.rows(name).values()
            inside = wanted if name == _KINDS[kind] else frozenset()
            found[name] = sum(_names(record, wanted, inside) for record in rows)
        return [Use(name, found[name]) for name in sorted(found) if found[name]]

    def remove(self, kind: RecordKind, ids: Iterable[str]) -> None:
        rows = self._records[kind]
        rows.remove(list(self.among(kind, ids).values()))

    def grants_of(self, person_ids: Iterable[PersonId]) -> list[RoleGrant]:
        wanted = frozenset(person_ids)
        return self._grants.where(lambda grant: grant.person_id in wanted)

    def put_grants(self, grants: Iterable[RoleGrant]) -> None:
        self._grants.put(grants)

    def add_grants(self, grants: Iterable[RoleGrant]) -> None:
        added = list(grants)
        if any(self._grants.find(self._grants.key_of(one)) for one in added):
            raise Conflict(_SAME)
        self._grants.put(added)

    def remove_grants(self, grants: Iterable[RoleGrant]) -> None:
        _remove_known(self._grants, grants)

    def grant_sources(self) -> list[GrantSource]:
        return self._grant_sources.all()

    def put_grant_sources(self, sources: Iterable[GrantSource]) -> None:
        self._grant_sources.put(sources)

    def remove_grant_sources(self, sources: Iterable[GrantSource]) -> None:
        _remove_known(self._grant_sources, sources)

    def aliases_of(self, person_ids: Iterable[PersonId]) -> list[PersonAlias]:
        wanted = frozenset(person_ids)
        return self._aliases.where(lambda one: one.person_id in wanted)

    def people_once(self, field: LocalField, value: str) -> list[PersonId]:
        wanted = comparable(field, value)
        found = self._aliases.where(
            lambda one: one.field is field and comparable(field, one.value) == wanted
        )
        return sorted({one.person_id for one in found})

    def put_aliases(self, aliases: Iterable[PersonAlias]) -> None:
        self._aliases.put(aliases)

    def remove_aliases(self, aliases: Iterable[PersonAlias]) -> None:
        _remove_known(self._aliases, aliases)

    def demographics_of(self, person_ids: Iterable[PersonId]) -> list[Demographic]:
        wanted = frozenset(person_ids)
        return self._demographics.where(lambda one: one.person_id in wanted)

    def put_demographics(self, demographics: Iterable[Demographic]) -> None:
        self._demographics.put(demographics)

    def remove_demographics(self, demographics: Iterable[Demographic]) -> None:
        _remove_known(self._demographics, demographics)


def _remove_known(rows: Rows[Any], records: Iterable[Any]) -> None:
    known = {rows.key_of(one): one for one in records if rows.find(rows.key_of(one)) is not None}
    rows.remove(known.values())


def _names(record: object, wanted: frozenset[str], inside: frozenset[str]) -> bool:
    """Whether a field other than the record's own id holds one of the ids."""
    if not is_dataclass(record) or getattr(record, "id", "") in inside:
        return False
    values = (getattr(record, one.name) for one in fields(record) if one.name != "id")
    return any(isinstance(value, str) and value in wanted for value in values)
