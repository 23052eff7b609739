"""`attain outcomes send` and `attain outcomes rubric`: one assessment, one Canvas course."""

from dataclasses import replace

import pytest

from adapters.outbound.jobs.memory_jobs import MemoryJobs
from adapters.outbound.memory.unit_of_work import MemoryUnits
from application.errors import LmsUnavailable
from tests import builders
from tests.application.placing import ROWS, RubricScene
from tests.application.sending import Classroom
from tests.cli.cli_house import MemoryHouse, Terminal
from tests.stand_ins import FixedClock

OF_WORK = ("ENGL101-01", "ESSAY", "--as", "Ctess")
SEND = ("outcomes", "send", *OF_WORK)
RUBRIC = ("outcomes", "rubric", *OF_WORK)


@pytest.fixture
def scene(memory_units: MemoryUnits, memory_jobs: MemoryJobs, clock: FixedClock) -> RubricScene:
    scene = RubricScene(Classroom(memory_units, memory_jobs, clock))
    with scene.room.units() as unit:
        unit.outcomes.put_slos(builders.an_slo(key) for key in ROWS)
        unit.commit()
    return scene


@pytest.fixture
def terminal(scene: RubricScene) -> Terminal:
    return Terminal(MemoryHouse(scene.room), scene.room.units)


def titles(scene: RubricScene) -> set[str]:
    """Of the outcomes that the course shows."""
    shown = scene.state.outcomes.shown_in(scene.course_place)
    return {one.content.title for one in shown}


def untold_course(scene: RubricScene) -> None:
    with scene.room.units() as unit:
        for link in unit.links.in_sections([builders.a_section().id]):
            unit.links.save(replace(link, course_ref=None))
        unit.commit()


class TestSend:
    def test_the_slos_of_the_assessment_go_to_its_course_once(
        self, terminal: Terminal, scene: RubricScene
    ) -> None:
        told = terminal.told(*SEND)

        folder = builders.an_assessment().name
        place = str(scene.course_place)
        assert {(one["folder"], one["place"]) for one in told["outcomes"]} == {(folder, place)}
        assert (told["total"], told["failed"], len(titles(scene))) == (2, 0, 2)
        assert terminal.told(*SEND)["run"] is None

    def test_a_dry_run_shows_the_plan_and_sends_nothing(
        self, terminal: Terminal, scene: RubricScene
    ) -> None:
        said = terminal.said(*SEND, "--dry-run")

        assert "THESIS" in said
        assert said.endswith("Dry run: nothing was sent.\n")
        assert titles(scene) == set()

    def test_without_waiting_it_is_only_queued(
        self, terminal: Terminal, scene: RubricScene
    ) -> None:
        assert "is queued" in terminal.said(*SEND, "--no-wait")
        assert titles(scene) == set()

    def test_the_course_is_named_where_it_cannot_be_told(
        self, terminal: Terminal, scene: RubricScene
    ) -> None:
        untold_course(scene)

        assert "--course" in terminal.refused(*SEND)
        terminal.said(*SEND, "--course", scene.room.course)
        assert len(titles(scene)) == 2

    def test_who_does_not_teach_there_sends_nothing(
        self, terminal: Terminal, scene: RubricScene
    ) -> None:
        terminal.refused("outcomes", "send", "ENGL101-01", "ESSAY", "--as", "Cana")
        assert titles(scene) == set()

    def test_canvas_away_is_told_and_nothing_is_decided(
        self, terminal: Terminal, scene: RubricScene
    ) -> None:
        scene.room.lms.withdraw(scene.room.teacher)

        assert "authorization" in terminal.refused(*SEND, code=4)


class TestRubric:
    def test_goes_on_the_assignment_that_is_named_and_stands_there_once(
        self, terminal: Terminal, scene: RubricScene
    ) -> None:
        terminal.said(*SEND)
        ref = scene.room.assignment

        told = terminal.told(*RUBRIC, "--assignment", ref)
        name = scene.state.assignments[ref].name
        again = terminal.said(*RUBRIC, "--assignment", name)

        assert (told["assignment"], told["criteria"]) == (ref, 2)
        assert told["rubric"] == scene.rubric_there().ref
        assert f"The rubric is on “{name}”: 2 criteria." in again
        assert len(scene.recorded()) == 1

    def test_without_an_assignment_they_are_listed_with_what_stands_on_them(
        self, terminal: Terminal, scene: RubricScene
    ) -> None:
        scene.given_outcomes()
        scene.given_other_rubric()

        (line,) = terminal.told(*RUBRIC)

        assert (line["id"], line["rubric"]) == (scene.room.assignment, "House rubric")
        assert "House rubric" in terminal.said(*RUBRIC)
        assert scene.recorded() == []

    def test_an_assignment_that_is_not_there_is_answered_with_those_that_are(
        self, terminal: Terminal, scene: RubricScene
    ) -> None:
        scene.given_outcomes()

        wrong = terminal.refused(*RUBRIC, "--assignment", "Nothing")

        assert f"({scene.room.assignment})" in wrong

    def test_points_are_as_chosen(self, terminal: Terminal, scene: RubricScene) -> None:
        scene.given_outcomes()
        ref = scene.room.assignment
        before = scene.state.assignments[ref].points_possible

        terminal.said(*RUBRIC, "--assignment", ref, "--points", "none")
        assert not scene.state.rubrics.on[ref].grades
        terminal.said(*RUBRIC, "--assignment", ref, "--points", "keep", "--replace")
        assert scene.state.rubrics.on[ref].grades
        assert scene.state.assignments[ref].points_possible == before

    def test_another_rubric_is_replaced_only_when_told_and_unused(
        self, terminal: Terminal, scene: RubricScene
    ) -> None:
        scene.given_outcomes()
        put = (*RUBRIC, "--assignment", scene.room.assignment)
        theirs = scene.given_other_rubric()

        assert "House rubric" in terminal.refused(*put)
        scene.rate(theirs)
        assert "rated" in terminal.refused(*put, "--replace", code=4)
        assert scene.rubric_there() == theirs

    def test_outcomes_come_first(self, terminal: Terminal, scene: RubricScene) -> None:
        put = (*RUBRIC, "--assignment", scene.room.assignment)

        assert "Send them first" in terminal.refused(*put, code=4)

    def test_canvas_away_is_told(self, terminal: Terminal, scene: RubricScene) -> None:
        scene.given_outcomes()
        scene.room.lms.failures += [LmsUnavailable("Away.")]

        assert terminal(*RUBRIC).exit_code == 4
