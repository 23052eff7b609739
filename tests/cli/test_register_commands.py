"""`attain org`, `term`, `course`, `section`: a small college made by hand."""

import pytest

from adapters.outbound.memory.unit_of_work import MemoryUnits
from application.loading.diff import LOCAL
from domain.identity import LocalField
from domain.rostering import EnrolmentRole
from tests.cli.cli_house import Terminal

DAYS = ("--from", "2027-01-10", "--to", "2027-05-20")


@pytest.fixture
def college(terminal: Terminal) -> Terminal:
    """Made by commands alone, beside what the classroom holds already."""
    terminal.said("org", "new", "--code", "COLL", "--name", "The College", "--kind", "college")
    terminal.said("org", "new", "--code", "BIO", "--name", "Biology", "--parent", "COLL")
    terminal.said(
        "term", "new", "--name", "Spring 2027", "--from", "2027-01-10", "--to", "2027-05-20"
    )
    terminal.said("course", "new", "--code", "BIO 1", "--title", "Cells", "--org", "BIO")
    terminal.said(
        "section", "new", "--title", "BIO1-01", "--course", "BIO 1", "--term", "Spring 2027"
    )
    return terminal


def test_all_that_is_made_is_local(college: Terminal) -> None:
    with college.units(write=False) as unit:
        kept = {
            *((one.id, one.source_id) for one in unit.roster.orgs() if one.code in {"COLL", "BIO"}),
            *((one.id, one.source_id) for one in unit.roster.terms() if "2027" in one.name),
            *((one.id, one.source_id) for one in unit.roster.courses() if one.code == "BIO 1"),
            *((one.id, one.source_id) for one in unit.roster.sections_titled("BIO1-01")),
        }
    assert len(kept) == 5
    assert all(source == f"{LOCAL}{own}" for own, source in kept)


def test_orgs_are_a_tree(college: Terminal) -> None:
    tree = [
        (one["org"]["code"], one["depth"], one["courses"]) for one in college.told("org", "list")
    ]
    assert ("COLL", 0, 0) in tree
    assert ("BIO", 1, 1) in tree
    assert "  Biology" in college.said("org", "list")
    assert college.told("org", "show", "COLL")["below"][0]["code"] == "BIO"


def test_orgs_are_edited_and_never_stand_below_themselves(college: Terminal) -> None:
    college.said("org", "edit", "BIO", "--name", "Life Sciences", "--code", "LIFE")
    assert college.told("org", "show", "LIFE")["org"]["name"] == "Life Sciences"
    assert "below itself" in college.refused("org", "edit", "COLL", "--parent", "LIFE")
    assert "1 active orgs" in college.refused("org", "edit", "COLL", "--end")
    assert "1 active courses" in college.refused("org", "edit", "LIFE", "--end")
    college.said("org", "edit", "LIFE", "--parent", "")
    assert college.told("org", "show", "LIFE")["parent"] is None
    college.said("org", "edit", "COLL", "--end")
    assert "COLL" not in college.said("org", "list")
    assert "ended" in college.said("org", "list", "--ended")
    college.said("org", "edit", "COLL", "--restore")


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (("org", "new", "--code", "BIO", "--name", "X"), "another active org has it"),
        (("org", "new", "--code", " ", "--name", "X"), "this is needed"),
        (("term", "new", "--name", "T", "--from", "2027-02-01", "--to", "2027-01-01"),
         "ends after"),
        (("term", "new", "--name", "Spring 2027", "--from", "2027-02-01", "--to", "2027-03-01"),
         "another active term"),
        (("term", "edit", "Spring 2027", "--end"), "1 active sections"),
        (("course", "new", "--code", "BIO 1", "--title", "X", "--org", "BIO"),
         "another active course"),
        (("course", "new", "--code", "X", "--title", "X", "--org", "NO"), " has the "),
        (("course", "edit", "BIO 1", "--end"), "1 active sections"),
        (("section", "new", "--title", "BIO1-01", "--course", "BIO 1", "--term", "Spring 2027"),
         "another active section of this term"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_told_with_its_cure(
    college: Terminal, args: tuple[str, ...], told: str
) -> None:
    assert told in college.refused(*args)


def test_people_are_enrolled_and_unenrolled(college: Terminal) -> None:
    assert "is now student" in college.said("section", "enrol", "BIO1-01", "Ctess")
    assert "was already" in college.said("section", "enrol", "BIO1-01", "Ctess")
    college.said("section", "enrol", "BIO1-01", "Ctess", "--role", "teacher")
    shown = college.told("section", "show", "BIO1-01")["people"]
    assert [(one["role"], one["active"]) for one in shown] == [("teacher", True), ("student", True)]

    college.said("section", "unenrol", "BIO1-01", "Ctess")
    assert "not there" in college.refused("section", "unenrol", "BIO1-01", "Ctess")
    college.said("section", "enrol", "BIO1-01", "Ctess")
    assert is_enrolled(college.units)


def is_enrolled(units: MemoryUnits) -> bool:
    """Once, though ended and begun again."""
    with units(write=False) as unit:
        (tess,) = unit.roster.people_where(LocalField.TECH_ID, "Ctess")
        (section,) = unit.roster.sections_titled("BIO1-01")
        assert len(unit.directory.enrolments_in(section.id)) == 2
        return unit.roster.is_enrolled(tess.id, section.id, EnrolmentRole.STUDENT)


def test_registers_are_filtered(college: Terminal) -> None:
    told = college.told("section", "list", "--term", "Spring 2027", "--org", "COLL")
    assert [one["section"]["title"] for one in told["sections"]] == ["BIO1-01"]
    assert college.told("section", "list", "--course", "BIO 1", "--search", "zz")["total"] == 0
    courses = college.told("course", "list", "--search", "cell", "--org", "COLL")["courses"]
    assert [one["course"]["code"] for one in courses] == ["BIO 1"]
    assert "Spring 2027" in college.said("term", "list")


def test_terms_courses_and_sections_are_edited(college: Terminal) -> None:
    college.said("term", "edit", "Spring 2027", "--name", "Spring '27", "--to", "2027-06-01")
    college.said("course", "edit", "BIO 1", "--title", "Cells and genes")
    college.said("section", "edit", "BIO1-01", "--title", "BIO1-02", "--end")
    college.said("course", "edit", "BIO 1", "--end")
    college.said("term", "edit", "Spring '27", "--end")

    assert college.told("section", "list", "--standing", "ended")["total"] == 1
    assert college.told("course", "list", "--standing", "ended")["total"] == 1
