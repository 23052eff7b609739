"""The same college by three formats gives the same plan."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from adapters.inbound.files.canvas_sis import read_canvas_sis
from adapters.inbound.files.data_load import read_data_load
from adapters.inbound.files.oneroster import read_oneroster
from adapters.inbound.files.roster_upload import RosterUpload
from adapters.outbound.memory.stored_enrolments import MemoryStoredEnrolments
from application.loading.plan import RosterPlan, StoredRoster, plan_roster
from application.rosters.read_options import ReadOptions
from application.rosters.roster import Roster
from application.rosters.row_errors import Severity
from sandbox.college import sample_college
from sandbox.college_files import write_oneroster
from sandbox.college_records import College
from sandbox.college_sheets import write_canvas_sis, write_data_load
from tests.stand_ins import CountedIds

COLLEGE = sample_college(date(2026, 11, 23))
SUBJECT_AND_NUMBER = ReadOptions(course_code="[A-Z]+ [0-9]+")
"""`ENGL 101-02 Fall 2026` is a section of `ENGL 101`."""

Write = Callable[[Path, College], None]
Read = Callable[[Path, ReadOptions], RosterUpload]
FORMATS: list[tuple[Write, Read]] = [
    (write_canvas_sis, read_canvas_sis),
    (write_data_load, read_data_load),
]


def planned(roster: Roster) -> RosterPlan:
    return plan_roster(
        StoredRoster([], [], [], [], [], MemoryStoredEnrolments(list)), roster, CountedIds()
    )


def told(plan: RosterPlan) -> dict[str, set[tuple[object, ...]]]:
    """What the plan stores, in the college's own words instead of ids."""
    orgs = {org.id: org.code for org in plan.orgs.added}
    courses = {course.id: course.code for course in plan.courses.added}
    terms = {term.id: term.name for term in plan.terms.added}
    people = {person.id: person.tech_id for person in plan.people.added}
    sections = {section.id: section.source_id for section in plan.sections.added}
    return {
        "orgs": {(o.code, o.name, o.parent_id and orgs[o.parent_id]) for o in plan.orgs.added},
        "terms": {(t.source_id, t.name, t.starts_on, t.ends_on) for t in plan.terms.added},
        "courses": {(c.code, c.title, orgs[c.org_id]) for c in plan.courses.added},
        "sections": {
            (s.source_id, s.title, s.code, courses[s.course_id], orgs[s.org_id], terms[s.term_id])
            for s in plan.sections.added
        },
        "people": {
            (p.tech_id, p.login, p.email, p.given_name, p.family_name, p.active)
            for p in plan.people.added
        },
        "enrolments": {
            (sections[e.section_id], people[e.person_id], e.role) for e in plan.enrolments.added
        },
        "grants": {(people[grant.person_id], grant.role) for grant in plan.grants},
    }


@pytest.mark.parametrize(("write", "read"), FORMATS)
def test_the_same_college_by_another_format_gives_the_same_plan(
    tmp_path: Path, write: Write, read: Read
) -> None:
    write_oneroster(tmp_path / "oneroster", COLLEGE)
    taught = {section.course for section in COLLEGE.sections}
    college = replace(
        COLLEGE, courses=tuple(c for c in COLLEGE.courses if c.source_id in taught)
    )  # Canvas does not list a course that is not taught
    write(tmp_path / "other", college)
    expected = told(planned(read_oneroster(tmp_path / "oneroster").roster))
    roster = read(tmp_path / "other", SUBJECT_AND_NUMBER).roster
    assert [error for error in roster.errors if error.severity is not Severity.INFO] == []
    plan = planned(roster)
    assert plan.errors == roster.errors
    assert told(plan) == {
        **expected,
        "courses": {
            row for row in expected["courses"] if row[0] in {c.code for c in college.courses}
        },
    }


def test_cross_listed_sections_keep_their_titles_and_share_a_canvas_course(
    tmp_path: Path,
) -> None:
    write_canvas_sis(tmp_path, COLLEGE)
    sections = read_canvas_sis(tmp_path, SUBJECT_AND_NUMBER).roster.sections.rows
    first, second = (s for s in sections if s.course == "ENGL 101" and "Fall" in s.title)
    assert first.title != second.title
    assert first.lms_course == second.lms_course
