"""`attain scores import` and `attain match queue replay`."""

from dataclasses import replace

import pytest

from adapters.outbound.jobs.memory_jobs import MemoryJobs
from adapters.outbound.memory.unit_of_work import MemoryUnits
from domain.ids import LmsAssignmentRef
from tests.application.importing import ImportRoom
from tests.builders import a_section
from tests.cli.cli_house import MemoryHouse, Terminal
from tests.stand_ins import FixedClock

IMPORT = ("scores", "import", "ENGL101-01", "ESSAY", "--as", "Ctess")


@pytest.fixture
def room(memory_units: MemoryUnits, memory_jobs: MemoryJobs, clock: FixedClock) -> ImportRoom:
    return ImportRoom(memory_units, memory_jobs, clock)


@pytest.fixture
def essay(room: ImportRoom) -> LmsAssignmentRef:
    ref = room.rubric_on()
    room.rated(ref, "ana", thesis=3, evidence=4)
    room.rated(ref, "bo", thesis=2)
    return ref


@pytest.fixture
def terminal(room: ImportRoom) -> Terminal:
    return Terminal(MemoryHouse(room), room.units)


class TestImport:
    def test_scores_are_read_and_imported_at_once(
        self, terminal: Terminal, room: ImportRoom, essay: LmsAssignmentRef
    ) -> None:
        said = terminal.said(*IMPORT)
        assert "3 scores imported" in said
        assert "Rated 3" in said
        assert room.stands("ana") == {"thesis": "3", "evidence": "4"}
        assert terminal.told("jobs", "list") == []
        assert terminal.told(*IMPORT)["counts"]["same"] == 3

    def test_a_dry_run_writes_nothing(
        self, terminal: Terminal, room: ImportRoom, essay: LmsAssignmentRef
    ) -> None:
        assert terminal.said(*IMPORT, "--dry-run").endswith("Dry run: nothing was imported.\n")
        answer = terminal.told(*IMPORT, "--dry-run")
        assert (answer["written"], answer["counts"]["new"]) == (None, 3)
        assert room.stands("ana") == {}

    def test_conflicts_stay_and_make_it_partly_done_unless_they_are_replaced(
        self, terminal: Terminal, room: ImportRoom, essay: LmsAssignmentRef
    ) -> None:
        room.score_here("bo", "thesis", 1)
        assert terminal.told(*IMPORT, code=5)["written"] == 2
        assert room.stands("bo") == {"thesis": "1"}
        terminal.said(*IMPORT, "--replace-conflicts")
        assert room.stands("bo") == {"thesis": "2"}

    def test_what_cannot_come_over_makes_it_partly_done(
        self, terminal: Terminal, room: ImportRoom, essay: LmsAssignmentRef
    ) -> None:
        room.rated(essay, "cy", thesis=None)
        (line,) = [
            one for one in terminal.told(*IMPORT, code=5)["scores"] if one["state"] == "cannot"
        ]
        assert (line["tech_id"], line["reason"]) == ("Ccy", "comment-only")

    def test_assignments_are_named_or_numbered_and_combined_by_the_policy(
        self, terminal: Terminal, room: ImportRoom, essay: LmsAssignmentRef
    ) -> None:
        other = room.rubric_on("thesis")
        room.rated(other, "ana", thesis=1)
        wrong = terminal.refused(*IMPORT, "--assignment", "Nothing")
        assert f"Assignment {essay} ({essay})" in wrong
        both = ("--assignment", essay, "--assignment", f"Assignment {other}")
        answer = terminal.told(*IMPORT, *both, "--policy", "highest")
        assert {one["id"] for one in answer["assignments"]} == {essay, other}
        assert room.stands("ana")["thesis"] == "3"

    def test_the_course_is_asked_for_where_it_cannot_be_told(
        self, terminal: Terminal, room: ImportRoom, essay: LmsAssignmentRef
    ) -> None:
        with room.units() as unit:
            for link in unit.links.in_sections([a_section().id]):
                unit.links.save(replace(link, course_ref=None))
            unit.commit()
        assert "--course" in terminal.refused(*IMPORT)
        terminal.said(*IMPORT, "--course", room.course)

    def test_nothing_that_fits_is_refused(self, terminal: Terminal, room: ImportRoom) -> None:
        assert "rubric" in terminal.refused(*IMPORT)

    def test_without_authorisation_the_lms_is_named(
        self, terminal: Terminal, room: ImportRoom, essay: LmsAssignmentRef
    ) -> None:
        room.lms.withdraw(room.teacher)
        assert "authorization" in terminal.refused(*IMPORT, code=4)


class TestReplay:
    def test_who_was_named_since_is_brought_over(
        self, terminal: Terminal, room: ImportRoom, essay: LmsAssignmentRef
    ) -> None:
        roster = room.lms.state.rosters[room.course]
        held = roster[room.refs["bo"]]
        roster[room.refs["bo"]] = replace(held, account=replace(held.account, sis_id=None))
        terminal.said(*IMPORT, code=5)
        (case,) = terminal.told("match", "queue", "list")
        terminal.said("match", "queue", "resolve", case["id"], "--person", "Cbo")
        assert "1 scores imported by 1 imports" in terminal.said("match", "queue", "replay")
        assert room.stands("bo") == {"thesis": "2"}
        assert terminal.told("match", "queue", "replay") == {
            "settled": 0, "launches": 0, "imports": [],
        }  # fmt: skip
