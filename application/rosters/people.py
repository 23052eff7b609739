"""The people of a roster and their places in sections: who is who, and who was there."""

from collections.abc import Iterator

from application.ports.runtime import NewId
from application.rosters.diff import LOCAL, KindPlan, RowRefused, compare, live
from application.rosters.records import (
    EnrolmentRecord,
    Listing,
    PersonRecord,
    RecordKind,
    Roster,
)
from domain.access import Role, RoleGrant
from domain.identity import masked
from domain.ids import EnrolmentId, PersonId, SectionId
from domain.rostering import Enrolment, EnrolmentRole, Person, Section

_ROLES = {EnrolmentRole.TEACHER: Role.FACULTY, EnrolmentRole.STUDENT: Role.STUDENT}


def plan_people(
    stored: list[Person], listing: Listing[PersonRecord], new_id: NewId
) -> KindPlan[Person]:
    """A person is known by source id; one made by hand, or ended, also by Tech ID."""
    listed = {record.source_id for record in listing.rows}
    free = {p.tech_id: p for p in stored if not p.active or p.source_id.startswith(LOCAL)}
    taken = {p.tech_id: p for p in stored if p.source_id not in listed}
    holder: dict[str, str] = {}

    def find(record: PersonRecord) -> Person | None:
        found = free.get(record.tech_id)
        return None if found is None or found.source_id in listed else found

    def build(record: PersonRecord, before: Person | None) -> Person:
        other = taken.get(record.tech_id)
        if other is not None and (before is None or other.id != before.id):
            cause = f"this Tech ID belongs to the person with the id {other.source_id}"
            raise RowRefused("tech_id", masked(record.tech_id), cause, spare=other.id)
        first = holder.setdefault(record.tech_id, record.source_id)
        if first != record.source_id:
            cause = f"the same Tech ID as the person with the id {first}"
            raise RowRefused("tech_id", masked(record.tech_id), cause)
        return Person(
            before.id if before else PersonId(new_id()),
            record.source_id,
            record.tech_id,
            record.login,
            record.email,
            record.given_name,
            record.family_name,
            record.enabled,
        )

    return compare(RecordKind.PEOPLE, stored, listing, build, find)


def plan_enrolments(
    stored: list[Enrolment],
    roster: Roster,
    sections: KindPlan[Section],
    people: KindPlan[Person],
    new_id: NewId,
) -> KindPlan[Enrolment]:
    """One enrolment for each section, person and role: dropped and re-added is the same one."""
    listed_people = {record.source_id for record in roster.people.rows}
    disabled = {
        person.source_id: person
        for person in people.to_put
        if person.source_id in listed_people and not person.active
    }
    by_key = {(e.section_id, e.person_id, e.role): e for e in stored}
    listed = {record.source_id for record in roster.enrolments.rows}
    seen: dict[tuple[SectionId, PersonId, EnrolmentRole], int] = {}

    def find(record: EnrolmentRecord) -> Enrolment | None:
        section, person = sections.live.get(record.section), people.live.get(record.person)
        if section is None or person is None:
            return None
        found = by_key.get((section.id, person.id, record.role))
        return None if found is None or found.source_id in listed else found

    def build(record: EnrolmentRecord, before: Enrolment | None) -> Enrolment:
        section = live(sections, record.section, "section", "class", roster.sections)
        person = disabled.get(record.person)
        person = person or live(people, record.person, "person", "user", roster.people)
        first = seen.setdefault((section.id, person.id, record.role), record.line)
        if first != record.line:
            raise RowRefused("person", record.person, f"the same enrolment as in line {first}")
        enrolment_id = before.id if before else EnrolmentId(new_id())
        return Enrolment(
            enrolment_id, record.source_id, section.id, person.id, record.role, active=True
        )

    return compare(RecordKind.ENROLMENTS, stored, roster.enrolments, build, find)


def role_grants(
    people: KindPlan[Person], enrolments: KindPlan[Enrolment], roster: Roster
) -> tuple[RoleGrant, ...]:
    """The roles that new and changed people and enrolments bring, each once."""
    return tuple(dict.fromkeys((*_of_people(people, roster), *_of_enrolments(enrolments))))


def _of_people(plan: KindPlan[Person], roster: Roster) -> Iterator[RoleGrant]:
    roles = {record.source_id: record.role for record in roster.people.rows}
    for person in (*plan.added, *plan.changed):
        role = roles.get(person.source_id)
        if role is not None:
            yield RoleGrant(person.id, _ROLES[role], None)


def _of_enrolments(plan: KindPlan[Enrolment]) -> Iterator[RoleGrant]:
    for enrolment in (*plan.added, *plan.changed):
        yield RoleGrant(enrolment.person_id, _ROLES[enrolment.role], None)
