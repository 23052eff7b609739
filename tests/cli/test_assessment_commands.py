"""`attain assessment`, `attain calendar`, `attain links offers`: what keepers do at a terminal."""

from dataclasses import replace
from pathlib import Path

import pytest

from domain.access import Role
from domain.ids import AssessmentId, SectionId
from domain.reflection import asking
from domain.rubric import outcomes_rubric
from tests.builders import (
    a_course,
    a_person,
    a_role_grant,
    a_scale,
    a_section,
    a_section_assessment,
    an_assessment,
    an_slo,
)
from tests.cli.cli_house import Terminal
from tests.planning_builders import a_link_offer

TALK = AssessmentId("assessment-talk")


@pytest.fixture
def desk(terminal: Terminal) -> Terminal:
    """A talk in the library that stands nowhere yet; two sections of ENGL101."""
    with terminal.units() as unit:
        unit.roster.put_courses([a_course()])
        unit.roster.put_sections([a_section("engl101-02")])
        unit.assessments.save(an_assessment("talk", in_library=True))
        unit.commit()
    return terminal


def sections_with_the_talk(desk: Terminal) -> list[SectionId]:
    with desk.units(write=False) as unit:
        return sorted(work.section_id for work in unit.assessments.works_of(TALK))


class TestPlanning:
    def test_plan_and_unplan(self, desk: Terminal) -> None:
        words = ("assessment", "plan", "TALK", "--course", "ENGL101", "--due", "2026-10-02")
        assert "Dry run" in desk.said(*words, "--dry-run")
        assert sections_with_the_talk(desk) == []

        told = desk.told(*words)
        assert len(told["gets"]) == 2
        assert len(sections_with_the_talk(desk)) == 2
        assert told["plan"] in desk.said("assessment", "show", "TALK")
        assert "2 removed" in desk.said("assessment", "unplan", "TALK", "--course", "ENGL101")
        assert sections_with_the_talk(desk) == []

    def test_the_list_counts_sections_and_json_names_them(self, desk: Terminal) -> None:
        """A survey of the whole college stands in 5,000 of them."""
        desk.said("assessment", "plan", "TALK", "--course", "ENGL101")
        (listed,) = [one for one in desk.told("assessment", "list") if one["code"] == "TALK"]
        assert len(listed["sections"]) == 2
        (line,) = [one for one in desk.said("assessment", "list").splitlines() if "TALK" in one]
        assert line.split()[-1] == "2"

    def test_one_section(self, desk: Terminal) -> None:
        desk.said("assessment", "plan", "TALK", "--section", "ENGL101-02")

        assert sections_with_the_talk(desk) == ["section-engl101-02"]
        again = desk.said("assessment", "plan", "TALK", "--section", "ENGL101-02")
        assert "every section has it already" in again.lower()

    @pytest.mark.parametrize(
        "words",
        [
            ("plan", "TALK"),
            ("plan", "TALK", "--section", "x"),
            ("plan", "NONE", "--course", "ENGL101"),
            ("plan", "TALK", "--course", "ENGL101", "--term", "x"),
            ("plan", "TALK", "--course", "ENGL101", "--org", "ENGL"),
            ("plan", "TALK", "--course", "ENGL101", "--opens", "2026-12-02", "--due", "2026-10-02"),
            ("unplan", "TALK"),
        ],
    )
    def test_what_cannot_be_done_is_refused(self, desk: Terminal, words: tuple[str, ...]) -> None:
        assert desk("assessment", *words).exit_code == 3

    def test_a_term_is_carried_forward(self, desk: Terminal) -> None:
        assert desk("assessment", "carry", "Fall 2026", "Fall 2026").exit_code == 3
        assert desk.said("assessment", "follow").startswith("0 sections")


class TestKeeping:
    def test_copy_retire_restore(self, desk: Terminal) -> None:
        assert "my-talk" in desk.said("assessment", "copy", "TALK", "--name", "My talk")
        assert "retired" in desk.said("assessment", "retire", "TALK")
        assert desk("assessment", "plan", "TALK", "--course", "ENGL101").exit_code == 3
        assert "active" in desk.said("assessment", "retire", "TALK", "--restore")

    def test_faculty_offer_their_own_and_remove_what_they_added(self, desk: Terminal) -> None:
        assert "Taken back" in desk.said(
            "assessment", "offer", "TALK", "--as", "Ctess", "--take-back"
        )
        assert "Offered" in desk.said("assessment", "offer", "TALK", "--as", "Ctess")
        assert desk("assessment", "offer", "TALK", "--as", "Cana").exit_code == 3
        with desk.units() as unit:
            unit.assessments.save_work(a_section_assessment("talk"))
            unit.commit()
        desk.said("assessment", "remove", "ENGL101-01", "TALK", "--as", "Ctess")
        assert sections_with_the_talk(desk) == []
        assert desk("assessment", "remove", "ENGL101-01", "ESSAY", "--as", "Ctess").exit_code == 3

    def test_show_as_json(self, desk: Terminal) -> None:
        told = desk.told("assessment", "show", "TALK")

        assert (told["code"], told["edition"], told["plans"]) == ("TALK", 1, [])

    def test_what_is_exported_is_imported_to_the_same(self, desk: Terminal, tmp_path: Path) -> None:
        with desk.units() as unit:
            slo = an_slo()
            unit.outcomes.put_slos([slo])
            stored = unit.assessments.get(TALK)
            rubric = outcomes_rubric([slo], a_scale())
            asked = asking("What next?")
            unit.assessments.save(replace(stored, rubric=rubric, reflection=asked, guide="Listen."))
            unit.commit()
        file = tmp_path / "assessments.json"
        file.write_text(desk.said("assessment", "export", "TALK"))

        told = desk.told("assessment", "import", file)

        assert told["counts"][0]["same"] == 1


class TestTheCalendar:
    def test_lists_and_closes(self, desk: Terminal) -> None:
        desk.said("assessment", "plan", "TALK", "--section", "ENGL101-02")
        words = ("ENGL101-02", "TALK")

        desk.said("calendar", "close", *words, "--reason", "Strike")
        told = desk.told("calendar", "--assessment", "TALK")
        assert [(one["state"], one["reason"]) for one in told] == [("not assessed", "Strike")]
        desk.said("calendar", "reopen", *words)
        assert "1 assigned" in desk.said("calendar", "--assessment", "TALK")
        assert desk("calendar", "--org", "none").exit_code == 3

    def test_reminds(self, desk: Terminal) -> None:
        desk.said("assessment", "plan", "TALK", "--section", "ENGL101-01")
        sample = desk.said("calendar", "remind", "--dry-run")
        assert "Dear Tess Ortiz" in sample
        assert "Dry run" in sample

        said = desk.said("calendar", "remind", "--subject", "Due")
        assert "queued" in said
        (line,) = desk.told(
            "calendar", "reminded", said.split()[said.split().index("Reminders") + 1]
        )
        assert (line["person"], line["state"]) == ("Ctess", "pending")
        assert desk("calendar", "remind").exit_code == 3
        assert desk.told("calendar", "remind", "--again", "--dry-run")["people"][0]["reminded"]


def test_links_of_copied_courses(desk: Terminal) -> None:
    with desk.units() as unit:
        unit.roster.put_people([a_person("stew")])
        unit.roster.grant(a_role_grant("stew", role=Role.DATA_STEWARD))
        unit.offers.save(a_link_offer())
        unit.assessments.save_work(
            a_section_assessment(
                "two",
                assessment_id=AssessmentId("assessment-essay"),
                section_id=SectionId("section-engl101-02"),
            )
        )
        unit.commit()

    assert desk.told("links", "offers")[0]["id"] == "offer-copy"
    assert desk("links", "decide", "--as", "Ctess").exit_code == 3
    assert desk.said("links", "decide", "--as", "Cstew", "--all").startswith("1 decided")
    assert "No link waits" in desk.said("links", "offers")
