"""Keep of a roster what belongs to chosen orgs and terms; the rest is left as it is."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from adapters.inbound.files.defects import Defects
from adapters.inbound.files.roster_table import Record
from application.rosters.read_options import ReadOptions
from application.rosters.records import (
    CourseRecord,
    EnrolmentRecord,
    GrantRecord,
    OrgRecord,
    PersonRecord,
    SectionRecord,
    TermRecord,
)
from application.rosters.roster import FileMode, Listing, Roster, Scope
from application.rosters.row_errors import Severity
from domain.rostering import EnrolmentRole


def filtered(roster: Roster, options: ReadOptions, defects: Defects) -> Roster:
    """The roster of the orgs and terms that were asked for, and all below them.

    What is left out is counted, and stands among the refused rows: it is never ended.
    """
    if not options.orgs and not options.terms:
        return roster
    orgs = _chosen(roster.orgs, options.orgs, lambda org: org.code, "org", defects)
    terms = _chosen(roster.terms, options.terms, lambda term: term.name, "term", defects)
    scope = Scope(orgs, terms)
    return _Filter(roster, scope, defects).roster()


@dataclass(frozen=True, slots=True)
class _Filter:
    whole: Roster
    scope: Scope
    defects: Defects

    def roster(self) -> Roster:
        whole = self.whole
        sections = self._keep(whole.sections, self._section_counts(), "sections")
        courses = self._keep(whole.courses, self._course_counts(sections), "courses")
        gone = {row.source_id for row in whole.sections.rows} - _ids(sections)
        enrolments = self._keep(whole.enrolments, lambda row: row.section not in gone, "enrolments")
        people = self._keep(whole.people, self._person_counts(enrolments), "people")
        away = {row.source_id for row in whole.people.rows} - _ids(people)
        return replace(
            whole,
            orgs=self._keep(whole.orgs, self._org_counts(), "orgs"),
            courses=courses,
            sections=sections,
            people=people,
            enrolments=self._keep(enrolments, lambda row: row.person not in away, "enrolments"),
            logins=self._keep(whole.logins, lambda row: row.person not in away, "logins"),
            grants=self._grants(away),
            demographics=self._keep(
                whole.demographics, lambda row: row.source_id not in away, "demographics"
            ),
            scope=self.scope,
        )

    def _grants(self, away: set[str]) -> Listing[GrantRecord]:
        """Roles that end are left out like those that are given.

        Of the rows that say nothing of whose they are, none ends anything where people are away.
        """
        kept = self._keep(self.whole.grants, lambda row: row.person not in away, "roles")
        if not away:
            return kept
        rows = tuple(row for row in kept.ended_rows if row.person not in away)
        ended = {row.source_id: row.line for row in rows}
        return replace(kept, ended_rows=rows, ended=ended, giving_nothing={})

    def _keep(
        self, listing: Listing[Record], counts: Callable[[Record], bool], word: str
    ) -> Listing[Record]:
        kept = tuple(row for row in listing.rows if counts(row))
        left_out = len(listing.rows) - len(kept)
        if not left_out:
            return listing
        cause = f"{left_out} {word} outside of the chosen orgs and terms are left out"
        self.defects.note(listing.file, cause, Severity.INFO)
        remaining = {row.source_id for row in kept}
        gone = {row.source_id for row in listing.rows} - remaining
        return replace(listing, rows=kept, refused=listing.refused | gone)

    def _org_counts(self) -> Callable[[OrgRecord], bool]:
        """The chosen orgs and what lies above them, so that the tree stays whole."""
        if not self.scope.orgs:
            return lambda _: True
        parents = {org.source_id: org.parent for org in self.whole.orgs.rows}
        wanted: set[str] = set()
        for org in self.scope.orgs:
            step = org
            while step and step not in wanted:
                wanted.add(step)
                step = parents.get(step, "")
        return lambda org: org.source_id in wanted

    def _section_counts(self) -> Callable[[SectionRecord], bool]:
        owners = {course.source_id: course.org for course in self.whole.courses.rows}
        orgs, terms = self.scope.orgs, self.scope.terms

        def counts(section: SectionRecord) -> bool:
            at_home = not orgs or section.org in orgs or owners.get(section.course) in orgs
            return at_home and (not terms or not terms.isdisjoint(section.terms))

        return counts

    def _course_counts(self, sections: Listing[SectionRecord]) -> Callable[[CourseRecord], bool]:
        orgs = self.scope.orgs
        used = {section.course for section in sections.rows}
        return lambda course: not orgs or course.org in orgs or course.source_id in used

    def _person_counts(
        self, enrolments: Listing[EnrolmentRecord]
    ) -> Callable[[PersonRecord], bool]:
        """People with a place in a section that counts, and the teachers of the orgs.

        Where enrolments are not listed as a whole nobody can be told to have none.
        """
        if not enrolments.mode is self.whole.people.mode is FileMode.BULK:
            return lambda _: True
        present = {enrolment.person for enrolment in enrolments.rows}
        orgs = self.scope.orgs

        def counts(person: PersonRecord) -> bool:
            teaches = person.role is EnrolmentRole.TEACHER
            return person.source_id in present or (teaches and (not orgs or person.org in orgs))

        return counts


def _chosen(
    listing: Listing[Record],
    wanted: Iterable[str],
    name_of: Callable[[Record], str],
    word: str,
    defects: Defects,
) -> frozenset[str]:
    """Source ids of the records that are named, and of all below them."""
    rows = listing.rows
    found = set[str]()
    for name in wanted:
        named = {row.source_id for row in rows if name in {row.source_id, name_of(row)}}
        if not named:
            cause = f"there is no {word} '{name}' here to choose"
            defects.note(listing.file, cause, Severity.FATAL)
        found |= named
    before = -1
    while len(found) != before:
        before = len(found)
        found |= {row.source_id for row in rows if _parent(row) in found}
    return frozenset(found)


def _parent(row: object) -> str:
    return row.parent if isinstance(row, OrgRecord | TermRecord) else ""


def _ids(listing: Listing[Record]) -> set[str]:
    return {row.source_id for row in listing.rows}
