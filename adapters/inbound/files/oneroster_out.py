"""A roster written as OneRoster 1.1 CSV, which `attain load oneroster` reads back."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from application.rosters.whole import WholeRoster
from domain.ids import PersonId
from domain.rostering import EnrolmentRole, Org, Term

Row = Sequence[str]
_BULK, _ABSENT = "bulk", "absent"
_TEACHER = EnrolmentRole.TEACHER
_AUGUST = 8
_FILES = (
    "academicSessions", "categories", "classes", "classResources", "courses", "courseResources",
    "demographics", "enrollments", "lineItems", "orgs", "resources", "results", "users",
)  # fmt: skip
"""The data files of version 1.1, each of which the manifest must name."""


@dataclass(frozen=True, slots=True)
class OutFile:
    name: str
    header: Row
    rows: list[Row]


def oneroster_files(stored: WholeRoster) -> Iterator[OutFile]:
    """The active records, each file in full, and the manifest last.

    A file without rows is left out, as the standard asks, and said to be absent.
    """
    files = [
        OutFile("orgs.csv", *_orgs(stored)),
        OutFile("academicSessions.csv", *_terms(stored)),
        OutFile("courses.csv", *_courses(stored)),
        OutFile("classes.csv", *_sections(stored)),
        OutFile("users.csv", *_people(stored)),
        OutFile("enrollments.csv", *_enrolments(stored)),
    ]
    written = [file for file in files if file.rows]
    yield from written
    yield OutFile("manifest.csv", ("propertyName", "value"), _manifest(written))


def _orgs(stored: WholeRoster) -> tuple[Row, list[Row]]:
    sources = {org.id: org.source_id for org in stored.orgs}
    header = ("sourcedId", "status", "dateLastModified", "name", "type", "identifier",
              "parentSourcedId")  # fmt: skip
    return header, [
        (
            org.source_id,
            "",
            "",
            org.name,
            org.kind,
            org.code,
            sources[org.parent_id] if org.parent_id else "",
        )
        for org in stored.orgs
        if org.active
    ]


def _terms(stored: WholeRoster) -> tuple[Row, list[Row]]:
    header = ("sourcedId", "status", "dateLastModified", "title", "type", "startDate", "endDate",
              "parentSourcedId", "schoolYear")  # fmt: skip
    return header, [
        (term.source_id, "", "", term.name, term.kind, term.starts_on.isoformat(),
         term.ends_on.isoformat(), "", f"{_school_year(term):04}")
        for term in stored.terms
        if term.active
    ]  # fmt: skip


def _courses(stored: WholeRoster) -> tuple[Row, list[Row]]:
    sources = {org.id: org.source_id for org in stored.orgs}
    header = ("sourcedId", "status", "dateLastModified", "schoolYearSourcedId", "title",
              "courseCode", "grades", "orgSourcedId", "subjects", "subjectCodes")  # fmt: skip
    return header, [
        (course.source_id, "", "", "", course.title, course.code, "", sources[course.org_id],
         "", "")
        for course in stored.courses
        if course.active
    ]  # fmt: skip


def _sections(stored: WholeRoster) -> tuple[Row, list[Row]]:
    orgs = {org.id: org.source_id for org in stored.orgs}
    courses = {course.id: course.source_id for course in stored.courses}
    terms = {term.id: term.source_id for term in stored.terms}
    header = ("sourcedId", "status", "dateLastModified", "title", "grades", "courseSourcedId",
              "classCode", "classType", "location", "schoolSourcedId", "termSourcedIds",
              "subjects", "subjectCodes", "periods")  # fmt: skip
    return header, [
        (one.source_id, "", "", one.title, "", courses[one.course_id], one.code, "scheduled",
         one.location, orgs[one.org_id], terms[one.term_id], "", "", "")
        for one in stored.sections
        if one.active
    ]  # fmt: skip


def _people(stored: WholeRoster) -> tuple[Row, list[Row]]:
    """The standard asks each person for an org and a role: the first root, and what they do."""
    teachers = {e.person_id for e in stored.enrolments if e.active and e.role is _TEACHER}
    root = _root(stored.orgs)
    header = ("sourcedId", "status", "dateLastModified", "enabledUser", "orgSourcedIds", "role",
              "username", "userIds", "givenName", "familyName", "middleName", "identifier",
              "email", "sms", "phone", "agentSourcedIds", "grades", "password")  # fmt: skip
    return header, [
        (one.source_id, "", "", "true", root, _role(one.id, teachers), one.login, "",
         one.given_name, one.family_name, "", one.tech_id, one.email, "", "", "", "", "")
        for one in stored.people
        if one.active
    ]  # fmt: skip


def _enrolments(stored: WholeRoster) -> tuple[Row, list[Row]]:
    orgs = {org.id: org.source_id for org in stored.orgs}
    sections = {one.id: one for one in stored.sections if one.active}
    people = {one.id: one.source_id for one in stored.people if one.active}
    header = ("sourcedId", "status", "dateLastModified", "classSourcedId", "schoolSourcedId",
              "userSourcedId", "role", "primary", "beginDate", "endDate")  # fmt: skip
    return header, [
        (one.source_id, "", "", sections[one.section_id].source_id,
         orgs[sections[one.section_id].org_id], people[one.person_id], one.role.value, "",
         _day(one.begins_on), _day(one.ends_on))
        for one in stored.enrolments
        if one.active and one.section_id in sections and one.person_id in people
    ]  # fmt: skip


def _manifest(written: Iterable[OutFile]) -> list[Row]:
    names = {file.name.removesuffix(".csv") for file in written}
    return [
        ("manifest.version", "1.0"),
        ("oneroster.version", "1.1"),
        *((f"file.{name}", _BULK if name in names else _ABSENT) for name in _FILES),
        ("source.systemName", "Attain"),
    ]


def _root(orgs: Iterable[Org]) -> str:
    return min((org.source_id for org in orgs if org.active and not org.parent_id), default="")


def _role(person_id: PersonId, teachers: set[PersonId]) -> str:
    return "teacher" if person_id in teachers else "student"


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _school_year(term: Term) -> int:
    """The year in which the school year of a term ends; a new one begins in August."""
    begins_late = term.starts_on.month >= _AUGUST and term.starts_on.year == term.ends_on.year
    return term.ends_on.year + begins_late
