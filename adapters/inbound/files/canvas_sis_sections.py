"""Sections out of Canvas' sections and courses, with the orgs and catalogue behind them."""

import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field, replace

from adapters.inbound.files.canvas_sis_catalogue import catalogue, catalogue_code
from adapters.inbound.files.source import Source
from application.rosters.records import CourseRecord, OrgRecord, SectionRecord
from application.rosters.roster import FileMode, Listing
from application.rosters.row_errors import Severity

INSTITUTION = "institution"
"""The source id of the org that stands for Canvas' root account, which no file lists."""


@dataclass(frozen=True, slots=True)
class CanvasStructure:
    orgs: Listing[OrgRecord]
    catalogue: Listing[CourseRecord]
    sections: Listing[SectionRecord]


@dataclass(slots=True)
class SectionsOfCanvas:
    """A section is its own row and its course's: the title is the course's short name.

    A course without a row in the file of sections has one section, Canvas' default one,
    which bears the id of the course. A cross-listed section keeps the title, org and term
    of its own course and lies in the other.
    """

    source: Source
    orgs: Listing[OrgRecord]
    courses: Listing[SectionRecord]
    rows: Listing[SectionRecord]
    crosslists: Listing[SectionRecord]
    long_names: Mapping[str, str]
    by_course: Container[str]
    """Courses that enrolments name without a section."""
    by_id: dict[str, SectionRecord] = field(init=False)
    codes: dict[str, str] = field(init=False)
    ended: dict[str, int] = field(init=False)
    refused: set[str] = field(init=False)

    def __post_init__(self) -> None:
        pattern = re.compile(self.source.options.course_code)
        self.by_id = {course.source_id: course for course in self.courses.rows}
        self.codes = {
            course.source_id: catalogue_code(course.title, pattern) for course in self.courses.rows
        }
        self.ended = dict(self.rows.ended)
        self.refused = set(self.rows.refused)

    def result(self) -> CanvasStructure:
        self._put_at_home()
        moved = {row.source_id: row.lms_course for row in self.crosslists.rows}
        sections = [
            section for row in self.rows.rows if (section := self._section(row, moved)) is not None
        ]
        sections.extend(self._default_sections())
        listing = replace(
            self._listing(), rows=tuple(sections), ended=self.ended, refused=frozenset(self.refused)
        )
        return CanvasStructure(self.orgs, self._catalogue(), listing)

    def _listing(self) -> Listing[SectionRecord]:
        """Without a file of sections the courses tell of some, which are never all."""
        if self.rows.mode is not FileMode.ABSENT:
            return self.rows
        absent = self.courses.mode is FileMode.ABSENT
        return replace(self.courses, mode=FileMode.ABSENT if absent else FileMode.DELTA)

    def _section(self, row: SectionRecord, moved: dict[str, str]) -> SectionRecord | None:
        course = self.by_id.get(row.lms_course)
        if course is None:
            self._without_course(row)
            return None
        return replace(
            course,
            line=row.line,
            source_id=row.source_id,
            code=row.code,
            course=self.codes[course.source_id],
            starts_on=row.starts_on or course.starts_on,
            ends_on=row.ends_on or course.ends_on,
            lms_course=moved.get(row.source_id, course.source_id),
        )

    def _without_course(self, row: SectionRecord) -> None:
        if row.lms_course in self.courses.ended:
            self.ended[row.source_id] = row.line
            return
        self.refused.add(row.source_id)
        if row.lms_course in self.courses.refused:
            cause = "its row in the file of courses has an error"
        else:
            cause = "no row of a course has this id; list the courses of all sections"
        file, line = self.rows.place(row.line)
        self.source.defects.add(file, line, "course_id", row.lms_course, cause)

    def _default_sections(self) -> Iterator[SectionRecord]:
        """Of courses whose people are listed without a section, and of those without any."""
        homes = {row.source_id: row.lms_course for row in self.rows.rows}
        having = set(homes.values())
        whole = bool(self.source.options.whole)
        for course_id in self.courses.ended.keys() - having:
            self.ended.setdefault(course_id, 0)
        for course in self.by_id.values():
            wanted = course.source_id in self.by_course
            if not wanted and (course.source_id in having or not whole):
                continue
            home = homes.get(course.source_id)
            if home is None:
                yield replace(course, course=self.codes[course.source_id], line=self._line(course))
            elif home != course.source_id:
                file, line = self.courses.place(course.line)
                cause = "a section of another course has this id; whose section is meant?"
                self.source.defects.add(file, line, "course_id", course.source_id, cause)

    def _line(self, course: SectionRecord) -> int:
        """Lines count in the file of sections; a row of another file has none there."""
        return course.line if self.rows.mode is FileMode.ABSENT else 0

    def _catalogue(self) -> Listing[CourseRecord]:
        """Never the whole truth: a course that is not taught now has not ended."""
        rows = catalogue(self.courses.rows, self.codes, self.long_names)
        if rows and not self.source.options.course_code:
            cause = (
                f"{len(rows)} catalogue courses, one for each Course Code; to take several codes"
                " for one course, give the pattern of the catalogue code"
            )
            self.source.note(self.courses.file, cause, Severity.INFO)
        mode = FileMode.DELTA if rows else FileMode.ABSENT
        names = {"source_id": "short_name", "org": "account_id"}
        return Listing(self.courses.file, names, mode, rows, parts=self.courses.parts, derived=True)

    def _put_at_home(self) -> None:
        """Courses of the root account belong to the only root, else to the institution."""
        homeless = [course for course in self.by_id.values() if not course.org]
        if not homeless:
            return
        roots = [org for org in self.orgs.rows if not org.parent]
        whole = self.orgs.mode is FileMode.BULK
        home = roots[0].source_id if whole and len(roots) == 1 else INSTITUTION
        if home == INSTITUTION:
            self._add_institution()
        for course in homeless:
            self.by_id[course.source_id] = replace(course, org=home)
        self.courses = replace(self.courses, rows=tuple(self.by_id.values()))
        cause = f"{len(homeless)} courses name no account; they belong to the org {home}"
        self.source.note(self.courses.file, cause, Severity.INFO)

    def _add_institution(self) -> None:
        org = OrgRecord(0, INSTITUTION, INSTITUTION, "Institution", "account", "")
        mode = FileMode.DELTA if self.orgs.mode is FileMode.ABSENT else self.orgs.mode
        self.orgs = replace(self.orgs, mode=mode, rows=(org, *self.orgs.rows))
