"""Evaluators: the same pages as faculty, nothing else of the section, no name where hidden."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
from litestar.handlers import HTTPRouteHandler

from adapters.inbound.http.csrf_tokens import issue
from adapters.inbound.http.routes import ROUTES
from adapters.outbound.jobs.memory_jobs import MemoryJobs
from adapters.outbound.memory.unit_of_work import MemoryUnits
from domain.access import Right, Role
from domain.assessment import AssessmentKind
from domain.ids import PersonId, RowId
from domain.score import value_as_text
from tests.builders import a_person, a_score, an_enrolment
from tests.http.evaluating import AT, ESSAY, WORK, Scene, scene, text_of
from tests.http.support import Browser
from tests.stand_ins import FixedClock

THESIS = RowId("row-thesis")
EVALUATORS, AGREEMENT = f"{AT}/evaluators", f"{AT}/agreement"
KEPT = f"/calendar{AT}"
SECRETS = ("Ana", "Ben", "ana", "ben", "person-ana", "person-ben")


@pytest.fixture
def here(memory_units: MemoryUnits, memory_jobs: MemoryJobs, clock: FixedClock) -> Iterator[Scene]:
    with scene(memory_units, memory_jobs, clock) as opened:
        yield opened


def give(here: Scene, **changes: str) -> None:
    form = {"person": "E77", "scoring": "record", **changes}
    answer = here.tess.post(EVALUATORS, form)
    assert answer.status_code == 303, unescape(answer.text)


def patch(browser: Browser, student: str, value: str, seen: int = 0, **more: Any) -> Any:
    assert browser.session_id is not None
    headers = {"x-csrf-token": issue(browser.session_id), "sec-fetch-site": "same-origin"}
    change = {"student": student, "row": THESIS, "value": value, "seen": seen, **more}
    answer = browser.client.patch(f"{AT}/scores", json={"changes": [change]}, headers=headers)
    return answer.json() if answer.status_code == 200 else answer.status_code


def students(page: str) -> list[str]:
    """What the page's drop-down calls them, in its order."""
    return re.findall(r'<option value="([^"]+)" dir="auto"', page)


def stored(here: Scene) -> dict[str, str]:
    with here.house.units(write=False) as unit:
        return {one.student_id: value_as_text(one.value) for one in unit.scores.of_work(WORK)}


class TestGivenWork:
    def test_begins_on_the_list_and_scores_for_the_record(self, here: Scene) -> None:
        give(here)

        eve = here.eve
        assert "/works/work-essay/rubric" in text_of(eve, "/scoring")
        assert eve.get("/").headers["location"].endswith("/scoring")
        patch(eve, "person-ana", "3")

        assert stored(here) == {"person-ana": "3"}
        assert "1 of 4" in text_of(here.tess, EVALUATORS)

    def test_nothing_else_of_the_section_opens(self, here: Scene) -> None:
        """Every page about a work: those with the right to score open, no other does."""
        give(here)
        eve = here.eve
        pages = {
            (handler.opt["right"], path.replace("{work_id:str}", WORK))
            for handler in ROUTES
            if isinstance(handler, HTTPRouteHandler) and "GET" in handler.http_methods
            for path in handler.paths
            if path.startswith("/works/{work_id:str}/") and path.count("{") == 1
        }
        opened = {path for right, path in pages if eve.get(path).status_code not in {403, 404}}

        assert opened <= {path for right, path in pages if right is Right.SCORE}
        assert {f"{AT}/rubric", f"{AT}/scorecard"} <= opened

    def test_the_pages_offer_nothing_of_the_lms(self, here: Scene) -> None:
        give(here)

        for view in ("rubric", "scorecard"):
            page = text_of(here.eve, f"{AT}/{view}")
            assert "Send Scores" not in page
            assert "Own grade" not in page
            assert "Release" not in page

    def test_others_get_nothing(self, here: Scene) -> None:
        give(here)
        zoe = here.as_("zoe", Role.EVALUATOR)

        assert zoe.get(f"{AT}/rubric").status_code == 404
        assert patch(zoe, "person-ana", "3") == 404
        assert "Nobody has given you work" in text_of(zoe, "/scoring")

    def test_taken_back_it_is_gone_and_the_scores_stay(self, here: Scene) -> None:
        give(here)
        patch(here.eve, "person-ana", "3")

        here.tess.post(f"{EVALUATORS}/take-back", {"person": "person-eve"})

        assert here.eve.get(f"{AT}/rubric").status_code == 404
        assert stored(here) == {"person-ana": "3"}
        assert "Taken back" in text_of(here.tess, EVALUATORS)

    def test_counts_can_be_given_too(self, here: Scene) -> None:
        here.keeping.change(ESSAY, kind=AssessmentKind.COLLECTIVE)
        give(here)

        assert f"{AT}/counts" in text_of(here.eve, "/scoring")
        full = {"count-row-thesis~4": "2", "count-row-thesis~NA": "0"}
        assert here.eve.post(f"{AT}/counts", full).status_code == 303

    @pytest.mark.parametrize(
        ("person", "said"),
        [("nobody", "address “nobody”."), ("", "Enter the Tech ID, login"),
         ("Ctess", "teaches the section"),
         ("Cana", "is a student of the section")],
    )  # fmt: skip
    def test_only_one_person_from_outside(self, here: Scene, person: str, said: str) -> None:
        answer = here.tess.post(EVALUATORS, {"person": person, "scoring": "second"})

        assert answer.status_code == 422
        assert said in unescape(answer.text)

    def test_a_coordinator_gives_it_from_the_calendar(self, here: Scene) -> None:
        answer = here.cora.post(f"{KEPT}/evaluators", {"person": "eadler", "scoring": "second"})

        assert answer.headers["location"] == f"{KEPT}/evaluators"
        assert f"{KEPT}/evaluators" in text_of(here.cora, "/calendar")
        assert "Second scorer" in text_of(here.eve, "/scoring")


class TestHiddenNames:
    @pytest.fixture
    def blind(self, here: Scene) -> Scene:
        with here.house.units() as unit:
            unit.scores.save(a_score("ana", comment="Ana writes clearly.", scored_by="person-tess"))
            unit.commit()
        give(here, hides="yes")
        return here

    def test_no_page_or_answer_tells_a_name(self, blind: Scene) -> None:
        eve = blind.eve
        pages = [eve.get(f"{AT}/{view}").text for view in ("rubric", "scorecard")]
        names = students(pages[0])
        pages += [eve.get(f"{AT}/rubric?student={name}").text for name in names]
        conflict = [patch(eve, name, "1", seen=9) for name in names]

        told = "\n".join([*pages, *map(str, conflict)])
        assert "Student 1" in told
        assert not [one for one in SECRETS if re.search(rf"\b{one}\b", told)]

    def test_numbers_stay_when_somebody_comes(self, blind: Scene) -> None:
        before = students(text_of(blind.eve, f"{AT}/rubric"))
        with blind.house.units() as unit:
            unit.roster.put_people([a_person("abe"), a_person("zed")])
            unit.roster.put_enrolments([an_enrolment("abe"), an_enrolment("zed")])
            unit.commit()

        after = students(text_of(blind.eve, f"{AT}/rubric"))

        assert after[: len(before)] == before
        assert len(after) == 4

    def test_scores_reach_the_right_student(self, blind: Scene) -> None:
        eve = blind.eve
        for name in students(text_of(eve, f"{AT}/rubric")):
            page = text_of(eve, f"{AT}/rubric?student={name}")
            seen = int(re.findall(r'name="seen-row-thesis" value="(\d+)"', page)[0])
            answer = patch(eve, name, "1", seen=seen, comment="")
            assert answer["cells"][0]["state"] == "saved", answer

        assert stored(blind) == {"person-ana": "1", "person-ben": "1"}

    def test_a_comment_that_was_hidden_is_not_lost(self, blind: Scene) -> None:
        eve = blind.eve
        for name in students(text_of(eve, f"{AT}/rubric")):
            for seen in (0, 1):
                patch(eve, name, "1", seen=seen, comment="")

        with blind.house.units(write=False) as unit:
            cell = unit.scores.cell(WORK, PersonId("person-ana"), THESIS)
        assert (value_as_text(cell.value), cell.comment) == ("1", "Ana writes clearly.")

    def test_an_id_opens_nobody(self, blind: Scene) -> None:
        assert blind.eve.get(f"{AT}/rubric?student=person-ana").status_code == 404
        (cell,) = patch(blind.eve, "person-ana", "1")["cells"]
        assert cell["state"] == "refused"


class TestScoredTwice:
    @pytest.fixture
    def twice(self, here: Scene) -> Scene:
        """Both scorers differ on ana, agree on ben."""
        give(here, scoring="second")
        patch(here.tess, "person-ana", "1")
        patch(here.tess, "person-ben", "3")
        patch(here.eve, "person-ana", "4")
        patch(here.eve, "person-ben", "3")
        return here

    def test_neither_sees_the_other(self, twice: Scene) -> None:
        assert stored(twice) == {"person-ana": "1", "person-ben": "3"}
        page = text_of(twice.eve, f"{AT}/rubric?student=person-ana")
        assert 'value="4" aria-describedby="name-row-thesis" checked' in page

    def test_figures_and_the_difference_are_shown(self, twice: Scene) -> None:
        page = text_of(twice.tess, AGREEMENT)

        assert "50.0%" in page
        assert "<dt>Scores by both scorers</dt><dd>2</dd>" in page
        assert "1 to decide" in page
        assert "Ana" in page

    def test_an_na_is_told_apart_from_scores(self, twice: Scene) -> None:
        patch(twice.eve, "person-ben", "NA", seen=1)

        page = text_of(twice.tess, AGREEMENT)

        assert "<dt>Scores by both scorers</dt><dd>1, and 1 with an N/A</dd>" in page

    def test_deciding_makes_the_record_and_leaves_the_figures(self, twice: Scene) -> None:
        sent = {"scorer": "person-eve", "student": "person-ana", "row": THESIS,
                "first": "1", "second": "4", "stands": "3"}  # fmt: skip

        assert twice.tess.post(AGREEMENT, {**sent, "stands": ""}).status_code == 422
        assert twice.tess.post(AGREEMENT, {**sent, "first": "2"}).status_code == 409
        assert twice.tess.post(AGREEMENT, sent).status_code == 303

        assert stored(twice)["person-ana"] == "3"
        page = text_of(twice.tess, AGREEMENT)
        assert "Every difference is decided" in page
        assert "50.0%" in page

    def test_a_coordinator_decides_by_numbers(self, twice: Scene) -> None:
        page = text_of(twice.cora, f"{KEPT}/agreement")
        assert "Student " in page
        assert not [one for one in SECRETS if re.search(rf"\b{one}\b", page)]
        (student,) = re.findall(r'name="student" value="([^"]+)"', page)
        sent = {"scorer": "person-eve", "student": student, "row": THESIS,
                "first": "1", "second": "4", "stands": "4"}  # fmt: skip

        assert twice.cora.post(f"{KEPT}/agreement", sent).status_code == 303
        assert stored(twice)["person-ana"] == "4"
