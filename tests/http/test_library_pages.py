"""The library, plans and the calendar, page by page, as a coordinator uses them."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import anyio
import pytest
from httpx import Response

from adapters.outbound.jobs.memory_jobs import MemoryJobs, MemoryRunner
from adapters.outbound.memory.unit_of_work import MemoryUnits
from adapters.outbound.runtime.chance import new_secret
from application.college_rules import TIME_ZONE
from application.use_cases.access.session_starts import StartSessionCommand
from application.use_cases.access.sessions import StartSession
from application.use_cases.reminders.remind import JOB
from domain.access import Role
from domain.assessment import AssessmentKind
from domain.ids import PersonId, SectionId, TermId
from tests.application.library_keeping import TALK, Keeping, fill
from tests.builders import a_link, a_section_assessment
from tests.http.support import Browser, browsing
from tests.http.whole import WholeHouse, under
from tests.planning_builders import a_link_offer
from tests.stand_ins import FixedClock

EDIT = f"/library/{TALK}/edit"
PLAN = f"/library/{TALK}/plan"


class Desk:
    """A college in a browser; `as_(...)` signs somebody in."""

    def __init__(self, house: WholeHouse, browser: Browser) -> None:
        self.house = house
        self.browser = browser
        self.keeping = Keeping(house.units)

    def as_(self, name: str, role: Role) -> Browser:
        start = StartSession(self.house.units, self.house.clock, new_secret)
        command = StartSessionCommand(PersonId(f"person-{name}"), role, {}, "", "/")
        return self.browser.signed_in(start(command))


@pytest.fixture
def desk(memory_units: MemoryUnits, memory_jobs: MemoryJobs, clock: FixedClock) -> Iterator[Desk]:
    with memory_units() as unit:
        fill(unit)
        unit.commit()
    house = WholeHouse(memory_units, memory_jobs, clock)
    with browsing(
        house.app(
            routes=under(
                "/library", "/calendar", "/links", "/works", "/assessments", "/plans", "/reminders"
            )
        )
    ) as browser:
        yield Desk(house, browser)


@pytest.fixture
def cora(desk: Desk) -> Browser:
    return desk.as_("cora", Role.COORDINATOR)


def the_form(**changes: Any) -> dict[str, Any]:
    return {
        "name": "Debate", "kind": "student", "purpose": "summative", "scale": "four",
        "points": "20", "org": "ENGL", "library": "yes",
        "title-1": "Logic", "weight-1": "2", "more-slos-1": "THESIS",
        "points-1": ["1", "5"], "label-1": ["Weak", "Strong"], "descriptor-1": ["", "=All."],
        "title-2": "Style", "part-2": "Talk", "more-slos-2": "THESIS",
        "prompt-1": "Why?", "answer-1": "choice", "options-1": "This\nThat", "required-1": "yes",
        **changes,
    }  # fmt: skip


def made(answer: Response) -> str:
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"]).partition("?")[0]


class TestDefining:
    def test_what_is_typed_comes_back_to_be_edited(self, desk: Desk, cora: Browser) -> None:
        path = made(cora.post("/library/new", the_form()))

        shown, form = cora.get(path).text, cora.get(f"{path}/edit").text

        assert "5 Strong" in shown
        assert "Why?" in shown
        assert "Talk" in shown
        for value in ("Logic", "Strong", "=All.", "This\nThat"):
            assert value in form
        verbs = desk.keeping.verbs()
        assert verbs == ["created assessment"]

    def test_saving_it_as_it_stands_changes_nothing(self, desk: Desk, cora: Browser) -> None:
        path = made(cora.post("/library/new", the_form()))

        fields = form_of(cora.get(f"{path}/edit").text)
        made(cora.post(f"{path}/edit", fields))

        assert desk.keeping.verbs() == ["created assessment"]

    @pytest.mark.parametrize(
        "wrong",
        [
            {"name": ""}, {"points": "much"}, {"more-slos-1": "NOPE"}, {"weight-1": "-1"},
            {"label-1": ["", "Strong"]}, {"points-1": ["x", "5"]}, {"options-1": "One"},
            {"kind": "none"}, {"title-1": "", "title-2": ""},
        ],
    )  # fmt: skip
    def test_a_wrong_field_keeps_the_others(
        self, desk: Desk, cora: Browser, wrong: dict[str, Any]
    ) -> None:
        answer = cora.post("/library/new", the_form(**wrong))

        assert answer.status_code == 422
        assert 'role="alert"' in answer.text
        assert "Strong" in answer.text
        assert desk.keeping.verbs() == []

    def test_a_scored_one_says_what_saving_makes_before_it_is_saved(
        self, desk: Desk, cora: Browser
    ) -> None:
        path = made(cora.post("/library/new", the_form()))
        with desk.house.units() as unit:
            saved = unit.assessments.get(type(TALK)(path.rpartition("/")[2]))
            work = a_section_assessment("debate", assessment_id=saved.id)
            unit.assessments.save_work(work.frozen(saved))
            unit.commit()

        page = cora.get(f"{path}/edit").text
        assert "edition 2" in page
        fields = form_of(page)
        unknowing = {name: text for name, text in fields.items() if name != "edition_known"}
        refused = cora.post(f"{path}/edit", {**unknowing, "weight-1": "9"})
        assert refused.status_code == 422

        answer = cora.post(f"{path}/edit", {**fields, "weight-1": "9"})
        assert "said=edition" in answer.headers["location"]

    def test_of_others_it_is_looked_at_only(self, desk: Desk, cora: Browser) -> None:
        desk.keeping.change(in_library=False)

        assert cora.get(f"/library/{TALK}").status_code == 200
        assert cora.get(EDIT).status_code == 403
        assert cora.post(f"/library/{TALK}/retire", {}).status_code == 403

    def test_copy_retire_restore(self, desk: Desk, cora: Browser) -> None:
        copied = made(cora.post(f"/library/{TALK}/copy", {}))
        assert "Talk (copy)" in cora.get(copied).text
        cora.post(f"/library/{TALK}/retire", {})
        assert f'href="/library/{TALK}"' not in cora.get("/library").text
        assert f'href="/library/{TALK}"' in cora.get("/library?state=retired").text
        cora.post(f"/library/{TALK}/restore", {})

        assert desk.keeping.assessment().active


class TestPlanning:
    def test_look_plan_and_undo(self, desk: Desk, cora: Browser) -> None:
        target = {"term": "term-fall", "kind": "courses", "names": "ENGL101", "due": "2026-10-02"}
        query = "&".join(f"{name}={value}" for name, value in target.items())
        preview = cora.get(f"{PLAN}?{query}")
        assert "Plan for 2 sections" in preview.text
        assert desk.keeping.sections_with() == []

        planned = cora.post(PLAN, target)
        assert "said=planned" in planned.headers["location"]
        assert len(desk.keeping.sections_with()) == 2

        page = cora.get(planned.headers["location"]).text
        undo = re.search(r'action="(/plans/[^"]+/undo)"', page)
        assert undo is not None
        cora.post(undo[1], {})
        assert desk.keeping.sections_with() == []

    @pytest.mark.parametrize(
        ("wrong", "said"),
        [
            ({"names": "NONE"}, "No active course has the code or source id “NONE”."),
            ({"names": ""}, "Name at least one"),
            ({"kind": "x"}, "Choose what"),
            ({"kind": "orgs", "names": ""}, "Name at least one"),
            ({"opens": "2026-12-01", "due": "2026-10-02"}, "before the open date"),
            ({"names": "CHEM"}, "None of these sections belong to your orgs"),
        ],
    )
    def test_what_cannot_be_planned_is_said(
        self, desk: Desk, cora: Browser, wrong: dict[str, str], said: str
    ) -> None:
        target = {"term": "term-fall", "kind": "courses", "names": "ENGL101", **wrong}

        answer = cora.post(PLAN, target)

        assert answer.status_code == 422
        assert said in answer.text
        assert desk.keeping.sections_with() == []

    def test_a_due_date_before_the_open_date_is_told_at_its_field_before_planning(
        self, cora: Browser
    ) -> None:
        days = "opens=2026-12-01&due=2026-10-02"
        page = cora.get(f"{PLAN}?term=term-fall&kind=courses&names=ENGL101&{days}").text
        assert '<a href="#due">The due date lies before the open date.</a>' in page
        assert "What would happen</h2>" not in page
        assert 'value="2026-12-01"' in page

    def test_carrying_a_term_forward(self, desk: Desk, cora: Browser) -> None:
        cora.post(PLAN, {"term": "term-fall", "kind": "courses", "names": "ENGL101"})
        terms = {"from": "term-fall", "to": "term-spring"}
        page = cora.get("/library/carry?from=term-fall&to=term-spring").text
        keys = re.findall(r'name="plan" value="([^"]+)"', page)

        assert cora.post("/library/carry", terms).status_code == 422
        answer = cora.post("/library/carry", {**terms, "plan": keys})

        assert answer.headers["location"] == "/library/carry?plans=1&sections=1"
        assert "Carried 1 plans forward" in cora.get(answer.headers["location"]).text
        assert "section-spring-01" in desk.keeping.sections_with()
        assert cora.post("/library/follow", {}).status_code == 303


class TestTheCalendar:
    def test_close_export_reopen(self, desk: Desk, cora: Browser) -> None:
        row = {"work": "work-essay", "term": "term-fall", "page": "1"}
        assert cora.post("/calendar/close", {**row, "reason": " "}).status_code == 422

        closed = cora.post("/calendar/close", {**row, "reason": "=Strike()"})
        page = cora.get(closed.headers["location"]).text
        export = cora.get("/calendar/export?state=not+assessed")

        assert "Not assessed" in page
        assert "'=Strike()" in export.text
        assert export.headers["content-disposition"] == 'attachment; filename="calendar.csv"'
        cora.post("/calendar/reopen", row)
        assert "Reopen" not in cora.get("/calendar").text

    def test_a_filter_that_fits_nothing_is_said(self, cora: Browser) -> None:
        assert cora.get("/calendar?org=SCIE").status_code == 422

    def test_reminders_are_seen_sent_and_told_of(self, desk: Desk, cora: Browser) -> None:
        chosen = {"work": "work-essay", "subject": "Due", "message": "Please."}
        sample = cora.post("/calendar/remind", {**chosen, "then": "sample"})
        assert "Dear Tess Ortiz" in sample.text
        assert cora.post("/calendar/remind", {**chosen, "subject": ""}).status_code == 422

        sent = cora.post("/calendar/remind", {**chosen, "then": "send"})
        handler = desk.house.use_cases.deliver_reminders()
        anyio.run(MemoryRunner(desk.house.jobs, {JOB: handler}).run_all)

        assert [mail.to for mail in desk.house.mail.sent] == ["tess@example.edu"]
        report = cora.get(sent.headers["location"]).text
        assert "Tess Ortiz" in report
        assert "Sent" in report

    def test_without_a_mail_server_it_says_so(self, desk: Desk, cora: Browser) -> None:
        desk.house.mail.set_up = False

        assert "ATTAIN_SMTP_URL" in cora.get("/calendar/remind").text
        assert cora.post("/calendar/remind", {"work": "work-essay"}).status_code == 422


class TestFaculty:
    @pytest.fixture
    def tess(self, desk: Desk) -> Browser:
        return desk.as_("tess", Role.FACULTY)

    def test_close_and_reopen_their_work(self, tess: Browser) -> None:
        path = "/works/work-essay"
        assert tess.post(f"{path}/close", {"reason": ""}).status_code == 422
        tess.post(f"{path}/close", {"reason": "Strike"})

        assert tess.get(f"{path}/rubric").headers["location"] == f"{path}/state"
        refused = tess.post(f"{path}/rubric", {"student": "person-ana", "row-row-thesis": "3"})
        assert refused.status_code == 409
        tess.post(f"{path}/reopen", {})
        assert tess.get(f"{path}/rubric").status_code == 200

    def test_remove_what_they_added(self, desk: Desk, tess: Browser) -> None:
        answer = tess.post("/works/work-essay/remove", {})

        assert answer.headers["location"] == "/assessments?removed=yes"
        assert desk.keeping.sections_with(type(TALK)("assessment-essay")) == []

    def test_offer_their_own(self, desk: Desk, tess: Browser) -> None:
        desk.keeping.change(in_library=False)
        section = "section-engl101-01"

        tess.post("/assessments/offer", {"assessment": TALK, "section": section, "offered": "yes"})

        assert desk.keeping.assessment().in_library

    @pytest.mark.parametrize("view", ["scorecard", "send"])
    def test_a_collective_one_refuses_scoring_pages(
        self, desk: Desk, tess: Browser, view: str
    ) -> None:
        desk.keeping.change(type(TALK)("assessment-essay"), kind=AssessmentKind.COLLECTIVE)

        answer = tess.get(f"/works/work-essay/{view}")

        assert answer.status_code == 409
        assert "counts for each SLO" in answer.text

    def test_links_of_copied_courses_wait_for_them(self, desk: Desk) -> None:
        with desk.house.units() as unit:
            unit.links.save(a_link())
            unit.offers.save(a_link_offer())
            unit.assessments.save_work(
                a_section_assessment("two", section_id=SectionId("section-engl101-02"),
                                     assessment_id=type(TALK)("assessment-essay"))
            )  # fmt: skip
            unit.commit()
        tom = desk.as_("tom", Role.FACULTY)

        assert "Copied links (1)" in tom.get("/assessments").text
        assert tom.post("/links/offers", {"then": "accept"}).status_code == 422
        answer = tom.post("/links/offers", {"then": "accept", "offer": "offer-copy"})
        assert "1 link made" in tom.get(answer.headers["location"]).text


def form_of(html: str) -> dict[str, Any]:
    """What a browser would send from the second form of the page, untouched."""
    form = html.split('class="stack new-assessment"')[1]
    fields: dict[str, Any] = {}

    def add(name: str, value: str) -> None:
        fields.setdefault(name, []).append(value)

    for tag in re.findall(r"<input\b[^>]*>", form):
        given = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        chosen = given.get("type") not in {"checkbox", "radio"} or " checked" in tag
        if "name" in given and chosen and given["name"] != "csrf":
            add(given["name"], given.get("value", ""))
    for name, text in re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>\n(.*?)</textarea>', form,
                                 re.DOTALL):  # fmt: skip
        add(name, text)
    for name, options in re.findall(r'<select[^>]* name="([^"]+)"[^>]*>(.*?)</select>', form,
                                    re.DOTALL):  # fmt: skip
        values = re.findall(r'<option value="([^"]*)"( selected)?', options)
        add(name, next((value for value, on in values if on), values[0][0]))
    return fields


class TestTheDaysOfTheCollege:
    """A day ends at midnight where the college is; moments are kept in UTC."""

    @pytest.fixture(autouse=True)
    def in_chicago(self, memory_units: MemoryUnits) -> None:
        with memory_units() as unit:
            unit.settings.put(TIME_ZONE, "America/Chicago")
            unit.commit()

    def test_what_is_due_on_a_day_may_be_done_all_that_day(
        self, desk: Desk, cora: Browser, memory_units: MemoryUnits
    ) -> None:
        target = {"term": "term-fall", "kind": "courses", "names": "ENGL101"}
        cora.post(PLAN, {**target, "opens": "2026-09-01", "due": "2026-10-02"})

        with memory_units(write=False) as unit:
            (plan,) = unit.plans.of_term(TermId("term-fall"))
        assert plan.opens_at == datetime(2026, 9, 1, 5, 0, tzinfo=UTC)
        assert plan.due_at == datetime(2026, 10, 3, 4, 59, tzinfo=UTC)
        page = cora.get(f"/library/{TALK}").text
        assert ("1 Sep 2026" in page, "2 Oct 2026" in page, "3 Oct 2026" in page) == (
            True, True, False,
        )  # fmt: skip
        assert {work.due_at for work in desk.keeping.works()} == {plan.due_at}

    def test_a_plan_of_summer_time_ends_at_midnight_in_winter(
        self, cora: Browser, memory_units: MemoryUnits
    ) -> None:
        cora.post(
            PLAN,
            {"term": "term-fall", "kind": "courses", "names": "ENGL101", "due": "2026-10-02"},
        )
        page = cora.get("/library/carry?from=term-fall&to=term-spring").text
        keys = re.findall(r'name="plan" value="([^"]+)"', page)
        cora.post("/library/carry", {"from": "term-fall", "to": "term-spring", "plan": keys})

        with memory_units(write=False) as unit:
            (plan,) = unit.plans.of_term(TermId("term-spring"))
        assert plan.due_at is not None
        assert f"{plan.due_at:%H:%M}" == "05:59"

    def test_reminders_name_the_day(self, desk: Desk, cora: Browser) -> None:
        plan = {"term": "term-fall", "kind": "courses", "names": "ENGL101", "due": "2026-10-02"}
        cora.post(PLAN, plan)
        (first, *_) = desk.keeping.works()
        chosen = {"work": first.id, "subject": "Due", "message": "Please.", "then": "sample"}
        assert "due 2 Oct 2026" in cora.post("/calendar/remind", chosen).text
