"""The sample college: Cedar Valley College, the same for everybody on the same day.

It comes into Attain only as the files that a college would bring, and into the practice
Canvas as its seed; both are written here from the same records.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from sandbox.college_assessments import assessment_file
from sandbox.college_canvas import practice_seed
from sandbox.college_catalogue import (
    COURSES,
    CURRENT_SECTIONS,
    EARLIER_SECTIONS,
    ORGS,
    section_in,
    shells_of,
    terms_around,
)
from sandbox.college_files import write_json, write_oneroster
from sandbox.college_names import FACULTY, PersonName, student_names
from sandbox.college_people import STEWARD, ready_people
from sandbox.college_records import College, Enrolment, Person, Section, Term
from sandbox.college_sheets import write_canvas_sis, write_data_load
from sandbox.college_slos import slo_file

__all__ = [
    "STEWARD",
    "College",
    "practice_seed",
    "ready_people",
    "sample_college",
    "write_college",
]

MAIL = "cedarvalley.example"
_SECOND_COURSE_EVERY = 3
_EARLIER_STUDENTS = 18


def sample_college(today: date) -> College:
    """The college with a current term that holds `today`."""
    terms = terms_around(today)
    earlier, current, _ = terms
    sections = _sections(earlier, current)
    faculty = tuple(_person(200, n, name, "teacher") for n, name in enumerate(FACULTY))
    students = tuple(_person(1000, n, name, "student") for n, name in enumerate(student_names()))
    enrolments = tuple(_enrolments(sections, faculty, students))
    by_id = {person.source_id: person for person in students}

    def students_of(section: Section) -> Sequence[Person]:
        return [by_id[e.person] for e in enrolments
                if e.section == section.source_id and e.role == "student"]  # fmt: skip

    return College(
        today=today,
        current=current,
        orgs=ORGS,
        terms=terms,
        courses=COURSES,
        sections=sections,
        shells=shells_of(sections, terms),
        people=(*faculty, *students),
        enrolments=enrolments,
        slos=slo_file(),
        assessments=assessment_file(today, sections, earlier.source_id, students_of),
    )


def write_college(folder: Path, today: date) -> College:
    """Write the roster in three formats, `slos.json` and `assessments.json` into `folder`.

    The formats stand in `oneroster/`, `canvas-sis/` and `data-load/` and say the same.
    """
    college = sample_college(today)
    write_oneroster(folder / "oneroster", college)
    write_canvas_sis(folder / "canvas-sis", college)
    write_data_load(folder / "data-load", college)
    write_json(folder / "slos.json", college.slos)
    write_json(folder / "assessments.json", college.assessments)
    return college


def _sections(earlier: Term, current: Term) -> tuple[Section, ...]:
    now = [section_in(current, *row[:2], 40101 + n) for n, row in enumerate(CURRENT_SECTIONS)]
    past = [section_in(earlier, *row[:2], 30101 + n) for n, row in enumerate(EARLIER_SECTIONS)]
    return (*now, *past)


def _person(first: int, place: int, name: PersonName, role: str) -> Person:
    number = first + place
    return Person(
        f"usr-{number}",
        f"C{1_000_000 + 7 * number:08d}",
        name.login,
        f"{name.login}@{MAIL}",
        name.given,
        name.family,
        role,
    )


def _enrolments(
    sections: tuple[Section, ...], faculty: tuple[Person, ...], students: tuple[Person, ...]
) -> Iterator[Enrolment]:
    now = sections[: len(CURRENT_SECTIONS)]
    past = sections[len(CURRENT_SECTIONS) :]
    teachers = (row[2] for row in (*CURRENT_SECTIONS, *EARLIER_SECTIONS))
    for section, teacher in zip(sections, teachers, strict=True):
        yield _enrolment(section, faculty[teacher], primary=True)
    yield _enrolment(now[0], faculty[3])
    for place, student in enumerate(students):
        yield _enrolment(now[place % len(now)], student)
        turn, rest = divmod(place, _SECOND_COURSE_EVERY)
        if rest == 0:
            yield _enrolment(now[(place + 1 + turn % (len(now) - 1)) % len(now)], student)
    for number, section in enumerate(past):
        first = number * _EARLIER_STUDENTS
        for student in students[first : first + _EARLIER_STUDENTS]:
            yield _enrolment(section, student)


def _enrolment(section: Section, person: Person, *, primary: bool = False) -> Enrolment:
    return Enrolment(
        f"enr-{section.source_id}-{person.source_id}",
        section.source_id,
        person.source_id,
        person.role,
        primary,
    )
