"""What a roster would change: pure comparison of what is stored with what was read."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from application.ports.runtime import NewId
from application.roster_diff import LOCAL, KindPlan, RowRefused, compare, live
from application.roster_records import (
    CourseRecord,
    EnrolmentRecord,
    Listing,
    OrgRecord,
    PersonRecord,
    RecordKind,
    Roster,
    RowError,
    SectionRecord,
    TermRecord,
)
from application.roster_tree import parents_first
from domain.access import Role, RoleGrant
from domain.identity import masked
from domain.ids import CourseId, EnrolmentId, OrgId, PersonId, SectionId, TermId
from domain.rostering import Course, Enrolment, EnrolmentRole, Org, Person, Section, Term

_ROLES = {EnrolmentRole.TEACHER: Role.FACULTY, EnrolmentRole.STUDENT: Role.STUDENT}


@dataclass(frozen=True, slots=True)
class StoredRoster:
    """What is stored before the load, ended records too."""

    orgs: list[Org]
    terms: list[Term]
    courses: list[Course]
    sections: list[Section]
    people: list[Person]
    enrolments: list[Enrolment]


AnyKindPlan = (
    KindPlan[Org]
    | KindPlan[Term]
    | KindPlan[Course]
    | KindPlan[Section]
    | KindPlan[Person]
    | KindPlan[Enrolment]
)


@dataclass(frozen=True, slots=True)
class RosterPlan:
    orgs: KindPlan[Org]
    terms: KindPlan[Term]
    courses: KindPlan[Course]
    sections: KindPlan[Section]
    people: KindPlan[Person]
    enrolments: KindPlan[Enrolment]
    grants: tuple[RoleGrant, ...]
    errors: tuple[RowError, ...]
    """Those of reading first, then those found by comparing."""

    @property
    def kinds(self) -> tuple[AnyKindPlan, ...]:
        """In the order of RecordKind."""
        return (self.orgs, self.terms, self.courses, self.sections, self.people, self.enrolments)

    @property
    def changes_nothing(self) -> bool:
        return not any(kind.to_put for kind in self.kinds)


def plan_roster(stored: StoredRoster, roster: Roster, new_id: NewId) -> RosterPlan:
    """Compare kind after kind, so that references are looked up among what will be live.

    A row whose reference is not live is refused by name and stops no other row.
    """
    orgs = _plan_orgs(stored.orgs, roster.orgs, new_id)
    terms = compare(RecordKind.TERMS, stored.terms, roster.terms, _TermBuilder(new_id))
    courses = compare(
        RecordKind.COURSES, stored.courses, roster.courses, _CourseBuilder(new_id, orgs, roster)
    )
    sections = compare(
        RecordKind.SECTIONS,
        stored.sections,
        roster.sections,
        _SectionBuilder(new_id, orgs, terms, courses, roster),
    )
    people = _plan_people(stored.people, roster.people, new_id)
    enrolments = _plan_enrolments(stored.enrolments, roster, sections, people, new_id)
    kinds = (orgs, terms, courses, sections, people, enrolments)
    found = tuple(error for kind in kinds for error in kind.errors)
    grants = tuple(dict.fromkeys((*_of_people(people, roster), *_of_enrolments(enrolments))))
    return RosterPlan(
        orgs, terms, courses, sections, people, enrolments, grants, (*roster.errors, *found)
    )


def _plan_orgs(stored: list[Org], listing: Listing[OrgRecord], new_id: NewId) -> KindPlan[Org]:
    """Parents before children, so that each child finds its parent's id."""
    order = parents_first(listing)
    ids = {org.source_id: org.id for org in stored if org.active}

    def build(record: OrgRecord, before: Org | None) -> Org:
        org_id = before.id if before else OrgId(new_id())
        if record.parent and record.parent not in ids:
            raise RowRefused("parent", record.parent, f"{listing.file} has no such org, or it fell")
        ids[record.source_id] = org_id
        parent = ids[record.parent] if record.parent else None
        return Org(
            org_id, record.source_id, record.code, record.name, record.kind, parent, active=True
        )

    plan = compare(RecordKind.ORGS, stored, replace(listing, rows=order.rows), build)
    return replace(plan, errors=(*order.errors, *plan.errors))


@dataclass(frozen=True, slots=True)
class _TermBuilder:
    new_id: NewId

    def __call__(self, record: TermRecord, before: Term | None) -> Term:
        term_id = before.id if before else TermId(self.new_id())
        return Term(
            term_id,
            record.source_id,
            record.name,
            record.kind,
            record.starts_on,
            record.ends_on,
            active=True,
        )


@dataclass(frozen=True, slots=True)
class _CourseBuilder:
    new_id: NewId
    orgs: KindPlan[Org]
    roster: Roster

    def __call__(self, record: CourseRecord, before: Course | None) -> Course:
        org = live(self.orgs, record.org, "org", "org", self.roster.orgs)
        course_id = before.id if before else CourseId(self.new_id())
        return Course(course_id, record.source_id, record.code, record.title, org.id, active=True)


@dataclass(frozen=True, slots=True)
class _SectionBuilder:
    new_id: NewId
    orgs: KindPlan[Org]
    terms: KindPlan[Term]
    courses: KindPlan[Course]
    roster: Roster

    def __call__(self, record: SectionRecord, before: Section | None) -> Section:
        course = live(self.courses, record.course, "course", "course", self.roster.courses)
        org = live(self.orgs, record.org, "org", "org", self.roster.orgs)
        section_id = before.id if before else SectionId(self.new_id())
        return Section(
            section_id,
            record.source_id,
            record.title,
            record.code,
            course.id,
            org.id,
            self._term(record).id,
            active=True,
        )

    def _term(self, record: SectionRecord) -> Term:
        for source_id in record.terms:
            if source_id in self.terms.live:
                return self.terms.live[source_id]
        wanted = ",".join(record.terms)
        raise RowRefused("terms", wanted, f"{self.roster.terms.file} has none of these terms")


def _plan_people(
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


def _plan_enrolments(
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


def _of_people(plan: KindPlan[Person], roster: Roster) -> Iterator[RoleGrant]:
    roles = {record.source_id: record.role for record in roster.people.rows}
    for person in (*plan.added, *plan.changed):
        role = roles.get(person.source_id)
        if role is not None:
            yield RoleGrant(person.id, _ROLES[role], None)


def _of_enrolments(plan: KindPlan[Enrolment]) -> Iterator[RoleGrant]:
    for enrolment in (*plan.added, *plan.changed):
        yield RoleGrant(enrolment.person_id, _ROLES[enrolment.role], None)
