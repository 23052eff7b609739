"""Putting the rubric on a Canvas assignment, page by page."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from httpx import Response

from adapters.outbound.jobs.memory_jobs import MemoryJobs
from adapters.outbound.memory.unit_of_work import MemoryUnits
from application.errors import LmsUnavailable
from domain.access import Role
from domain.ids import LmsCourseRef
from domain.lms_site import SectionPairing
from domain.rostering import EnrolmentRole
from tests import builders
from tests.application.placing import SITE, RubricScene
from tests.application.sending import TEACHER, WORK, Classroom
from tests.http.support import CROSS, browsing
from tests.http.whole import Launching, WholeHouse, under
from tests.stand_ins import FixedClock

PAGE = f"/works/{WORK}/lms-rubric"
PRESS = '<button class="primary">Put the rubric'


@pytest.fixture
def scene(memory_units: MemoryUnits, memory_jobs: MemoryJobs, clock: FixedClock) -> RubricScene:
    return RubricScene(Classroom(memory_units, memory_jobs, clock))


@pytest.fixture
def canvas(scene: RubricScene) -> Iterator[Launching]:
    """Tess has launched."""
    room = scene.room
    house = WholeHouse(room.units, room.jobs, room.clock, room.lms)
    house.registered()
    with browsing(house.app(routes=under("/works"))) as browser:
        launching = Launching(house, browser)
        launching.enter()
        yield launching


def key(course: LmsCourseRef) -> str:
    return f"{SITE}/{course}"


def press(canvas: Launching, scene: RubricScene, **fields: str) -> Response:
    """As the page would, with the class's assignment chosen."""
    form = {"course": key(scene.room.course), "assignment": scene.room.assignment,
            "points": "rubric", **fields}  # fmt: skip
    return canvas.browser.post(PAGE, form)


def rows(page: str) -> dict[str, str]:
    """The row of each assignment, by its reference."""
    found = re.findall(r"<tr>\s*(<th[^>]*><div class.*?)</tr>", page, re.DOTALL)
    return {re.findall(r'value="(\w+)"', row)[0]: " ".join(row.split()) for row in found}


def remembered(scene: RubricScene) -> SectionPairing | None:
    with scene.room.units(write=False) as unit:
        return unit.pairings.section(builders.a_section().id, TEACHER)


class TestChoosing:
    def test_shows_the_assignments_of_the_course(
        self, canvas: Launching, scene: RubricScene
    ) -> None:
        scene.given_outcomes()
        scene.given_other_rubric()
        bare = scene.state.given_assignment(scene.room.course, points_possible=None)
        changed = replace(
            scene.state.assignments[bare], published=False, launch_url="https://tool.test"
        )
        scene.state.change_assignment(changed)

        page = canvas.browser.get(PAGE).text

        shown = rows(page)
        assert list(shown) == [scene.room.assignment, bare]
        assert "House rubric, 1 criterion" in shown[scene.room.assignment]
        assert all(words in shown[bare] for words in ("Not published", "Opens a tool", "None"))
        assert "one criterion for each of the 2 SLOs" in page
        assert "its 8 points those of the assignment" in page
        assert "of which the rubric gives 8 at most" in page
        assert "checked" not in "".join(shown.values())

    def test_looking_changes_nothing(self, canvas: Launching, scene: RubricScene) -> None:
        scene.given_outcomes()

        canvas.browser.get(f"{PAGE}?course={key(scene.room.course)}")

        assert (scene.state.rubrics.on, scene.recorded(), remembered(scene)) == ({}, [], None)

    def test_missing_outcomes_are_sent_first(self, canvas: Launching, scene: RubricScene) -> None:
        scene.given_outcome("thesis", scene.course_place, work_id=WORK)

        page = canvas.browser.get(PAGE).text

        assert "1 of the 2 SLOs of this assessment has no outcome in this Canvas course" in page
        assert f'href="/works/{WORK}/outcomes?course={key(scene.room.course)}"' in page
        assert PRESS not in page

    def test_weights_are_named_and_what_has_none(
        self, canvas: Launching, scene: RubricScene
    ) -> None:
        scene.given_weights(method=2, tidiness=0)

        page = canvas.browser.get(PAGE).text

        assert "the 2 criteria of this assessment with their weights" in page
        assert "1 of them has no weight and stays out" in page

    def test_another_course_can_be_chosen(self, canvas: Launching, scene: RubricScene) -> None:
        scene.given_outcomes()
        other = scene.state.given_course(scene.room.teacher, code="ENGL 999")

        page = canvas.browser.get(f"{PAGE}?course={key(other)}").text

        assert "The course has no assignment yet" in page
        assert re.search(rf'<option value="{key(other)}" selected>ENGL 999', page)

    def test_a_course_that_the_person_does_not_teach_is_refused(self, canvas: Launching) -> None:
        assert canvas.browser.get(f"{PAGE}?course={SITE}/999").status_code == 422

    def test_no_course_told_asks_for_it(self, canvas: Launching, scene: RubricScene) -> None:
        unlink(scene)

        page = canvas.browser.get(PAGE).text

        assert "please say which one it is" in page
        assert rows(page) == {}

    @pytest.mark.parametrize("query", ["", "?course=site-main/1"])
    def test_without_authorisation_leads_to_it_and_back(
        self, canvas: Launching, scene: RubricScene, query: str
    ) -> None:
        scene.room.lms.withdraw(scene.room.teacher)

        answer = canvas.browser.get(f"{PAGE}{query}")

        assert answer.status_code == 200
        assert f'href="/authorise?then={PAGE}"' in answer.text
        assert PRESS not in answer.text

    def test_who_teaches_nothing_in_canvas_is_told(
        self, canvas: Launching, scene: RubricScene
    ) -> None:
        scene.state.teachers.clear()

        assert "You teach no course in Canvas" in canvas.browser.get(PAGE).text

    def test_a_silent_canvas_is_no_crash(self, canvas: Launching, scene: RubricScene) -> None:
        scene.room.lms.failures.append(LmsUnavailable("Canvas did not answer."))

        page = canvas.browser.get(PAGE).text

        assert "Ask Canvas again" in page


class TestPlacing:
    def test_puts_it_there_and_says_so(self, canvas: Launching, scene: RubricScene) -> None:
        thesis, evidence = scene.given_outcomes()

        answer = press(canvas, scene)
        page = canvas.browser.get(answer.headers["location"]).text

        assert answer.status_code == 303
        assert [row.outcome_ref for row in scene.rubric_there().criteria] == [thesis, evidence]
        name = scene.state.assignments[scene.room.assignment].name
        assert f"The rubric is on “{name}”" in page
        assert "Rubric of this assessment" in rows(page)[scene.room.assignment]

    def test_an_address_alone_claims_nothing(self, canvas: Launching, scene: RubricScene) -> None:
        scene.given_outcomes()

        page = canvas.browser.get(f"{PAGE}?placed={scene.room.assignment}").text

        assert "The rubric is on" not in page

    def test_the_course_is_remembered(self, canvas: Launching, scene: RubricScene) -> None:
        scene.given_outcomes()
        unlink(scene)

        press(canvas, scene)

        pairing = remembered(scene)
        assert pairing is not None
        assert (pairing.site_id, pairing.course_ref) == (SITE, scene.room.course)
        assert "chosen before" in canvas.browser.get(PAGE).text

    @pytest.mark.parametrize(
        ("points", "grades", "possible"),
        [("rubric", True, 8), ("keep", True, 20), ("none", False, 20)],
    )
    def test_the_points_follow_the_choice(
        self, canvas: Launching, scene: RubricScene, *, points: str, grades: bool, possible: int
    ) -> None:
        scene.given_outcomes()

        press(canvas, scene, points=points)

        assert scene.state.rubrics.on[scene.room.assignment].grades is grades
        assert scene.state.assignments[scene.room.assignment].points_possible == possible

    def test_another_rubric_stays_and_the_choices_are_kept(
        self, canvas: Launching, scene: RubricScene
    ) -> None:
        scene.given_outcomes()
        house = scene.given_other_rubric()

        answer = press(canvas, scene, points="keep")

        assert answer.status_code == 409
        assert "has the rubric “House rubric” already" in answer.text
        assert " checked" in rows(answer.text)[scene.room.assignment]
        assert 'value="keep" id="points-keep" checked' in answer.text
        assert scene.rubric_there() == house

    def test_another_rubric_goes_when_that_was_ticked(
        self, canvas: Launching, scene: RubricScene
    ) -> None:
        scene.given_outcomes()
        scene.given_other_rubric()

        assert press(canvas, scene, replace="yes").status_code == 303
        assert len(scene.rubric_there().criteria) == 2

    def test_a_used_rubric_stays(self, canvas: Launching, scene: RubricScene) -> None:
        scene.given_outcomes()
        house = scene.given_other_rubric(rated=True)

        answer = press(canvas, scene, replace="yes")

        assert answer.status_code == 409
        assert "Students were rated on the rubric" in answer.text
        assert 'name="replace" value="yes" id="replace" checked' in answer.text
        assert scene.rubric_there() == house

    def test_no_assignment_asks_to_choose(self, canvas: Launching, scene: RubricScene) -> None:
        scene.given_outcomes()

        answer = press(canvas, scene, assignment="")

        assert (answer.status_code, "Choose the assignment" in answer.text) == (422, True)

    def test_nothing_is_done_without_authorisation(
        self, canvas: Launching, scene: RubricScene
    ) -> None:
        scene.given_outcomes()
        scene.room.lms.withdraw(scene.room.teacher)

        answer = press(canvas, scene)

        assert (answer.status_code, "Authorize" in answer.text) == (409, True)
        assert (scene.state.rubrics.on, remembered(scene)) == ({}, None)

    def test_a_form_of_another_site_is_refused(self, canvas: Launching, scene: RubricScene) -> None:
        scene.given_outcomes()

        answer = canvas.browser.post(PAGE, {"assignment": scene.room.assignment}, site=CROSS)

        assert answer.status_code == 403
        assert scene.state.rubrics.on == {}


class TestOthers:
    def test_who_does_not_teach_the_section_finds_nothing(
        self, canvas: Launching, scene: RubricScene
    ) -> None:
        scene.given_outcomes()
        with scene.room.units() as unit:
            unit.roster.put_sections([builders.a_section("engl101-02")])
            unit.roster.put_people([builders.a_person("tom")])
            tom = builders.an_enrolment("tom", "engl101-02", role=EnrolmentRole.TEACHER)
            unit.roster.put_enrolments([tom])
            unit.roster.grant(builders.a_role_grant("tom", role=Role.FACULTY))
            unit.commit()
        canvas.enter("tom", context_label="ENGL101-02")

        assert canvas.browser.get(PAGE).status_code == 404
        assert press(canvas, scene).status_code == 404
        assert scene.state.rubrics.on == {}

    def test_students_are_refused(self, canvas: Launching, scene: RubricScene) -> None:
        canvas.enter("ana", "Learner")

        assert canvas.browser.get(PAGE).status_code == 403
        assert press(canvas, scene).status_code == 403


def unlink(scene: RubricScene) -> None:
    """So that no link tells the Canvas course."""
    with scene.room.units() as unit:
        link = unit.links.get(builders.a_link().id)
        unit.links.save(link.unlinked(scene.room.clock.now()))
        unit.commit()
