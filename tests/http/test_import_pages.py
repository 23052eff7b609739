"""Import LMS Scores, page by page: the course, what was read, the preview, and taking it back."""

import re
from collections.abc import Iterator
from dataclasses import replace

import anyio
import pytest

from adapters.outbound.jobs.memory_jobs import MemoryJobs
from adapters.outbound.memory.unit_of_work import MemoryUnits
from domain.access import Role
from domain.assessment import Purpose
from domain.ids import LmsAssignmentRef
from domain.rostering import EnrolmentRole
from tests import builders
from tests.application.importing import SITE, ImportRoom
from tests.application.sending import WORK, Classroom
from tests.http.support import CROSS, Backstage, addresses, browsing
from tests.http.whole import Launching, WholeHouse, under
from tests.stand_ins import FixedClock

START = f"/works/{WORK}/import"


@pytest.fixture
def room(memory_units: MemoryUnits, memory_jobs: MemoryJobs, clock: FixedClock) -> ImportRoom:
    return ImportRoom(memory_units, memory_jobs, clock)


@pytest.fixture
def essay(room: ImportRoom) -> LmsAssignmentRef:
    """Ana has 4 and 3 there; Bo 2 and a comment alone."""
    ref = room.rubric_on()
    room.rated(ref, "ana", thesis=4, evidence=3)
    room.rated(ref, "bo", thesis=2, evidence=None)
    return ref


@pytest.fixture
def canvas(room: ImportRoom) -> Iterator[Launching]:
    """Tess has launched."""
    house = WholeHouse(room.units, room.jobs, room.clock, room.lms, pause=room.nap)
    house.registered()
    with browsing(house.app(routes=under("/works", "/imports", "/assessments"))) as browser:
        launching = Launching(house, browser)
        launching.enter()
        yield launching


def begun(canvas: Launching, room: Classroom, course: str = "") -> str:
    """Begin to read the course; the path of the import."""
    key = course or f"{SITE}/{room.course}"
    answer = canvas.browser.post(START, {"course": key})
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def read(canvas: Launching, room: Classroom) -> str:
    path = begun(canvas, room)
    anyio.run(room.runner.run_all)
    return path


def lines(page: str) -> dict[tuple[str, str], str]:
    found = re.findall(r'data-student="C?(\w*)" data-row="(\w*)" data-state="(\w+)"', page)
    return {(student, row): state for student, row, state in found}


class TestChoosingTheCourse:
    def test_the_course_of_the_linked_assignment_is_there_already(
        self, canvas: Launching, room: ImportRoom
    ) -> None:
        page = canvas.browser.get(START).text
        assert f'value="{SITE}/{room.course}"' in page
        assert "Read the scores in Canvas" in page

    def test_the_assessment_is_chosen_among_those_of_the_section_with_their_purposes(
        self, canvas: Launching, room: ImportRoom
    ) -> None:
        alone = canvas.browser.get(START).text
        with room.units() as unit:
            quiz = builders.an_assessment("quiz", name="Quiz", purpose=Purpose.FORMATIVE)
            work = builders.a_section_assessment("quiz", assessment_id=quiz.id)
            unit.assessments.save(quiz)
            unit.assessments.save_work(work)
            unit.commit()

        page = " ".join(canvas.browser.get(START).text.split())

        assert "Into: <strong>Essay</strong>" in alone
        assert "Change" not in alone.split("Into:")[1].split("</p>")[0]
        assert '<strong>Essay</strong> <span class="muted">summative</span>' in page
        other = f'<a href="/works/{work.id}/import">Quiz</a> <span class="muted">formative</span>'
        assert other in page

    def test_a_course_that_the_teacher_does_not_teach_is_refused(self, canvas: Launching) -> None:
        answer = canvas.browser.post(START, {"course": f"{SITE}/strange"})
        assert answer.status_code == 422

    def test_without_authorisation_it_asks_for_it(
        self, canvas: Launching, room: ImportRoom
    ) -> None:
        room.lms.withdraw(room.teacher)
        page = canvas.browser.get(START).text
        assert "/authorise?then=" in page
        assert "Read the scores in Canvas" not in page


class TestReading:
    def test_shows_how_it_goes_on_until_all_is_read(
        self, canvas: Launching, room: ImportRoom, essay: LmsAssignmentRef
    ) -> None:
        path = begun(canvas, room)
        before = canvas.browser.get(f"{path}/state").json()
        page = canvas.browser.get(path).text
        anyio.run(room.runner.run_all)
        assert before["open"]
        assert f'data-progress="{path}/events"' in page
        assert not canvas.browser.get(f"{path}/state").json()["open"]
        assert essay in canvas.browser.get(path).text

    def test_waits_for_a_lost_authorisation_and_says_so(
        self, canvas: Launching, room: ImportRoom
    ) -> None:
        path = begun(canvas, room)
        room.lms.withdraw(room.teacher)
        anyio.run(room.runner.run_all)
        page = canvas.browser.get(path).text
        assert "The import waits; nothing is lost." in page
        assert f"/authorise?then={path}" in page

    def test_a_course_without_a_fitting_rubric_says_what_to_do(
        self, canvas: Launching, room: ImportRoom
    ) -> None:
        page = canvas.browser.get(read(canvas, room)).text
        assert f"/works/{WORK}/lms-rubric" in page
        assert "Import these Scores" not in page


class TestPreview:
    def test_tells_new_from_what_cannot_come_over(
        self, canvas: Launching, room: ImportRoom, essay: LmsAssignmentRef
    ) -> None:
        page = canvas.browser.get(read(canvas, room)).text
        assert lines(page) == {
            ("ana", "THESIS"): "new", ("ana", "EVIDENCE"): "new",
            ("bo", "THESIS"): "new", ("bo", "EVIDENCE"): "cannot",
        }  # fmt: skip
        assert "The grader wrote a comment and chose no rating." in page

    def test_a_score_given_here_is_kept_unless_it_is_ticked(
        self, canvas: Launching, room: ImportRoom, essay: LmsAssignmentRef
    ) -> None:
        room.score_here("ana", "thesis", 1)
        path = read(canvas, room)
        page = canvas.browser.get(path).text
        (tick,) = re.findall(r'name="replace" value="([^"]+)"', page)
        canvas.browser.post(path, {"assignment": essay, "policy": "latest"})
        kept = room.stands("ana")
        second = read(canvas, room)
        canvas.browser.post(second, {"assignment": essay, "policy": "latest", "replace": tick})
        assert kept == {"thesis": "1", "evidence": "3"}
        assert room.stands("ana") == {"thesis": "4", "evidence": "3"}

    def test_follows_the_assignments_that_are_chosen(
        self, canvas: Launching, room: ImportRoom, essay: LmsAssignmentRef
    ) -> None:
        later = room.rubric_on()
        room.rated(later, "cy", thesis=1)
        path = read(canvas, room)
        page = canvas.browser.get(f"{path}?policy=latest&assignment={later}").text
        assert lines(page) == {("cy", "THESIS"): "new"}

    def test_none_chosen_is_told_and_imports_nothing(
        self, canvas: Launching, room: ImportRoom, essay: LmsAssignmentRef
    ) -> None:
        path = read(canvas, room)
        answer = canvas.browser.post(path, {"policy": "latest"})
        assert answer.status_code == 422
        assert "Nothing was imported." in answer.text
        assert room.stands("ana") == {}


class TestImporting:
    def test_writes_the_scores_and_marks_the_assessment(
        self, canvas: Launching, room: ImportRoom, essay: LmsAssignmentRef
    ) -> None:
        path = read(canvas, room)
        answer = canvas.browser.post(path, {"assignment": essay, "policy": "latest"})
        page = canvas.browser.get(answer.headers["location"]).text
        assert room.stands("ana") == {"thesis": "4", "evidence": "3"}
        assert "3 new, 0 changed" in page
        assert f'href="{path}"' in canvas.browser.get("/assessments?term=&section=").text
        assert "Imported from" in canvas.browser.get(f"/works/{WORK}/rubric").text

    def test_a_second_press_changes_nothing(
        self, canvas: Launching, room: ImportRoom, essay: LmsAssignmentRef
    ) -> None:
        path = read(canvas, room)
        sent = {"assignment": essay, "policy": "latest"}
        canvas.browser.post(path, sent)
        again = canvas.browser.post(path, sent)
        assert again.status_code == 303
        assert room.stands("bo") == {"thesis": "2"}

    def test_undo_puts_back_what_stood_before(
        self, canvas: Launching, room: ImportRoom, essay: LmsAssignmentRef
    ) -> None:
        path = read(canvas, room)
        canvas.browser.post(path, {"assignment": essay, "policy": "latest"})
        answer = canvas.browser.post(f"{path}/undo", {})
        page = canvas.browser.get(answer.headers["location"]).text
        assert "The import is undone" in page
        assert set(room.stands("ana").values()) == {""}

    def test_the_schedule_shows_its_last_result(
        self, canvas: Launching, room: ImportRoom, essay: LmsAssignmentRef
    ) -> None:
        path = read(canvas, room)
        canvas.browser.post(path, {"assignment": essay, "policy": "latest"})
        number = path.removeprefix("/imports/")
        form = {"active": "yes", "import": number, "hours": "6"}
        canvas.browser.post(f"/works/{WORK}/refresh", form)
        assert "Last time" not in canvas.browser.get(START).text
        room.rated(essay, "ana", thesis=1, evidence=3)
        room.clock.advance(minutes=6 * 60 + 1)
        room.refresh_due()
        anyio.run(room.runner.run_all)

        canvas.enter()
        page = canvas.browser.get(START).text

        assert "0 new, 1 changed, 2 the same, 1 could not be imported." in page

    def test_the_schedule_is_switched_on_and_off(
        self, canvas: Launching, room: ImportRoom, essay: LmsAssignmentRef
    ) -> None:
        path = read(canvas, room)
        canvas.browser.post(path, {"assignment": essay, "policy": "latest"})
        refresh = f"/works/{WORK}/refresh"
        number = path.rpartition("/")[2]
        canvas.browser.post(refresh, {"active": "yes", "import": number, "hours": "6"})
        on = canvas.browser.get(START).text
        canvas.browser.post(refresh, {})
        off = canvas.browser.get(START).text
        assert "every 6 hours" in on
        assert "Switched off." in off


def test_no_address_loses_the_path_token(
    canvas: Launching, room: ImportRoom, essay: LmsAssignmentRef
) -> None:
    path = read(canvas, room)
    launch = canvas.post()
    canvas.browser.client.cookies.clear()
    landing = canvas.browser.get(launch.headers["location"], site=CROSS).headers["location"]
    prefix = re.sub(r"^(/~[\w-]+).*", r"\1", landing)
    canvas.browser.get(landing, site=CROSS)

    for shown in (START, path, f"{path}?policy=latest", f"/works/{WORK}/rubric"):
        page = canvas.browser.get(prefix + shown)
        lost = [
            one for one in addresses(page.text) if not one.startswith((prefix, "/static/", "#"))
        ]
        assert (page.status_code, lost) == (200, [])


class TestRights:
    @pytest.mark.parametrize("tail", ["", "/state", "/events"])
    def test_an_import_of_another_section_is_not_there(
        self, canvas: Launching, room: ImportRoom, tail: str
    ) -> None:
        path = begun(canvas, room)
        with room.units() as unit:
            teaching = builders.an_enrolment("tess", role=EnrolmentRole.TEACHER, active=False)
            unit.roster.put_enrolments([teaching])
            unit.commit()
        assert canvas.browser.get(f"{path}{tail}").status_code == 404

    def test_another_site_cannot_press(self, canvas: Launching, room: ImportRoom) -> None:
        sent = {"course": f"{SITE}/{room.course}"}
        answer = canvas.browser.post(START, sent, site=CROSS)
        assert answer.status_code == 403


class TestPeopleNamedSince:
    def test_a_steward_names_them_and_brings_their_scores_over(
        self, canvas: Launching, room: ImportRoom, essay: LmsAssignmentRef
    ) -> None:
        roster = room.lms.state.rosters[room.course]
        held = roster[room.refs["ana"]]
        roster[room.refs["ana"]] = replace(held, account=replace(held.account, sis_id=None))
        canvas.browser.post(read(canvas, room), {"assignment": essay, "policy": "latest"})
        with room.units(write=False) as unit:
            (case,) = unit.identities.queue()
        backstage = Backstage(room.units, room.clock, room.keyring)
        dana = backstage.person("dana", Role.DATA_STEWARD)
        steward = canvas.browser.signed_in(backstage.launched(dana, Role.DATA_STEWARD))

        decided = steward.post("/launches", {"launch": case.id, "tech_id": "Cana"})
        assert "can be brought over" in steward.get(decided.headers["location"]).text
        assert room.stands("ana") == {}
        pressed = steward.post("/matching/replay", {})

        assert "2 scores brought over." in steward.get(pressed.headers["location"]).text
        assert room.stands("ana") == {"thesis": "4", "evidence": "3"}
        again = steward.post("/matching/replay", {})
        assert "0 scores brought over." in steward.get(again.headers["location"]).text
