"""Loading some orgs or terms of an export that holds them all."""

from pathlib import Path

import pytest

from adapters.inbound.files.oneroster import read_oneroster
from application.rosters.read_options import ReadOptions
from application.rosters.roster import Roster
from application.rosters.row_errors import Severity
from tests.adapters.files.oneroster_files import package, write_folder

ORGS = """
sourcedId,name,type,identifier,parentSourcedId
o1,Cedar District,district,CD,
o2,North Campus,school,NORTH,o1
o3,North English,department,N-ENGL,o2
o4,South Campus,school,SOUTH,o1
"""
TERMS = """
sourcedId,title,type,startDate,endDate,parentSourcedId,schoolYear
y27,2026-2027,schoolYear,2026-08-01,2027-05-31,,2027
t1,Fall 2026,term,2026-08-24,2026-12-18,y27,2027
t0,Spring 2026,term,2026-01-10,2026-05-20,,2026
"""
COURSES = """
sourcedId,title,courseCode,orgSourcedId
c1,Composition,ENGL 101,o3
c2,Welding,WELD 10,o4
"""
CLASSES = """
sourcedId,title,courseSourcedId,classType,schoolSourcedId,termSourcedIds
s1,N-ENGL-101,c1,scheduled,o2,t1
s0,N-ENGL-101-past,c1,scheduled,o2,t0
s2,S-WELD-10,c2,scheduled,o4,t1
"""
USERS = """
sourcedId,enabledUser,orgSourcedIds,role,username,givenName,familyName,email
tn,true,o2,teacher,tn,T,N,tn@x.example
ts,true,o4,teacher,ts,T,S,ts@x.example
a,true,o2,student,a,A,A,a@x.example
b,true,o4,student,b,B,B,b@x.example
c,true,o2,student,c,C,C,c@x.example
"""
ENROLMENTS = """
sourcedId,classSourcedId,schoolSourcedId,userSourcedId,role
e1,s1,o2,tn,teacher
e2,s1,o2,a,student
e3,s2,o4,ts,teacher
e4,s2,o4,b,student
e5,s0,o2,tn,teacher
e6,s0,o2,c,student
"""


def read(folder: Path, **chosen: frozenset[str]) -> Roster:
    files = package(
        orgs=ORGS, academicSessions=TERMS, courses=COURSES, classes=CLASSES, users=USERS,
        enrollments=ENROLMENTS,
    )  # fmt: skip
    return read_oneroster(write_folder(folder, files), ReadOptions(**chosen)).roster  # type: ignore[arg-type]


def ids(listing: object) -> list[str]:
    return [row.source_id for row in listing.rows]  # type: ignore[attr-defined]


class TestOrgs:
    @pytest.mark.parametrize("name", ["NORTH", "o2"])
    def test_an_org_is_chosen_with_all_below_it(self, tmp_path: Path, name: str) -> None:
        roster = read(tmp_path, orgs=frozenset({name}))
        assert ids(roster.orgs) == ["o1", "o2", "o3"]
        assert ids(roster.courses) == ["c1"]
        assert ids(roster.sections) == ["s1", "s0"]
        assert ids(roster.people) == ["tn", "a", "c"]
        assert ids(roster.enrolments) == ["e1", "e2", "e5", "e6"]
        assert roster.scope.orgs == {"o2", "o3"}

    def test_what_is_left_out_is_counted_and_never_ended(self, tmp_path: Path) -> None:
        roster = read(tmp_path, orgs=frozenset({"NORTH"}))
        assert roster.people.refused == {"ts", "b"}
        assert roster.enrolments.refused == {"e3", "e4"}
        told = [e.cause for e in roster.errors if e.severity is Severity.INFO]
        assert "1 sections outside of the chosen orgs and terms are left out" in told


class TestTerms:
    @pytest.mark.parametrize("name", ["Fall 2026", "t1", "2026-2027"])
    def test_a_term_is_chosen_with_the_people_in_it(self, tmp_path: Path, name: str) -> None:
        roster = read(tmp_path, terms=frozenset({name}))
        assert ids(roster.sections) == ["s1", "s2"]
        assert ids(roster.people) == ["tn", "ts", "a", "b"]
        assert ids(roster.terms) == ["y27", "t1", "t0"]
        assert roster.people.refused == {"c"}


def test_without_a_choice_everything_is_read(tmp_path: Path) -> None:
    roster = read(tmp_path)
    assert len(roster.people.rows) == 5
    assert roster.scope.is_everything


def test_a_choice_that_is_not_there_stops_the_load(tmp_path: Path) -> None:
    roster = read(tmp_path, orgs=frozenset({"EAST"}))
    assert not roster.is_readable
    assert "no org 'EAST'" in next(e.cause for e in roster.errors if e.severity is Severity.FATAL)
