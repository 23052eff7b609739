"""Which students of a section stand behind the students of an LMS course."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from application.matching import account_value, holders_of, local_value, rules_of
from application.ports.lms import LmsAccount
from application.ports.unit_of_work import UnitOfWork
from application.workplace import Workplace
from domain.identity import LocalField, MismatchReason
from domain.ids import LmsUserRef, PersonId, SiteId
from domain.rostering import EnrolmentRole, Person
from domain.score_import.import_plan import NOT_IN_SECTION

NOT_MATCHED = "not-matched"
"""A slug of `application.refusals`."""


@dataclass(frozen=True, slots=True)
class CoursePeople:
    """`people` are active students of the section; `nobodys` wait for a steward's decision.

    `left` once were students of the section. Who is in none of the three is known here, but of
    another section.
    """

    people: Mapping[LmsUserRef, PersonId]
    left: Mapping[LmsUserRef, PersonId]
    nobodys: Mapping[LmsUserRef, MismatchReason]

    def absence(self, user: LmsUserRef) -> str:
        """Why this user of the LMS is no student of the section."""
        return NOT_MATCHED if user in self.nobodys else NOT_IN_SECTION


def course_people(
    unit: UnitOfWork,
    place: Workplace,
    site_id: SiteId,
    accounts: Collection[LmsAccount],
    wanted: Collection[LmsUserRef],
) -> CoursePeople:
    """Compare as a send does, by the student rule's local field; what fits twice fits nobody.

    `accounts` are all students of the LMS course, `wanted` those who matter. A steward's
    decision about one stands while the field names nobody else.
    """
    field = rules_of(unit.settings).student.local_field
    students = unit.roster.people_in(place.section.id, EnrolmentRole.STUDENT)
    enrolled = {person.id for person in students}
    by_value = {local_value(person, field): person.id for person in students}
    doubled = _doubled(local_value(person, field) for person in students)
    shared = _doubled(account_value(one, field) for one in accounts)
    decisions = _Decisions(unit, field, platforms(unit, place, site_id), shared)
    leavers = _Leavers.of(unit, place, field)
    people: dict[LmsUserRef, PersonId] = {}
    left: dict[LmsUserRef, PersonId] = {}
    nobodys: dict[LmsUserRef, MismatchReason] = {}
    for account in accounts:
        value = account_value(account, field)
        if account.ref not in wanted:
            continue
        if value in by_value and value not in doubled | shared:
            people[account.ref] = by_value[value]
            continue
        found = decisions.who(account)
        if not isinstance(found, MismatchReason) and found in enrolled:
            people[account.ref] = found
        elif leaver := leavers.meant(found, value):
            left[account.ref] = leaver
        elif isinstance(found, MismatchReason):
            nobodys[account.ref] = found
    return CoursePeople(people, left, nobodys)


def platforms(unit: UnitOfWork, place: Workplace, site_id: SiteId) -> tuple[str, ...]:
    """Under what names users of the site are remembered: as launches say, else its address."""
    links = unit.links.in_sections([place.section.id])
    launched = (link.placement.platform for link in links if link.site_id == site_id)
    return (*dict.fromkeys(launched), unit.sites.get(site_id).url)


@dataclass(frozen=True, slots=True)
class _Decisions:
    unit: UnitOfWork
    field: LocalField
    platforms: tuple[str, ...]
    shared: Collection[str]
    """Values that several accounts of the LMS have."""

    def who(self, account: LmsAccount) -> PersonId | MismatchReason:
        """The active person behind an account that no single student of the section fits."""
        value = account_value(account, self.field)
        fitting = holders_of(self.unit, self.field, value) if value else []
        active = [person.id for person in fitting if person.active]
        decided = self._decided(account.ref)
        if decided is not None and (decided.id in active or not active):
            return decided.id
        if len(active) > 1 or (active and value in self.shared):
            return MismatchReason.SEVERAL
        return active[0] if active else _why_nobody(value, fitting)

    def _decided(self, user: LmsUserRef) -> Person | None:
        for platform in self.platforms:
            known = self.unit.identities.known(platform, user)
            if known is not None and known.decided_by:
                person = self.unit.roster.person(known.person_id)
                return person if person.active else None
        return None


@dataclass(frozen=True, slots=True)
class _Leavers:
    """Students who dropped the section, but for those who changed to another one of its course."""

    unit: UnitOfWork
    place: Workplace
    by_id: Mapping[PersonId, Person]
    by_value: Mapping[str, PersonId]

    @classmethod
    def of(cls, unit: UnitOfWork, place: Workplace, field: LocalField) -> "_Leavers":
        left = unit.roster.people_who_left(place.section.id, EnrolmentRole.STUDENT)
        by_value = {local_value(one, field): one.id for one in left if not one.active}
        return cls(unit, place, {one.id: one for one in left}, by_value)

    def meant(self, found: PersonId | MismatchReason, value: str) -> PersonId | None:
        """Also one who left the college too, whom the value alone names."""
        if found is MismatchReason.INACTIVE:
            return self.by_value.get(value)
        if isinstance(found, MismatchReason) or found not in self.by_id:
            return None
        return None if self._goes_on(found) else found

    def _goes_on(self, person_id: PersonId) -> bool:
        here = self.place.section
        taken = self.unit.roster.sections_of(person_id, EnrolmentRole.STUDENT)
        return any((one.course_id, one.term_id) == (here.course_id, here.term_id) for one in taken)


def _doubled(values: Iterable[str]) -> set[str]:
    return {value for value, times in Counter(values).items() if times > 1}


def _why_nobody(value: str, fitting: list[Person]) -> MismatchReason:
    if fitting:
        return MismatchReason.INACTIVE
    return MismatchReason.NOBODY if value else MismatchReason.NOTHING_SENT
