"""Where loads of rosters are kept, and how whole rosters are read and written at once.

`get...`, `save...` and `put...` keep the promises of `application.ports.repositories`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from application.rosters.load_runs import (
    AnyRecord,
    LoadBefore,
    LoadDoubles,
    LoadFindings,
    LoadRun,
)
from application.rosters.records import RecordKind
from domain.access import GrantSource, RoleGrant
from domain.identity import LocalField
from domain.ids import EnrolmentId, LoadRunId, PersonId, SectionId
from domain.person_alias import PersonAlias
from domain.rostering import Demographic, Enrolment, EnrolmentRole


@dataclass(frozen=True, slots=True)
class LoadPace:
    """How far the work on a load is: so many rows of `total`, doing what `doing` says."""

    run_id: LoadRunId
    doing: str
    done: int
    total: int


class LoadRepository(Protocol):
    """Loads, what they found, and what they replaced."""

    def hold(self) -> None:
        """Let no other load write before this unit is over; waits for one that does."""

    def get(self, run_id: LoadRunId) -> LoadRun: ...
    def recent(self, limit: int = 100) -> list[LoadRun]:
        """Newest first."""

    def last_applied(self) -> LoadRun | None:
        """The newest that is applied and not undone."""

    def open_runs(self) -> list[LoadRun]:
        """Those that a job has in hand, oldest first."""

    def save(self, run: LoadRun) -> LoadRun: ...
    def remove(self, run_id: LoadRunId) -> None:
        """Forget a load that never stored anything, with all that it found."""

    def findings(self, run_id: LoadRunId, number: int) -> LoadFindings | None:
        """One portion, counted from 0."""

    def put_findings(self, run_id: LoadRunId, portions: Iterable[LoadFindings]) -> None:
        """Replace all portions of the load."""

    def doubles(self, run_id: LoadRunId) -> LoadDoubles | None: ...
    def put_doubles(self, doubles: LoadDoubles) -> None: ...
    def before(self, run_id: LoadRunId) -> list[LoadBefore]:
        """In the order of RecordKind."""

    def put_before(self, before: Iterable[LoadBefore]) -> None: ...
    def pace(self, run_id: LoadRunId) -> LoadPace | None: ...
    def put_pace(self, pace: LoadPace) -> None: ...


EnrolmentFacts = tuple[EnrolmentRole, bool, date | None, date | None]
"""The last fields of an enrolment, from its role on; very many have the same."""


@dataclass(frozen=True, slots=True)
class EnrolmentFields:
    """Enrolments side by side, in the order of their fields."""

    ids: Sequence[EnrolmentId]
    source_ids: Sequence[str]
    section_ids: Sequence[SectionId]
    person_ids: Sequence[PersonId]
    facts: Sequence[EnrolmentFacts]

    @staticmethod
    def of(records: Sequence[Enrolment]) -> "EnrolmentFields":
        return EnrolmentFields(
            [one.id for one in records],
            [one.source_id for one in records],
            [one.section_id for one in records],
            [one.person_id for one in records],
            [(one.role, one.active, one.begins_on, one.ends_on) for one in records],
        )

    def __len__(self) -> int:
        return len(self.ids)

    def rows(self) -> Iterator[tuple[EnrolmentId, str, SectionId, PersonId, EnrolmentFacts]]:
        return zip(
            self.ids, self.source_ids, self.section_ids, self.person_ids, self.facts, strict=True
        )

    def records(self) -> Iterator[Enrolment]:
        return (self.record(place) for place in range(len(self)))

    def record(self, place: int) -> Enrolment:
        return Enrolment(
            self.ids[place], self.source_ids[place], self.section_ids[place],
            self.person_ids[place], *self.facts[place],
        )  # fmt: skip


class StoredEnrolments(Protocol):
    """What is stored of who was where; there are very many, and mostly few that change."""

    def count(self) -> int:
        """Ended ones too."""

    def of(self, people: Iterable[PersonId]) -> list[Enrolment]:
        """Ended ones too; those of one person by id."""

    def portions(self) -> Iterator[EnrolmentFields]:
        """All, ended ones too, some at a time and in no order."""


@dataclass(frozen=True, slots=True)
class Use:
    """Records of another kind that name one of ours, such as `score`, and how many."""

    what: str
    count: int


class RosterBulk(Protocol):
    """Rosters by the hundred thousand."""

    def counts(self) -> Mapping[RecordKind, int]:
        """How many records of each kind there are, ended ones too."""

    def among(self, kind: RecordKind, ids: Iterable[str]) -> dict[str, AnyRecord]: ...
    def enrolments(self) -> StoredEnrolments: ...
    def worked_sections(self) -> frozenset[SectionId]:
        """Those that hold assessments."""

    def put(self, kind: RecordKind, records: Iterable[AnyRecord]) -> None:
        """Insert or replace by id."""

    def add(self, kind: RecordKind, records: Iterable[AnyRecord]) -> None:
        """Insert records that are new. Raises Conflict when one is there already."""

    def add_enrolments(self, new: EnrolmentFields) -> None:
        """Insert those that are new. Raises Conflict when one is there already."""

    def filling(self, kind: RecordKind, count: int) -> AbstractContextManager[None]:
        """Around the adding of so many, which may be quicker for being known beforehand."""

    def uses(self, kind: RecordKind, ids: Iterable[str]) -> list[Use]:
        """What names these records, by name: whatever kind it is, ended or not.

        Records among `ids` that name one another do not count.
        """

    def remove(self, kind: RecordKind, ids: Iterable[str]) -> None:
        """Raises NotFound at the latest when the unit commits while something names them."""

    def grants_of(self, person_ids: Iterable[PersonId]) -> list[RoleGrant]: ...
    def put_grants(self, grants: Iterable[RoleGrant]) -> None:
        """Granting twice changes nothing."""

    def add_grants(self, grants: Iterable[RoleGrant]) -> None:
        """Insert those that are new. Raises Conflict when one is there already."""

    def remove_grants(self, grants: Iterable[RoleGrant]) -> None: ...
    def grant_sources(self) -> list[GrantSource]:
        """What the rows of every file of roles so far give; by source id."""

    def put_grant_sources(self, sources: Iterable[GrantSource]) -> None:
        """Insert or replace by source id."""

    def remove_grant_sources(self, sources: Iterable[GrantSource]) -> None:
        """By source id; those that are not there are left alone."""

    def aliases_of(self, person_ids: Iterable[PersonId]) -> list[PersonAlias]: ...
    def people_once(self, field: LocalField, value: str) -> list[PersonId]:
        """Whose alias equals `value` in comparable form; by id."""

    def put_aliases(self, aliases: Iterable[PersonAlias]) -> None: ...
    def remove_aliases(self, aliases: Iterable[PersonAlias]) -> None: ...
    def demographics_of(self, person_ids: Iterable[PersonId]) -> list[Demographic]: ...
    def put_demographics(self, demographics: Iterable[Demographic]) -> None: ...
    def remove_demographics(self, demographics: Iterable[Demographic]) -> None: ...
