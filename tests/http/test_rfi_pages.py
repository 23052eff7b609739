"""Requests for information, and Home, page by page."""

from collections.abc import Iterator

import pytest

from adapters.outbound.jobs.memory_jobs import MemoryJobs
from adapters.outbound.memory.unit_of_work import MemoryUnits
from domain.access import Role
from tests.application.improving import scored_college
from tests.http.improving_pages import ImprovingPages, improving_pages
from tests.stand_ins import FixedClock

RFI = {"title": "Office hours", "message": "For the centre.", "due": "2026-10-01", "org": "ENGL",
       "term": "term-fall", "sections": "ENGL101-01", "prompt-1": "How many?", "answer-1": "number",
       "required-1": "yes"}  # fmt: skip


@pytest.fixture
def pages(
    memory_units: MemoryUnits, memory_jobs: MemoryJobs, clock: FixedClock
) -> Iterator[ImprovingPages]:
    scored_college(memory_units)
    with improving_pages(memory_units, memory_jobs, clock) as found:
        yield found


def sent(pages: ImprovingPages) -> tuple[str, str]:
    """The paths of a request and of the one copy that waits for tess."""
    pages.enter("cora", Role.COORDINATOR)
    path = pages.made("/rfis/new", **RFI)
    pages.enter("tess", Role.FACULTY)
    listed = pages.text("/rfis")
    return path, "/rfis/asks/" + listed.split('href="/rfis/asks/')[1].split('"')[0]


class TestARequest:
    def test_is_sent_opened_answered_gathered_and_closed(self, pages: ImprovingPages) -> None:
        path, ask = sent(pages)
        closed_page = pages.text(ask)
        assert "How many?" not in closed_page
        assert "How many?" in pages.done(f"{ask}/open")
        assert "Give a number" in pages.refused(ask, **{"answer-q1": "many", "then": "give"})
        assert "Saved." in pages.done(ask, **{"answer-q1": "4", "then": "save", "seen": "2"})
        pages.enter("cora", Role.COORDINATOR)
        assert ">4<" not in pages.text(path)
        pages.enter("tess", Role.FACULTY)
        assert "Thank you" in pages.done(ask, **{"answer-q1": "4", "then": "give", "seen": "3"})
        assert pages.refused(ask, 409, **{"answer-q1": "5", "then": "give", "seen": "3"})
        pages.enter("cora", Role.COORDINATOR)
        gathered = pages.text(path)
        assert ">4<" in gathered
        export = pages.browser.get(f"{path}/export")
        assert export.text.splitlines()[1].endswith(",4")
        assert "Closed" in pages.done(f"{path}/state", close="yes")
        pages.enter("tess", Role.FACULTY)
        assert "This request is closed" in pages.text(ask)
        assert pages.refused(ask, 409, **{"answer-q1": "5", "then": "give", "seen": "4"})

    def test_what_is_wrong_is_named_and_nothing_typed_is_lost(self, pages: ImprovingPages) -> None:
        pages.enter("cora", Role.COORDINATOR)
        for wrong in ({"sections": "NONE"}, {"due": "soon"}, {"prompt-1": ""}, {"org": ""}):
            again = pages.refused("/rfis/new", **{**RFI, **wrong})
            assert "For the centre." in again

    def test_reminders_show_a_sample_first(self, pages: ImprovingPages) -> None:
        path, _ = sent(pages)
        pages.enter("cora", Role.COORDINATOR)
        assert "Dear Tess Ortiz" in pages.text(f"{path}/remind")
        assert "Dear Tess" in pages.browser.post(f"{path}/remind", {"then": "sample"}).text
        assert "Write one line" in pages.refused(f"{path}/remind", subject=" ")
        assert "Request for information" in pages.done(f"{path}/remind", then="send")

    def test_others_find_neither_the_copy_nor_the_answers(self, pages: ImprovingPages) -> None:
        path, ask = sent(pages)
        pages.enter("tom", Role.FACULTY)
        assert "Nobody has asked you" in pages.text("/rfis")
        assert pages.browser.get(ask).status_code == 404
        for end in ("", "/open"):
            assert pages.browser.post(f"{ask}{end}", {"then": "give"}).status_code == 404
        pages.enter("ben", Role.COORDINATOR)
        for end in ("", "/export", "/remind"):
            assert pages.browser.get(f"{path}{end}").status_code == 404
        for end in ("/state", "/remind"):
            assert pages.browser.post(f"{path}{end}", {"close": "yes"}).status_code == 404


class TestHome:
    def test_shows_what_is_due_and_is_the_first_page(self, pages: ImprovingPages) -> None:
        sent(pages)
        assert pages.browser.get("/").headers["location"] == "/home"
        shown = pages.text("/home")
        for words in ("Office hours", "Essay", "ENGL101-01"):
            assert words in shown

    def test_says_so_where_a_launch_is_of_another_term(self, pages: ImprovingPages) -> None:
        launch = {"section_ids": "section-spring-01"}
        pages.enter("tess", Role.FACULTY, launch)
        said = "The current term is Fall 2026."
        assert "The Canvas course that you came from is of another term" in pages.text("/home")
        for path in ("/home?term=term-spring", "/assessments", "/works/work-later/rubric"):
            assert said in pages.text(path)
        for path in ("/home?term=term-fall", "/works/work-essay/rubric"):
            assert said not in pages.text(path)

    def test_says_so_where_nothing_is_due(self, pages: ImprovingPages) -> None:
        pages.enter("tom", Role.FACULTY)
        assert "Nothing is due in Fall 2026." in pages.text("/home")
