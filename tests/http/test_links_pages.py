"""Linking an assessment to the Canvas assignment from which it was opened, page by page."""

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest
from oauthlib.oauth1 import Client
from oauthlib.oauth1.rfc5849 import signature

from adapters.outbound.jobs.memory_jobs import MemoryJobs
from adapters.outbound.memory.unit_of_work import MemoryUnits
from application.launch_context import OWN_LINK
from domain.access import Role
from domain.ids import LinkId, SectionAssessmentId, SectionId
from domain.link import Link
from domain.rostering import EnrolmentRole
from tests import builders
from tests.http.support import CROSS, SECURE, browsing
from tests.http.whole import LMS, SECRET, Launching, WholeHouse, path_of, under
from tests.stand_ins import FixedClock

ESSAY, OTHER, BESIDE = (SectionAssessmentId(f"work-{key}") for key in ("essay", "quiz", "beside"))
RETURN_URL = f"{LMS}/courses/1/external_content/success?service=equella"
SELECTING = {
    "lti_message_type": "ContentItemSelectionRequest",
    "resource_link_id": "",
    "content_item_return_url": RETURN_URL,
    "data": "opaque & echoed",
}


@pytest.fixture
def house(memory_units: MemoryUnits, memory_jobs: MemoryJobs, clock: FixedClock) -> WholeHouse:
    """Tess teaches two sections with the essay in both; tom teaches another one."""
    with memory_units() as unit:
        builders.College().store(unit)
        unit.roster.put_sections([builders.a_section("engl101-03")])
        unit.roster.put_people([builders.a_person("tom")])
        teacher = EnrolmentRole.TEACHER
        unit.roster.put_enrolments([
            builders.an_enrolment("tess", "engl101-02", role=teacher),
            builders.an_enrolment("tom", "engl101-03", role=teacher),
        ])  # fmt: skip
        for key in ("tess", "tom"):
            unit.roster.grant(builders.a_role_grant(key, role=Role.FACULTY))
        unit.assessments.save(builders.an_assessment("quiz"))
        unit.assessments.save_work(builders.a_section_assessment("quiz"))
        beside = builders.a_section_assessment(
            id=BESIDE, section_id=SectionId("section-engl101-02")
        )
        unit.assessments.save_work(beside)
        site = unit.sites.get(builders.a_site().id)
        unit.sites.save(builders.a_site(active=False, version=site.version))
        unit.commit()
    house = WholeHouse(memory_units, memory_jobs, clock)
    house.registered()
    return house


@pytest.fixture
def canvas(house: WholeHouse) -> Iterator[Launching]:
    with browsing(house.app(routes=under("/links", "/works", "/assessments"))) as browser:
        yield Launching(house, browser)


def links_of(house: WholeHouse) -> list[Link]:
    sections = [SectionId(f"section-engl101-0{number}") for number in (1, 2, 3)]
    with house.units(write=False) as unit:
        return unit.links.in_sections(sections)


def linked(canvas: Launching, work: str = ESSAY, **params: str) -> LinkId:
    """The link that a launch and *Link this Assessment* make."""
    canvas.enter(**params)
    canvas.browser.post("/links", {"work_id": work})
    return next(link.id for link in links_of(canvas.house) if link.active)


class TestLinking:
    def test_from_the_first_launch_to_the_next_ones(self, canvas: Launching) -> None:
        assert canvas.enter() == "/assessments"
        assert "Essay in Canvas" in canvas.browser.get("/assessments").text

        answer = canvas.browser.post("/links", {"work_id": ESSAY})

        shown = canvas.browser.get(answer.headers["location"])
        assert (answer.status_code, shown.status_code) == (303, 200)
        assert path_of(answer.headers["location"]) == "/assessments"
        assert "Linked to this assignment" in shown.text
        assert canvas.enter() == f"/works/{ESSAY}/rubric"

    def test_save_and_go_opens_scoring(self, canvas: Launching) -> None:
        canvas.enter()

        answer = canvas.browser.post("/links", {"work_id": ESSAY, "go": "yes"})

        assert answer.headers["location"] == f"/works/{ESSAY}/rubric"
        assert canvas.browser.get(answer.headers["location"]).status_code == 200

    def test_nothing_chosen_asks_to_choose(self, canvas: Launching) -> None:
        canvas.enter()

        answer = canvas.browser.post("/links", {"go": "yes"})

        assert answer.headers["location"] == "/assessments?choose=one"
        assert canvas.browser.get("/assessments?choose=one").status_code == 200
        assert links_of(canvas.house) == []

    def test_a_launch_without_an_assignment_has_nothing_to_link(self, canvas: Launching) -> None:
        canvas.enter(resource_link_id="context-1")

        answer = canvas.browser.post("/links", {"work_id": ESSAY})

        assert answer.status_code == 422
        assert "open the assignment in Canvas first" in answer.text

    def test_another_teachers_assessment_is_not_there(self, canvas: Launching) -> None:
        canvas.enter("tom", context_label="ENGL101-03")

        assert canvas.browser.post("/links", {"work_id": ESSAY}).status_code == 404
        assert links_of(canvas.house) == []

    def test_a_second_choice_replaces_the_first_and_keeps_it_as_history(
        self, canvas: Launching
    ) -> None:
        linked(canvas)

        canvas.browser.post("/links", {"work_id": OTHER})

        assert canvas.enter() == f"/works/{OTHER}/rubric"
        states = {link.section_assessment_id: link.active for link in links_of(canvas.house)}
        assert states == {ESSAY: False, OTHER: True}

    def test_a_second_section_is_linked_beside_the_first(self, canvas: Launching) -> None:
        linked(canvas)

        canvas.browser.post("/links", {"work_id": BESIDE})

        assert [link.active for link in links_of(canvas.house)] == [True, True]
        assert canvas.enter() == "/assessments"

    def test_a_form_of_another_site_is_refused(self, canvas: Launching) -> None:
        canvas.enter()

        answer = canvas.browser.post("/links", {"work_id": ESSAY}, site=CROSS)

        assert answer.status_code == 403
        assert links_of(canvas.house) == []


class TestTheList:
    def test_is_empty_at_first_and_says_how_to_link(self, canvas: Launching) -> None:
        canvas.enter()

        assert "No Canvas assignment is linked yet" in canvas.browser.get("/links").text

    def test_shows_earlier_links_too(self, canvas: Launching) -> None:
        linked(canvas)
        canvas.browser.post("/links", {"work_id": OTHER})

        page = canvas.browser.get("/links").text

        assert page.count("Essay in Canvas") == 2
        assert ("Undone" in page, "Linked" in page) == (True, True)

    def test_can_be_that_of_one_assessment(self, canvas: Launching) -> None:
        linked(canvas)
        canvas.browser.post("/links", {"work_id": BESIDE})

        page = canvas.browser.get(f"/links?work={BESIDE}").text

        assert "ENGL101-02" in page
        assert len(re.findall(r'action="/links/[^"]*/unlink"', page)) == 1

    def test_of_another_teacher_stays_hidden(self, canvas: Launching) -> None:
        link_id = linked(canvas)
        canvas.enter("tom", context_label="ENGL101-03")

        assert "Essay in Canvas" not in canvas.browser.get("/links").text
        assert canvas.browser.post(f"/links/{link_id}/unlink").status_code == 404
        changed = canvas.browser.post(f"/links/{link_id}/change", {"work_id": ESSAY})
        assert changed.status_code == 404
        assert links_of(canvas.house)[0].active

    def test_is_closed_to_students(self, canvas: Launching) -> None:
        linked(canvas)
        canvas.enter("ana", "Learner")

        assert canvas.browser.get("/links").status_code == 403


class TestUndoing:
    def test_opens_the_list_at_the_next_launch(self, canvas: Launching) -> None:
        link_id = linked(canvas)

        answer = canvas.browser.post(f"/links/{link_id}/unlink")

        assert "The link is undone" in canvas.browser.get(answer.headers["location"]).text
        assert canvas.enter() == "/assessments"

    def test_twice_changes_nothing_more(self, canvas: Launching) -> None:
        link_id = linked(canvas)
        canvas.browser.post(f"/links/{link_id}/unlink")
        undone = links_of(canvas.house)

        assert canvas.browser.post(f"/links/{link_id}/unlink").status_code == 303
        assert links_of(canvas.house) == undone


class TestChanging:
    def test_points_the_assignment_at_another_assessment(self, canvas: Launching) -> None:
        link_id = linked(canvas)

        answer = canvas.browser.post(f"/links/{link_id}/change", {"work_id": OTHER})

        assert "The link is changed" in canvas.browser.get(answer.headers["location"]).text
        assert canvas.enter() == f"/works/{OTHER}/rubric"

    def test_renews_a_link_that_was_undone(self, canvas: Launching) -> None:
        link_id = linked(canvas)
        canvas.browser.post(f"/links/{link_id}/unlink")

        canvas.browser.post(f"/links/{link_id}/change", {"work_id": ESSAY})

        assert canvas.enter() == f"/works/{ESSAY}/rubric"

    def test_stays_within_the_section(self, canvas: Launching) -> None:
        link_id = linked(canvas)

        answer = canvas.browser.post(f"/links/{link_id}/change", {"work_id": BESIDE})

        assert (answer.status_code, "the same section" in answer.text) == (422, True)


class TestStudents:
    def test_open_their_side_of_the_linked_assessment(self, canvas: Launching) -> None:
        linked(canvas)

        page = canvas.enter("ana", "Learner")

        assert page == f"/works/{ESSAY}/mine"
        assert canvas.browser.get(page).status_code == 200

    def test_may_not_link(self, canvas: Launching) -> None:
        canvas.enter("ana", "Learner")

        assert canvas.browser.post("/links", {"work_id": ESSAY}).status_code == 403


def reply_of(canvas: Launching) -> tuple[str, dict[str, str]]:
    """What the page posts back to Canvas when an assessment is chosen in its dialog."""
    canvas.enter()
    assert canvas.enter(**SELECTING) == "/assessments"
    page = canvas.browser.post("/links", {"work_id": ESSAY}).text
    action = re.search(r'<form method="post" action="([^"]*)" data-onward', page)
    assert action is not None
    form = page[action.start() : page.index("</form>", action.start())]
    hidden = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', form)
    return unescape(action[1]), {name: unescape(value) for name, value in hidden}


def launch_query(fields: dict[str, str]) -> str:
    """The query of the launch URL that Canvas is asked to keep."""
    found = re.search(r'"url": "([^"]*)"', fields["content_items"])
    assert found is not None
    assert found[1].startswith(f"{SECURE}/lti/launch?")
    return urlsplit(found[1]).query


class TestSelectionDialog:
    """Canvas asks which assessment a new assignment shall hold (content-item selection)."""

    def test_is_answered_by_a_form_whose_signature_holds(self, canvas: Launching) -> None:
        action, fields = reply_of(canvas)

        assert (action, fields["data"]) == (RETURN_URL, "opaque & echoed")
        assert fields["lti_message_type"] == "ContentItemSelection"
        given = fields.pop("oauth_signature")
        fields_and_query = [*fields.items(), *parse_qsl(urlsplit(action).query)]
        text = signature.signature_base_string(
            "POST",
            signature.base_string_uri(action),
            signature.normalize_parameters(fields_and_query),
        )
        client = Client(fields["oauth_consumer_key"], client_secret=SECRET)
        assert signature.sign_hmac_sha1_with_client(text, client) == given

    def test_carries_our_link_in_the_launch_address(self, canvas: Launching) -> None:
        _, fields = reply_of(canvas)

        assert parse_qs(launch_query(fields)) == {OWN_LINK: [links_of(canvas.house)[0].id]}

    def test_the_assignment_it_became_opens_directly(self, canvas: Launching) -> None:
        _, fields = reply_of(canvas)

        opened = canvas.enter(resource_link_id="new", query=launch_query(fields))

        assert opened == f"/works/{ESSAY}/rubric"
        assert canvas.enter(resource_link_id="new") == f"/works/{ESSAY}/rubric"

    def test_in_a_copied_course_it_is_offered_and_not_followed(self, canvas: Launching) -> None:
        _, fields = reply_of(canvas)
        canvas.enter(resource_link_id="new", query=launch_query(fields))

        opened = canvas.enter(
            resource_link_id="copy",
            context_id="context-2",
            context_label="ENGL101-02",
            query=launch_query(fields),
        )

        page = canvas.browser.get(opened).text
        assert opened == "/assessments"
        assert re.search(rf'value="{BESIDE}"[^>]*checked', page)
        assert len(links_of(canvas.house)) == 1

    def test_a_key_revoked_meanwhile_cannot_sign(self, canvas: Launching) -> None:
        canvas.enter()
        canvas.enter(**SELECTING)
        with canvas.house.units() as unit:
            key = unit.registrations.find("key")
            assert key is not None
            unit.registrations.save(key.revoked(canvas.house.clock.now()))
            unit.commit()

        answer = canvas.browser.post("/links", {"work_id": ESSAY})

        assert (answer.status_code, "revoked" in answer.text) == (422, True)


@pytest.mark.parametrize("test", [True, False])
def test_what_belongs_to_a_test_canvas_says_so_beside_what_does_not(
    canvas: Launching, *, test: bool
) -> None:
    linked(canvas)
    with canvas.house.units() as unit:
        link = next(one for one in links_of(canvas.house) if one.active)
        site = unit.sites.get(builders.a_site().id)
        unit.sites.save(builders.a_site(active=False, version=site.version, test=test))
        unit.links.save(replace(link, site_id=site.id))
        unit.commit()
    for page in ("/links", f"/works/{ESSAY}/rubric", f"/works/{ESSAY}/scorecard"):
        assert ("Test Canvas" in canvas.browser.get(page).text) is test, page
