"""The structure of a college out of a roster: orgs, terms, courses, sections."""

from dataclasses import dataclass, replace

from application.loading.diff import WHOLE, Frame, KindPlan, RowRefused, compare, live
from application.loading.tree import parents_first
from application.ports.runtime import NewId
from application.rosters.records import (
    CourseRecord,
    OrgRecord,
    RecordKind,
    SectionRecord,
    TermRecord,
)
from application.rosters.roster import FileMode, Roster
from domain.ids import CourseId, OrgId, SectionId, TermId
from domain.rostering import Course, Org, Section, Term


def plan_orgs(
    stored: list[Org], roster: Roster, new_id: NewId, frame: Frame = WHOLE
) -> KindPlan[Org]:
    """Parents before children, so that each child finds its parent's id."""
    listing = roster.orgs
    order = parents_first(listing)
    bulk = listing.mode is FileMode.BULK and roster.scope.is_everything
    ids = {
        frame.renames.get(org.source_id, org.source_id): org.id
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

    plan = compare(RecordKind.ORGS, stored, replace(listing, rows=order.rows), build, frame=frame)
    return replace(plan, errors=(*order.errors, *plan.errors))


@dataclass(frozen=True, slots=True)
class TermBuilder:
    """The term of a row."""

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
class CourseBuilder:
    """The course of a row, in a live org."""

    new_id: NewId
    orgs: KindPlan[Org]
    roster: Roster

    def __call__(self, record: CourseRecord, before: Course | None) -> Course:
        org = live(self.orgs, record.org, "org", "org", self.roster.orgs)
        course_id = before.id if before else CourseId(self.new_id())
        return Course(course_id, record.source_id, record.code, record.title, org.id, active=True)


@dataclass(frozen=True, slots=True)
class SectionBuilder:
    """The section of a row, of a live course and org in a live term.

    Those that are `fixed` hold assessments and move nowhere.
    """

    new_id: NewId
    orgs: KindPlan[Org]
    terms: KindPlan[Term]
    courses: KindPlan[Course]
    roster: Roster
    fixed: frozenset[SectionId]

    def __call__(self, record: SectionRecord, before: Section | None) -> Section:
        course = live(self.courses, record.course, "course", "course", self.roster.courses)
        org = live(self.orgs, record.org, "org", "org", self.roster.orgs)
        section = Section(
            before.id if before else SectionId(self.new_id()),
            record.source_id,
            record.title,
            record.code,
            course.id,
            org.id,
            self._term(record).id,
            active=True,
            mode=record.mode,
            location=record.location,
            starts_on=record.starts_on,
            ends_on=record.ends_on,
        )
        if before is not None and before.id in self.fixed:
            _refuse_move(record, before, section)
        return section

    def _term(self, record: SectionRecord) -> Term:
        for source_id in record.terms:
            if source_id in self.terms.live:
                return self.terms.live[source_id]
        wanted = ",".join(record.terms)
        raise RowRefused("terms", wanted, f"{self.roster.terms.file} has none of these terms")


def _refuse_move(record: SectionRecord, before: Section, after: Section) -> None:
    """Raises RowRefused when a section that holds assessments changes its course or term."""
    if before.course_id != after.course_id:
        field, value, what = "course", record.course, "course"
    elif before.term_id != after.term_id:
        field, value, what = "terms", ",".join(record.terms), "term"
    else:
        return
    cause = (
        f"this section holds assessments and would move to another {what}; if it is meant, load"
        " with --move-sections"
    )
    raise RowRefused(field, value, cause)
