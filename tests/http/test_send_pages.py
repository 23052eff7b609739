"""Send Scores to LMS, page by page: the dry list, the press, the report and what follows."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace

import anyio
import pytest
from httpx import Response

from adapters.outbound.jobs.memory_jobs import MemoryJobs
from adapters.outbound.memory.unit_of_work import MemoryUnits
from domain.access import Role
from domain.rostering import EnrolmentRole
from domain.score import BLANK
from tests import builders
from tests.application.sending import TEACHER, WORK, Classroom
from tests.http.support import CROSS, browsing
from tests.http.whole import LMS, Launching, WholeHouse, under
from tests.stand_ins import FixedClock

DRY = f"/works/{WORK}/send"
ANA, BO, CY = "person-ana", "person-bo", "person-cy"


@pytest.fixture
def room(memory_units: MemoryUnits, memory_jobs: MemoryJobs, clock: FixedClock) -> Classroom:
    return Classroom(memory_units, memory_jobs, clock)


@pytest.fixture
def canvas(room: Classroom) -> Iterator[Launching]:
    """Tess has launched."""
    house = WholeHouse(room.units, room.jobs, room.clock, room.lms, pause=room.nap)
    house.registered()
    with browsing(house.app(routes=under("/works", "/sends", "/links"))) as browser:
        launching = Launching(house, browser)
        launching.enter()
        yield launching


def rows(page: str) -> dict[str, str]:
    """The dry list: each student's row, by Tech ID."""
    found = re.findall(r"<tr>\s*(<td>.*?)</tr>", page, re.DOTALL)
    return {re.findall(r'class="muted">(C\w+)', row)[0]: row for row in found}


def results(page: str) -> dict[str, str]:
    return dict(re.findall(r'data-student="C(\w+)" data-result="(\w+)"', page))


def press(canvas: Launching, *students: str, confirm: tuple[str, ...] = ()) -> Response:
    """Send to the ticked ones."""
    return canvas.browser.post(DRY, {"student": list(students), "confirm": list(confirm)})


def sent(canvas: Launching, room: Classroom, *students: str) -> str:
    """Send, let the background work; the report's path."""
    answer = press(canvas, *(students or (ANA, BO, CY)))
    assert answer.status_code == 303, answer.text
    anyio.run(room.runner.run_all)
    return str(answer.headers["location"])


class TestDryList:
    def test_shows_who_is_ready_and_ticks_them(self, canvas: Launching) -> None:
        page = canvas.browser.get(DRY).text

        assert "3 to send, 0 already in Canvas, 0 to confirm, 0 cannot be sent" in page
        assert all(" checked>" in row for row in rows(page).values())
        assert list(rows(page)) == ["Cana", "Cbo", "Ccy"]

    def test_gives_the_reason_of_each_who_is_not(self, canvas: Launching, room: Classroom) -> None:
        room.given_there("bo", 5)
        room.given_there("cy", 15)
        thesis = builders.a_score("ana", value=BLANK, version=2)
        with room.units() as unit:
            unit.scores.save(thesis)
            unit.commit()

        page = canvas.browser.get(DRY).text

        shown = rows(page)
        assert "0 to send, 1 already in Canvas, 1 to confirm, 1 cannot be sent" in page
        assert ("A row is blank" in shown["Cana"], "<input" in shown["Cana"]) == (True, False)
        assert "a grade that did not come from here" in shown["Cbo"]
        assert 'name="confirm"' in shown["Cbo"]
        assert "checked" not in shown["Cbo"]
        assert ("In Canvas" in shown["Ccy"], "<input" in shown["Ccy"]) == (True, False)

    def test_looking_sends_nothing(self, canvas: Launching, room: Classroom) -> None:
        canvas.browser.get(DRY)

        assert (room.shown(), room.jobs.recent()) == ({}, [])

    def test_says_what_the_assignment_forbids(self, canvas: Launching, room: Classroom) -> None:
        assignment = room.lms.state.assignments[room.assignment]
        room.lms.state.change_assignment(replace(assignment, published=False))

        page = canvas.browser.get(DRY).text

        assert "The Canvas assignment is not published" in page
        assert '<button class="primary">Send Scores' not in page

    def test_without_authorisation_leads_to_it_and_back(
        self, canvas: Launching, room: Classroom
    ) -> None:
        room.lms.withdraw(room.teacher)

        page = canvas.browser.get(DRY).text

        assert f'href="/authorise?then={DRY}"' in page
        assert '<button class="primary">Send Scores' not in page

    def test_without_a_link_is_not_there(self, canvas: Launching, room: Classroom) -> None:
        with room.units() as unit:
            link = unit.links.get(builders.a_link().id)
            unit.links.save(link.unlinked(room.clock.now()))
            unit.commit()

        assert canvas.browser.get(DRY).status_code == 404


class TestSending:
    def test_only_to_the_ticked(self, canvas: Launching, room: Classroom) -> None:
        report = sent(canvas, room, ANA, CY)

        assert list(room.shown()) == ["ana", "cy"]
        assert results(canvas.browser.get(report).text) == {"ana": "sent", "cy": "sent"}

    def test_to_nobody_asks_to_choose(self, canvas: Launching, room: Classroom) -> None:
        answer = press(canvas)

        assert (answer.status_code, "choose at least one student" in answer.text) == (422, True)
        assert room.jobs.recent() == []

    def test_replaces_a_grade_given_there_only_when_that_was_ticked(
        self, canvas: Launching, room: Classroom
    ) -> None:
        room.given_there("bo", 5)

        refused = press(canvas, BO)
        confirmed = press(canvas, confirm=(BO,))
        anyio.run(room.runner.run_all)

        assert (refused.status_code, confirmed.status_code) == (422, 303)
        assert room.shown() == {"bo": 15}

    def test_a_second_click_meanwhile_is_a_friendly_conflict(
        self, canvas: Launching, room: Classroom
    ) -> None:
        first = press(canvas, ANA)

        second = press(canvas, ANA)

        assert (first.status_code, second.status_code) == (303, 409)
        assert "under way" in second.text
        assert len(room.jobs.recent()) == 1

    def test_nothing_is_decided_while_canvas_is_away(
        self, canvas: Launching, room: Classroom
    ) -> None:
        room.lms.withdraw(room.teacher)

        answer = press(canvas, ANA)

        assert answer.status_code == 409
        assert room.jobs.recent() == []

    def test_a_form_of_another_site_is_refused(self, canvas: Launching, room: Classroom) -> None:
        answer = canvas.browser.post(DRY, {"student": [ANA]}, site=CROSS)

        assert answer.status_code == 403
        assert room.jobs.recent() == []


class TestReport:
    def test_counts_as_the_grades_arrive(self, canvas: Launching, room: Classroom) -> None:
        report = press(canvas, ANA, BO).headers["location"]
        before = canvas.browser.get(f"{report}/state").json()
        page = canvas.browser.get(report).text
        anyio.run(room.runner.run_all)

        assert before == {
            "open": True, "waiting": False, "total": 2, "settled": 0,
            "said": "0 of 2 grades settled, 0 handed to Canvas.", "posting": 0,
        }  # fmt: skip
        assert f'data-progress="{report}/events"' in page
        assert canvas.browser.get(f"{report}/state").json() == {
            **before, "open": False, "settled": 2,
            "said": "2 of 2 grades settled, 0 handed to Canvas.",
        }  # fmt: skip

    def test_streams_the_counts_until_the_send_has_ended(
        self, canvas: Launching, room: Classroom
    ) -> None:
        report = sent(canvas, room)

        answer = canvas.browser.get(f"{report}/events")

        assert answer.headers["content-type"].startswith("text/event-stream")
        counts = [
            json.loads(line) for line in re.findall(r"^data: (.*)$", answer.text, re.MULTILINE)
        ]
        assert [(one["open"], one["settled"]) for one in counts] == [(False, 3)]

    def test_names_every_student_with_the_result(self, canvas: Launching, room: Classroom) -> None:
        page = canvas.browser.get(sent(canvas, room)).text

        assert results(page) == {"ana": "sent", "bo": "sent", "cy": "sent"}
        assert "3 of 3 grades are in the Canvas gradebook" in page

    def test_asks_for_authorisation_when_it_was_lost_on_the_way(
        self, canvas: Launching, room: Classroom
    ) -> None:
        report = press(canvas, ANA).headers["location"]
        room.lms.withdraw(room.teacher)
        anyio.run(room.runner.run_all)

        page = canvas.browser.get(report).text

        assert canvas.browser.get(f"{report}/state").json()["waiting"]
        assert f'href="/authorise?then={report}"' in page
        assert results(page) == {"ana": "waiting"}


class TestAfterwards:
    def test_what_failed_is_sent_again(self, canvas: Launching, room: Classroom) -> None:
        report = press(canvas, BO).headers["location"]
        room.lms.state.unassigned.add((room.assignment, room.refs["bo"]))
        anyio.run(room.runner.run_all)
        assert results(canvas.browser.get(report).text) == {"bo": "failed"}
        room.lms.state.unassigned.clear()

        answer = canvas.browser.post(f"{report}/retry")
        anyio.run(room.runner.run_all)

        assert answer.headers["location"] == report
        assert results(canvas.browser.get(report).text) == {"bo": "sent"}

    def test_a_conflict_is_replaced_when_confirmed_and_only_for_that_student(
        self, canvas: Launching, room: Classroom
    ) -> None:
        report = press(canvas, ANA, BO, CY).headers["location"]
        room.given_there("ana", 1)
        room.given_there("bo", 2)
        anyio.run(room.runner.run_all)
        page = canvas.browser.get(report).text
        assert results(page) == {"ana": "conflict", "bo": "conflict", "cy": "sent"}
        assert page.count("Replace the grade in Canvas") == 2

        canvas.browser.post(f"{report}/retry", {"confirm": ANA})
        anyio.run(room.runner.run_all)

        assert room.shown() == {"ana": 15, "bo": 2, "cy": 15}
        assert results(canvas.browser.get(report).text)["bo"] == "conflict"

    def test_a_retry_meanwhile_is_a_conflict(self, canvas: Launching) -> None:
        report = press(canvas, ANA).headers["location"]

        assert canvas.browser.post(f"{report}/retry").status_code == 409

    def test_what_was_never_seen_is_checked(self, canvas: Launching, room: Classroom) -> None:
        room.lms.state.hold_bulk = True
        report = sent(canvas, room)
        assert set(results(canvas.browser.get(report).text).values()) == {"unverified"}
        room.lms.state.run_bulk()

        canvas.browser.post(f"{report}/check")

        assert set(results(canvas.browser.get(report).text).values()) == {"sent"}

    def test_a_link_is_not_undone_meanwhile(self, canvas: Launching) -> None:
        press(canvas, ANA)

        answer = canvas.browser.post(f"/links/{builders.a_link().id}/unlink")

        assert (answer.status_code, "being sent" in answer.text) == (409, True)


class TestOtherTeachers:
    @pytest.fixture
    def report(self, canvas: Launching, room: Classroom) -> str:
        """Of Tess; now Tom, who teaches the section beside, is signed in."""
        with room.units() as unit:
            unit.roster.put_sections([builders.a_section("engl101-02")])
            unit.roster.put_people([builders.a_person("tom")])
            tom = builders.an_enrolment("tom", "engl101-02", role=EnrolmentRole.TEACHER)
            unit.roster.put_enrolments([tom])
            unit.roster.grant(builders.a_role_grant("tom", role=Role.FACULTY))
            unit.commit()
        path = sent(canvas, room)
        canvas.enter("tom", context_label="ENGL101-02")
        return path

    @pytest.mark.parametrize("tail", ["", "/state", "/events"])
    def test_find_no_report(self, canvas: Launching, report: str, tail: str) -> None:
        assert canvas.browser.get(f"{report}{tail}").status_code == 404

    @pytest.mark.parametrize("tail", ["/retry", "/check"])
    def test_cannot_touch_it(self, canvas: Launching, report: str, tail: str) -> None:
        assert canvas.browser.post(f"{report}{tail}").status_code == 404

    def test_cannot_send(self, canvas: Launching, room: Classroom, report: str) -> None:
        jobs = room.jobs.recent()

        assert canvas.browser.get(DRY).status_code == 404
        assert press(canvas, ANA).status_code == 404
        assert room.jobs.recent() == jobs

    def test_students_are_refused(self, canvas: Launching, room: Classroom) -> None:
        canvas.enter("ana", "Learner")

        assert canvas.browser.get(DRY).status_code == 403
        assert press(canvas, ANA).status_code == 403


def test_the_sites_of_the_two_arrangements_are_one() -> None:
    assert (builders.a_site().url, builders.a_role_grant("tess").person_id) == (LMS, TEACHER)
