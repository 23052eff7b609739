"""Action plans and their templates, page by page."""

from collections.abc import Iterator
from typing import ClassVar

import pytest

from adapters.outbound.jobs.memory_jobs import MemoryJobs
from adapters.outbound.memory.unit_of_work import MemoryUnits
from domain.access import Role
from tests.application.improving import Improving, scored_college
from tests.http.improving_pages import ImprovingPages, improving_pages
from tests.stand_ins import FixedClock

PLAN = {"title": "Clearer theses", "term": "term-fall", "kind": "section", "names": "ENGL101-01",
        "assessments": "ESSAY", "then": "ask", "reason": "Many are below."}  # fmt: skip
WORDS = {"answer-q1": "Too few argue.", "answer-q2": "Peer review.", "who": "Tess",
         "by_when": "2026-10-01", "resources": "", "then": "submit"}  # fmt: skip


@pytest.fixture
def pages(
    memory_units: MemoryUnits, memory_jobs: MemoryJobs, clock: FixedClock
) -> Iterator[ImprovingPages]:
    scored_college(memory_units)
    with improving_pages(memory_units, memory_jobs, clock) as found:
        yield found


class TestAPlan:
    def test_is_asked_for_answered_sent_back_approved_and_done(self, pages: ImprovingPages) -> None:
        pages.enter("cora", Role.COORDINATOR)
        assert "There is no action plan yet" in pages.text("/action-plans")
        path = pages.made("/action-plans/new", **PLAN)
        pages.enter("tess", Role.FACULTY)
        assert "Next step is yours" in pages.text("/action-plans")
        assert "Clearer theses" in pages.text("/works/work-essay/action-plans")
        assert "Many are below." in pages.text(path)
        missing = pages.refused(path, **{**WORDS, "seen": "1", "answer-q2": ""})
        assert "Answer this before you hand it in" in missing
        assert "Too few argue." in missing
        assert "Handed in" in pages.done(path, **WORDS, seen="1")
        pages.enter("cora", Role.COORDINATOR)
        assert "Write a sentence about it" in pages.refused(
            f"{path}/move", move="send back", note=" ", seen="2"
        )
        pages.done(f"{path}/move", move="send back", note="Say how many.", seen="2")
        pages.enter("tess", Role.FACULTY)
        pages.done(path, **WORDS, seen="3")
        pages.enter("cora", Role.COORDINATOR)
        approved = pages.done(f"{path}/move", move="approve", note="", seen="4")
        assert "Approved by <bdi>Cora Ortiz</bdi>" in approved
        done = pages.done(f"{path}/move", move="finish", note="Twice a week.", seen="5")
        assert "Later result of the same SLO" in done
        result = "work-later slo-thesis"
        assert "Say what the later result shows" in pages.refused(
            f"{path}/follow-up", result=result, what="", seen="6"
        )
        closed = pages.done(f"{path}/follow-up", result=result, what="Fewer are below.", seen="6")
        assert "Followed up" in closed

    def test_a_second_click_or_another_window_loses_nothing(self, pages: ImprovingPages) -> None:
        pages.enter("cora", Role.COORDINATOR)
        path = pages.made("/action-plans/new", **PLAN)
        pages.enter("tess", Role.FACULTY)
        pages.done(path, **WORDS, seen="1")
        assert pages.refused(path, 409, **WORDS, seen="1")
        assert pages.refused(f"{path}/move", 409, move="approve", note="", seen="1")
        assert pages.refused(f"{path}/move", move="strange", note="", seen="1")
        assert "Choose a later result" in pages.refused(
            f"{path}/follow-up", result="", what="x", seen="2"
        )

    def test_what_is_refused_keeps_what_was_typed(self, pages: ImprovingPages) -> None:
        pages.enter("cora", Role.COORDINATOR)
        for wrong in ({"assessments": "NONE"}, {"due": "soon"}, {"kind": "planet"}):
            again = pages.refused("/action-plans/new", **{**PLAN, **wrong})
            assert "Many are below." in again
            assert "Please correct this" in again

    def test_several_are_asked_at_once(self, pages: ImprovingPages) -> None:
        pages.enter("cora", Role.COORDINATOR)
        listed = pages.done(
            "/action-plans/new",
            **{**PLAN, "names": "ENGL101-01\nENGL101-02", "assessments": "", "slos": "THESIS"},
        )
        assert "2 action plans are requested." in listed

    def test_faculty_begin_one_from_the_work(self, pages: ImprovingPages) -> None:
        pages.enter("tess", Role.FACULTY)
        form = pages.text("/action-plans/new?work=work-essay")
        assert 'value="ESSAY"' in form
        assert "Who is asked" not in form
        path = pages.made("/action-plans/new", **{**PLAN, "then": "draft"})
        assert "Draft" in pages.text(path)
        withdrawn = pages.done(f"{path}/move", move="withdraw", seen="1")
        assert "Withdrawn" in withdrawn

    def test_nobody_else_finds_it(self, pages: ImprovingPages) -> None:
        plan = Improving(pages.house.units, pages.house.clock).start()[0]
        pages.enter("tom", Role.FACULTY)
        for path in (f"/action-plans/{plan.id}", "/works/work-essay/action-plans"):
            assert pages.browser.get(path).status_code == 404
        for path in ("", "/move", "/follow-up"):
            form = {"move": "approve", "result": "work-later slo-thesis", "seen": "1"}
            answer = pages.browser.post(f"/action-plans/{plan.id}{path}", form)
            assert answer.status_code == 404
        assert "ENGL101-01" not in pages.text("/action-plans/new?work=work-essay")


class TestTemplates:
    FORM: ClassVar = {"name": "Four questions", "use": "action plan", "org": "ENGL",
            "prompt-1": "Why?",
            "answer-1": "choice", "options-1": "This\nThat", "required-1": "yes"}  # fmt: skip

    def test_is_made_used_changed_and_retired(self, pages: ImprovingPages) -> None:
        pages.enter("cora", Role.COORDINATOR)
        assert "There is no template yet" in pages.text("/question-templates")
        listed = pages.done("/question-templates/new", **self.FORM)
        path = listed.split('href="/question-templates/')[-1].split('"')[0]
        assert "Four questions" in pages.text("/action-plans/new")
        plan = pages.made("/action-plans/new", **PLAN, template=path)
        assert "Why?" in pages.text(plan)
        changed = {**self.FORM, "prompt-1": "What for?", "seen": "1"}
        pages.done(f"/question-templates/{path}", **changed)
        assert "Why?" in pages.text(plan)
        assert "was changed meanwhile" in pages.refused(
            f"/question-templates/{path}", 409, **changed
        )
        pages.done(f"/question-templates/{path}/state", retire="yes")
        assert "Four questions" not in pages.text("/action-plans/new")
        assert "Retired" not in pages.done(f"/question-templates/{path}/state", retire="no")

    @pytest.mark.parametrize(
        ("wrong", "cure"),
        [
            ({"name": " "}, "at most 200"),
            ({"prompt-1": ""}, "at least one question"),
            ({"options-1": "This"}, "two options"),
            ({"answer-1": "song"}, "one of those listed"),
            ({"use": "song"}, "one of those listed"),
            ({"org": ""}, "org of yours"),
            ({"org": "SCIE"}, "org of yours"),
        ],
    )
    def test_what_is_wrong_is_named(
        self, pages: ImprovingPages, wrong: dict[str, str], cure: str
    ) -> None:
        pages.enter("cora", Role.COORDINATOR)

        assert cure in pages.refused("/question-templates/new", **{**self.FORM, **wrong})

    def test_those_of_the_college_are_used_and_not_changed(self, pages: ImprovingPages) -> None:
        pages.enter("stew", Role.DATA_STEWARD)
        listed = pages.done("/question-templates/new", **{**self.FORM, "org": ""})
        path = listed.split('href="/question-templates/')[-1].split('"')[0]
        other = pages.done("/question-templates/new", **{**self.FORM, "org": "SCIE", "name": "Sci"})
        pages.enter("cora", Role.COORDINATOR)
        seen = pages.text("/question-templates")
        assert ("Four questions" in seen, "Sci" in seen) == (True, False)
        assert pages.browser.get(f"/question-templates/{path}").status_code == 403
        foreign = other.split(">Sci<")[0].rsplit("/question-templates/", 1)[1].split('"')[0]
        assert pages.browser.get(f"/question-templates/{foreign}").status_code == 404
