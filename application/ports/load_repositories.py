"""Where loads of rosters are kept, and how whole rosters are read and written at once.

`get...`, `save...` and `put...` keep the promises of `application.ports.repositories`.
"""

from collections.abc import Iterable, Mapping
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
from domain.access import RoleGrant
from domain.identity import LocalField
from domain.ids import LoadRunId, PersonId, SectionId
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


EnrolmentFacts = tuple[SectionId | None, PersonId | None, EnrolmentRole, date | None, date | None]
"""Section, person, role, first and last day. None for a section or person that is not here."""
Wanted = dict[str, EnrolmentFacts | None]
"""By source id, what a live enrolment shall say; None: bring it whatever it says."""


class StoredEnrolments(Protocol):
    """What is stored of who was where; there are very many, and mostly few that change."""

    def count(self) -> int:
        """Ended ones too."""

    def of(self, people: Iterable[PersonId]) -> list[Enrolment]:
        """Ended ones too; those of one person by id."""

    def beside(self, wanted: Wanted) -> list[Enrolment]:
        """Live enrolments that stand otherwise than `wanted`, or are not in it; by id.

        Those that stand as wanted are taken out of `wanted`. Ended ones come only where it
        has their source id.
        """


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

    def uses(self, kind: RecordKind, ids: Iterable[str]) -> list[Use]:
        """What names these records, by name: whatever kind it is, ended or not.

        Records among `ids` that name one another do not count.
        """

    def remove(self, kind: RecordKind, ids: Iterable[str]) -> None:
        """Raises NotFound at the latest when the unit commits while something names them."""

    def grants_of(self, person_ids: Iterable[PersonId]) -> list[RoleGrant]: ...
    def put_grants(self, grants: Iterable[RoleGrant]) -> None:
        """Granting twice changes nothing."""

    def remove_grants(self, grants: Iterable[RoleGrant]) -> None: ...
    def aliases_of(self, person_ids: Iterable[PersonId]) -> list[PersonAlias]: ...
    def people_once(self, field: LocalField, value: str) -> list[PersonId]:
        """Whose alias equals `value` in comparable form; by id."""

    def put_aliases(self, aliases: Iterable[PersonAlias]) -> None: ...
    def remove_aliases(self, aliases: Iterable[PersonAlias]) -> None: ...
    def demographics_of(self, person_ids: Iterable[PersonId]) -> list[Demographic]: ...
    def put_demographics(self, demographics: Iterable[Demographic]) -> None: ...
    def remove_demographics(self, demographics: Iterable[Demographic]) -> None: ...
