"""What a roster would change: pure comparison of what is stored with what was read."""

from dataclasses import dataclass, replace

from application.ports.runtime import NewId
from application.rosters.diff import KindPlan, RowRefused, compare, live
from application.rosters.people import plan_enrolments, plan_people, role_grants
from application.rosters.records import (
    CourseRecord,
    FileMode,
    Listing,
    OrgRecord,
    RecordKind,
    Roster,
    RowError,
    SectionRecord,
    TermRecord,
)
from application.rosters.tree import parents_first
from domain.access import RoleGrant
from domain.ids import CourseId, OrgId, SectionId, TermId
from domain.rostering import Course, Enrolment, Org, Person, Section, Term


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
    people = plan_people(stored.people, roster.people, new_id)
    enrolments = plan_enrolments(stored.enrolments, roster, sections, people, new_id)
    kinds = (orgs, terms, courses, sections, people, enrolments)
    found = tuple(error for kind in kinds for error in kind.errors)
    grants = role_grants(people, enrolments, roster)
    return RosterPlan(
        orgs, terms, courses, sections, people, enrolments, grants, (*roster.errors, *found)
    )


def _plan_orgs(stored: list[Org], listing: Listing[OrgRecord], new_id: NewId) -> KindPlan[Org]:
    """Parents before children, so that each child finds its parent's id."""
    order = parents_first(listing)
    bulk = listing.mode is FileMode.BULK
    ids = {
        org.source_id: org.id
        for org in stored
        if org.active
        and org.source_id not in listing.ended
        and (not bulk or org.source_id in listing.refused)
    }

    def build(record: OrgRecord, before: Org | None) -> Org:
        org_id = before.id if before else OrgId(new_id())
        if record.parent and record.parent not in ids:
            raise RowRefused(
                "parent", record.parent, f"{listing.file} has no such org, or it has ended"
            )
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
