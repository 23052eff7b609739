"""The sample college as Canvas SIS files and as files of the data load."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from sandbox.college_files import Sheet, write_sheets
from sandbox.college_records import College, Enrolment, Section


def write_canvas_sis(folder: Path, college: College) -> None:
    """A course for each section, and the second of a cross-listed pair moved to the first's."""
    write_sheets(folder, _canvas_sis(college))


def write_data_load(folder: Path, college: College) -> None:
    write_sheets(folder, _data_load(college))


def _canvas_sis(college: College) -> Iterable[Sheet]:
    titles = {course.source_id: course.title for course in college.courses}
    yield (
        "accounts",
        ("account_id", "parent_account_id", "name", "status"),
        ((o.source_id, o.parent, o.name, "active") for o in college.orgs),
    )
    yield (
        "terms",
        ("term_id", "name", "status", "start_date", "end_date"),
        (
            (t.source_id, t.name, "active", f"{t.starts_on}T00:00:00Z", f"{t.ends_on}T23:59:59Z")
            for t in college.terms
        ),
    )
    yield (
        "courses",
        ("course_id", "short_name", "long_name", "account_id", "term_id", "status"),
        ((_shell(s), s.title, titles[s.course], s.org, s.term, "active") for s in college.sections),
    )
    yield (
        "sections",
        ("section_id", "course_id", "name", "status"),
        ((s.source_id, _shell(s), s.crn, "active") for s in college.sections),
    )
    yield (
        "users",
        ("user_id", "login_id", "first_name", "last_name", "email", "declared_user_type",
         "status"),
        (
            (p.tech_id, p.login, p.given, p.family, p.email, p.role, "active")
            for p in college.people
        ),
    )  # fmt: skip
    numbers = {person.source_id: person.tech_id for person in college.people}
    yield (
        "enrollments",
        ("section_id", "user_id", "role", "status"),
        ((e.section, numbers[e.person], e.role, "active") for e in college.enrolments),
    )
    yield ("xlists", ("xlist_course_id", "section_id", "status"), _moved(college.sections))


def _shell(section: Section) -> str:
    """The id of a section's own Canvas course."""
    return f"course-{section.source_id}"


def _moved(sections: Sequence[Section]) -> Iterable[Sequence[str]]:
    first: dict[str, Section] = {}
    for section in sections:
        home = first.setdefault(section.shell, section)
        if home is not section:
            yield _shell(home), section.source_id, "active"


def _data_load(college: College) -> Iterable[Sheet]:
    codes = {course.source_id: course.code for course in college.courses}
    numbers = {person.source_id: person.tech_id for person in college.people}
    yield (
        "orgs",
        ("Code", "Name", "Kind", "Parent"),
        ((o.source_id, o.name, o.kind, o.parent) for o in college.orgs),
    )
    yield (
        "terms",
        ("Code", "Name", "Start", "End"),
        ((t.source_id, t.name, f"{t.starts_on}", f"{t.ends_on}") for t in college.terms),
    )
    yield (
        "courses",
        ("Code", "Title", "Org"),
        ((c.code, c.title, c.org) for c in college.courses),
    )
    yield (
        "offerings",
        ("Code", "Title", "Course", "Term", "Org", "CRN"),
        ((s.source_id, s.title, codes[s.course], s.term, s.org, s.crn) for s in college.sections),
    )
    yield (
        "people",
        ("Tech ID", "Login", "Email", "Given Name", "Family Name", "Role"),
        ((p.tech_id, p.login, p.email, p.given, p.family, p.role) for p in college.people),
    )
    yield (
        "enrolments",
        ("Tech ID", "Offering", "Role", "Primary"),
        (_place(enrolment, numbers) for enrolment in college.enrolments),
    )


def _place(enrolment: Enrolment, numbers: dict[str, str]) -> Sequence[str]:
    primary = "true" if enrolment.primary else ""
    return numbers[enrolment.person], enrolment.section, enrolment.role, primary
