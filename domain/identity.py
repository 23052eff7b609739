"""Matching the person behind an LTI launch, never silently and never by guess."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.ids import LaunchId, PersonId
from domain.launch import Audience, LaunchClaims, MessageType
from domain.rostering import Person


class LocalField(StrEnum):
    TECH_ID = "tech-id"
    LOGIN = "login"
    EMAIL = "email"


@dataclass(frozen=True, slots=True)
class MatchingRule:
    """Which LTI parameter is compared with which of our fields."""

    lti_param: str = "lis_person_sourcedid"
    local_field: LocalField = LocalField.TECH_ID

    def wanted(self, claims: LaunchClaims) -> str | None:
        value = claims.value(self.lti_param)
        return None if value is None else comparable(self.local_field, value)


@dataclass(frozen=True, slots=True)
class MatchingRules:
    user: MatchingRule = MatchingRule()
    student: MatchingRule = MatchingRule()

    def of(self, audience: Audience) -> MatchingRule:
        return self.student if audience is Audience.STUDENT else self.user


def comparable(field: LocalField, value: str) -> str:
    """Tech IDs compare exactly after trimming; logins and addresses ignore case."""
    trimmed = value.strip()
    return trimmed if field is LocalField.TECH_ID else trimmed.casefold()


def all_comparable(field: LocalField, values: Iterable[str]) -> Iterator[str]:
    """The comparable forms of very many values."""
    trimmed = map(str.strip, values)
    return trimmed if field is LocalField.TECH_ID else map(str.casefold, trimmed)


class MismatchReason(StrEnum):
    ANONYMOUS = "anonymous"
    TEST_STUDENT = "test-student"
    OBSERVER = "observer"
    NOTHING_SENT = "nothing-sent"
    NOBODY = "nobody"
    SEVERAL = "several"
    REASSIGNED = "reassigned"
    """The launch value now names another person than the one this LTI user was."""
    INACTIVE = "inactive"


@dataclass(frozen=True, slots=True)
class Matched:
    person: Person


@dataclass(frozen=True, slots=True)
class Unmatched:
    reason: MismatchReason
    candidates: tuple[PersonId, ...] = ()


IdentityMatch = Matched | Unmatched


@dataclass(frozen=True, slots=True)
class LmsIdentity:
    """What is remembered: this user of that platform is this person."""

    platform: str
    lms_user_id: str
    person_id: PersonId
    matched_value: str
    """What the launch said then; empty when a steward decided without knowing it."""
    matched_at: datetime
    decided_by: PersonId | None = None
    account_ref: str = ""
    """The LMS' own id of the account behind the user, where a launch told it."""


@dataclass(frozen=True, slots=True)
class LaunchRecord:
    """One launch in the log that stewards read: names of fields, masked values only.

    `slug` is `ok` or the refusal; `reason` a MismatchReason where there is one.
    `resolved_to` is the person a steward chose for a queued launch.
    """

    id: LaunchId
    at: datetime
    slug: str
    reason: str
    platform: str
    lms_user_id: str
    context_id: str
    context_label: str
    resource_link_id: str
    roles: str
    compared: str
    """The parameter and the masked value that was compared, `lis_person_sourcedid=C0...45`."""
    person_id: PersonId | None
    reference: str
    """What the refused person can read out to the help desk."""
    queued: bool
    resolved_to: PersonId | None = None


def match_person(
    claims: LaunchClaims,
    rules: MatchingRules,
    candidates: Sequence[Person],
    known: LmsIdentity | None,
    known_person: Person | None,
) -> IdentityMatch:
    """Decide who launched.

    `candidates` are all people whose field equals the rule's value; `known` is what an
    earlier launch of this LTI user remembered and `known_person` the person it names. What
    a steward decided by hand stands while the launch says what it said then, or its value
    names nobody else.
    """
    if reason := _named_for_what_it_is(claims):
        return Unmatched(reason)
    active = [person for person in candidates if person.active]
    ids = tuple(person.id for person in active)
    if known and known_person and known_person.active and _stands(known, claims, rules, ids):
        return Matched(known_person)
    if len(active) != 1:
        return _several(ids) if active else Unmatched(_why_nobody(claims, rules, candidates))
    if known is not None and known.person_id != active[0].id:
        return Unmatched(MismatchReason.REASSIGNED, (*ids, known.person_id))
    return Matched(active[0])


def _stands(
    known: LmsIdentity, claims: LaunchClaims, rules: MatchingRules, ids: tuple[PersonId, ...]
) -> bool:
    """Whether what is remembered decides, because the launch value names nobody else.

    That holds for what a steward decided; and for content-item requests, in which Canvas
    never sends a person's ids (lti.md 4.6).
    """
    if known.decided_by:
        said = rules.of(claims.audience).wanted(claims)
        same = bool(known.matched_value) and said == known.matched_value
        return same or known.person_id in ids or not ids
    asks_for_content = claims.message_type == MessageType.CONTENT_ITEM
    return asks_for_content and rules.of(claims.audience).wanted(claims) is None


def _named_for_what_it_is(claims: LaunchClaims) -> MismatchReason | None:
    """Launches behind which no person of ours can stand."""
    if claims.user_id is None:
        return MismatchReason.ANONYMOUS
    if claims.is_test_student:
        return MismatchReason.TEST_STUDENT
    return MismatchReason.OBSERVER if claims.is_observer else None


def _several(ids: tuple[PersonId, ...]) -> Unmatched:
    return Unmatched(MismatchReason.SEVERAL, ids)


def _why_nobody(
    claims: LaunchClaims, rules: MatchingRules, candidates: Sequence[Person]
) -> MismatchReason:
    if candidates:
        return MismatchReason.INACTIVE
    if rules.of(claims.audience).wanted(claims):
        return MismatchReason.NOBODY
    return MismatchReason.ANONYMOUS if claims.is_anonymous else MismatchReason.NOTHING_SENT


def masked(value: str) -> str:
    """A value shown so that a steward recognises it and a log reader does not."""
    return value if len(value) < 5 else f"{value[:2]}\N{HORIZONTAL ELLIPSIS}{value[-2:]}"  # noqa: PLR2004
