"""The queue of the identity console: its cases, one of them in full, what was decided."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from application.duplicates import Duplicate, duplicate, duplicates
from application.errors import NotFound
from application.paging import on_page, page_within, pages_of
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.queries.matching.case_candidates import Candidate, candidates_of
from application.rosters.finding import fits
from application.waiting_cases import waiting_cases
from domain.identity import LaunchRecord, masked
from domain.ids import LaunchId, PersonId
from domain.launch import LaunchClaims
from domain.matching_case import (
    ACCOUNT_PARAM,
    NAME_PARAM,
    CaseKind,
    MatchingDecision,
    kind_of,
    people_of,
)
from domain.rostering import Person

PAGE = 100
_FOUND = 20
_SHOWN = (
    NAME_PARAM, "lis_person_sourcedid", "custom_canvas_user_login_id",
    "lis_person_contact_email_primary", ACCOUNT_PARAM,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class CaseLine:
    """`people` are those whom the rule found, who was let in, or who share a value.

    `reason` is a MismatchReason, an Observed, the slug of a refusal, or the fields shared.
    """

    id: str
    kind: CaseKind
    reason: str
    people: tuple[PersonId, ...]
    at: datetime | None = None
    platform: str = ""
    lms_user_id: str = ""
    compared: str = ""
    context_label: str = ""
    roles: str = ""
    reference: str = ""


@dataclass(frozen=True, slots=True)
class QueuePage:
    """`counts` has every kind, before the filter; pages are counted from 1."""

    cases: tuple[CaseLine, ...]
    counts: Mapping[CaseKind, int]
    total: int
    page: int
    pages: int
    people: Mapping[PersonId, Person]


@dataclass(frozen=True, slots=True)
class CaseDetail:
    """`sent` are names and values of the launch, ids masked; `found` answers the search."""

    case: CaseLine
    sent: tuple[tuple[str, str], ...]
    candidates: tuple[Candidate, ...]
    found: tuple[Person, ...]
    people: Mapping[PersonId, Person]


@dataclass(frozen=True, slots=True)
class DecisionsPage:
    decisions: tuple[MatchingDecision, ...]
    people: Mapping[PersonId, Person]
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class ReadQueue:
    units: UnitOfWorkFactory

    def __call__(
        self, kind: CaseKind | None = None, words: str = "", page: int = 1, size: int = PAGE
    ) -> QueuePage:
        """Launches newest first, then people who share a value. Nothing is written.

        `words` are looked for in the reference, the course, the roles and the names of the
        people.
        """
        with self.units(write=False) as unit:
            every = _cases(unit)
            people = unit.roster.people({one for case in every for one in case.people})
        wanted = [
            case
            for case in every
            if (kind is None or case.kind is kind) and _is_meant(case, words, people)
        ]
        counts = Counter(case.kind for case in every)
        page = page_within(page, len(wanted), size)
        return QueuePage(
            on_page(wanted, page, size),
            {one: counts[one] for one in CaseKind},
            len(wanted),
            page,
            pages_of(len(wanted), size),
            people,
        )


@dataclass(frozen=True, slots=True)
class ReadCase:
    units: UnitOfWorkFactory

    def __call__(self, case_id: str, words: str = "") -> CaseDetail:
        """`words` find further people. Raises NotFound for what does not wait (any more)."""
        with self.units(write=False) as unit:
            found = tuple(unit.matching.search(words, _FOUND)) if words.strip() else ()
            if people_of(case_id):
                shared = duplicate(unit, case_id)
                people = {person.id: person for person in shared.people}
                return CaseDetail(_of_people(shared), (), (), found, people)
            return _launch_detail(unit, case_id, found)


@dataclass(frozen=True, slots=True)
class ReadDecisions:
    units: UnitOfWorkFactory

    def __call__(self, page: int = 1, size: int = PAGE) -> DecisionsPage:
        """Newest first, undone ones too."""
        page = max(1, page)
        with self.units(write=False) as unit:
            found = unit.matching.decisions(size, (page - 1) * size)
            ids = {one.person_id for one in found.decisions if one.person_id}
            ids |= {who for one in found.decisions for who in people_of(one.subject)}
            ids |= {PersonId(one.decided_by) for one in found.decisions}
            people = unit.roster.people(ids)
        return DecisionsPage(found.decisions, people, page, pages_of(found.total, size))


def _cases(unit: UnitOfWork) -> list[CaseLine]:
    waiting = waiting_cases(unit)
    launches = [
        _of_launch(record, waiting.candidates.get(record.id, ())) for record in waiting.records
    ]
    return [*launches, *(_of_people(one) for one in duplicates(unit))]


def _launch_detail(unit: UnitOfWork, case_id: str, found: tuple[Person, ...]) -> CaseDetail:
    waiting = waiting_cases(unit)
    record = next((one for one in waiting.records if one.id == case_id), None)
    if record is None:
        raise NotFound("This case")
    kept = waiting.values.get(LaunchId(case_id))
    claims = kept.claims if kept else LaunchClaims({})
    case = _of_launch(record, waiting.candidates.get(record.id, ()))
    people = unit.roster.people(case.people)
    return CaseDetail(case, _sent(claims), candidates_of(unit, record, claims), found, people)


def _of_launch(record: LaunchRecord, candidates: tuple[PersonId, ...]) -> CaseLine:
    people = candidates or ((record.person_id,) if record.person_id else ())
    return CaseLine(
        record.id,
        kind_of(record),
        record.reason or record.slug,
        tuple(dict.fromkeys(people)),
        record.at,
        record.platform,
        record.lms_user_id,
        record.compared,
        record.context_label,
        record.roles,
        record.reference,
    )


def _of_people(shared: Duplicate) -> CaseLine:
    people = tuple(person.id for person in shared.people)
    return CaseLine(shared.case_id, CaseKind.DUPLICATE, shared.shared, people)


def _sent(claims: LaunchClaims) -> tuple[tuple[str, str], ...]:
    return tuple(
        (name, value if name == NAME_PARAM else masked(value))
        for name in _SHOWN
        if (value := claims.value(name)) is not None
    )


def _is_meant(case: CaseLine, words: str, people: Mapping[PersonId, Person]) -> bool:
    if not words.strip():
        return True
    names: Iterable[str] = (people[one].full_name for one in case.people if one in people)
    return fits(words, case.reference, case.context_label, case.roles, *names)
