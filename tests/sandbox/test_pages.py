"""The pages: who sees what, and where a person or a tool is led."""

import re
from html import unescape
from typing import Any

import httpx
import msgspec
import pytest

from tests.sandbox.college import (
    ADMIN,
    BEN,
    COURSE,
    ESSAY,
    HOST,
    OTHER_COURSE,
    QUIZ_UNPUBLISHED,
    ROOT,
    TEACHER,
    TOOL,
    TOOL_URL,
    Practice,
    run,
    shown,
)

Step = tuple[str, str, dict[str, str]]
DIALOG = f"/courses/{COURSE}/external_content/success/external_tool_dialog"


def browse(practice: Practice, who: int | None, *steps: str | Step) -> httpx.Response:
    """The last answer to a browser that signs in, then takes the steps, following redirects."""

    async def go() -> httpx.Response:
        transport = httpx.ASGITransport(app=practice.canvas.app)
        async with httpx.AsyncClient(
            transport=transport, base_url=HOST, follow_redirects=True
        ) as browser:
            answer = None
            if who is not None:
                answer = await browser.post("/login", data={"user_id": str(who)})
            for step in steps:
                method, path, form = ("GET", step, {}) if isinstance(step, str) else step
                data = form or None
                answer = await browser.request(method, path, data=data)
            assert answer is not None
            return answer

    return run(go())


def fields(page: str, form_id: str) -> dict[str, str]:
    """The hidden fields of a form on a page."""
    form = re.search(rf'<form[^>]*id="{form_id}".*?</form>', page, re.DOTALL)
    assert form is not None
    pairs = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', form[0])
    return {unescape(name): unescape(value) for name, value in pairs}


class TestSigningIn:
    def test_a_page_without_a_session_leads_to_sign_in_and_back(self, practice: Practice) -> None:
        answer = browse(practice, None, f"/courses/{COURSE}?a=1")
        assert answer.url.path == "/login"
        assert f'value="/courses/{COURSE}?a=1"' in unescape(answer.text)

    @pytest.mark.parametrize("target", ["https://evil.test/", "//evil.test/", "/\\evil.test"])
    def test_nobody_is_sent_elsewhere(self, practice: Practice, target: str) -> None:
        form = {"user_id": str(TEACHER), "return_to": target}
        answer = browse(practice, None, ("POST", "/login", form))
        assert answer.url.host == "canvas.test"
        assert "Dashboard" in answer.text

    def test_people_are_found_by_name_login_and_course(self, practice: Practice) -> None:
        for search in ("okri", "BOKRI", "عمر", "arg 201"):
            assert 'class="person"' in browse(practice, None, f"/login?q={search}").text
        assert "Nobody is called that" in browse(practice, None, "/login?q=zzz").text

    def test_signing_out_ends_the_session(self, practice: Practice) -> None:
        answer = browse(practice, TEACHER, ("POST", "/logout", {}), "/")
        assert answer.url.path == "/login"


class TestCoursePages:
    def test_names_of_people_are_isolated(self, practice: Practice) -> None:
        page = browse(practice, TEACHER, f"/courses/{COURSE}/users").text
        assert "<bdi>حداد, عمر</bdi>" in page

    def test_a_student_sees_no_unpublished_assignment(self, practice: Practice) -> None:
        assert "Quiz" not in browse(practice, BEN, f"/courses/{COURSE}").text
        path = f"/courses/{COURSE}/assignments/{QUIZ_UNPUBLISHED}"
        assert browse(practice, BEN, path).status_code == 403

    def test_a_stranger_is_refused(self, practice: Practice) -> None:
        assert browse(practice, BEN, f"/courses/{OTHER_COURSE}").status_code == 403
        assert browse(practice, BEN, f"/accounts/{ROOT}").status_code == 403

    def test_an_admin_has_the_account_with_its_tool(self, practice: Practice) -> None:
        page = browse(practice, ADMIN, f"/accounts/{ROOT}").text
        assert f"/accounts/{ROOT}/external_tools/{TOOL}" in page
        launch = browse(practice, ADMIN, f"/accounts/{ROOT}/external_tools/{TOOL}").text
        assert fields(launch, "tool_form")["custom_canvas_account_id"] == str(ROOT)


class TestLaunches:
    def test_an_assignment_page_carries_two_launches_with_nonces_of_their_own(
        self, practice: Practice
    ) -> None:
        page = browse(practice, BEN, f"/courses/{COURSE}/assignments/{ESSAY}").text
        nonces = re.findall(r'name="oauth_nonce" value="(\w+)"', page)
        assert len(set(nonces)) == 2
        assert fields(page, "tool_form")["lis_person_name_full"] == "Ben Okri"
        assert 'target="_blank"' in page

    def test_a_tool_for_a_new_tab_is_not_framed(self, practice: Practice) -> None:
        tag = practice.state.assignments[ESSAY].tool
        assert tag is not None
        tag.new_tab = True
        page = browse(practice, BEN, f"/courses/{COURSE}/assignments/{ESSAY}").text
        assert "<iframe" not in page
        assert 'target="_blank"' in page

    def test_a_url_of_no_tool_says_so(self, practice: Practice) -> None:
        tag = practice.state.assignments[ESSAY].tool
        assert tag is not None
        tag.url = "https://elsewhere.test/"
        page = browse(practice, BEN, f"/courses/{COURSE}/assignments/{ESSAY}").text
        assert "Couldn't find valid settings for this link." in unescape(page)

    def test_course_navigation_launches_the_course(self, practice: Practice) -> None:
        page = browse(practice, TEACHER, f"/courses/{COURSE}/external_tools/{TOOL}").text
        values = fields(page, "tool_form")
        assert values["resource_link_id"] == values["context_id"]

    def test_a_sessionless_link_works_once_and_for_five_minutes(self, practice: Practice) -> None:
        path = f"/courses/{COURSE}/external_tools/sessionless_launch"
        query = f"?assignment_id={ESSAY}&launch_type=assessment"
        url = shown(practice.get(BEN, path + query))["url"]
        assert "custom_canvas_assignment_id" in browse(practice, None, url).text
        assert browse(practice, None, url).status_code == 404
        late = shown(practice.get(BEN, path + f"?id={TOOL}"))["url"]
        practice.clock.advance(301)
        assert browse(practice, None, late).status_code == 404

    def test_its_pages_may_frame_any_tool_and_be_framed_by_nobody_else(
        self, practice: Practice
    ) -> None:
        answer = browse(practice, BEN, f"/courses/{COURSE}/assignments/{ESSAY}")
        policy = answer.headers["content-security-policy"]
        assert "frame-src 'self' http: https:" in policy
        assert "frame-ancestors 'self'" in policy


class TestCourseCopy:
    def test_is_made_for_another_term_with_its_assignments(self, practice: Practice) -> None:
        source = practice.state.courses[COURSE]
        form = {"course_code": "ARG 102", "term_id": str(source.term_id)}
        page = browse(practice, TEACHER, ("POST", f"/courses/{COURSE}/copy", form))
        made = max(practice.state.courses.values(), key=lambda row: row.id)
        assert page.url.path == f"/courses/{made.id}"
        assert (made.course_code, made.copied_from) == ("ARG 102", COURSE)
        names = [one.name for one in practice.state.assignments_of(COURSE)]
        assert [one.name for one in practice.state.assignments_of(made.id)] == names

    def test_is_not_for_students(self, practice: Practice) -> None:
        start: Step = ("POST", f"/courses/{COURSE}/copy", {"course_code": "Mine"})
        assert browse(practice, BEN, start).status_code == 403


class TestStudentView:
    def test_is_entered_reset_and_left(self, practice: Practice) -> None:
        path = f"/courses/{COURSE}/student_view"
        start: Step = ("POST", path, {})
        launch = f"/courses/{COURSE}/assignments/{ESSAY}"
        first = fields(browse(practice, TEACHER, start, launch).text, "tool_form")
        assert first["lis_person_name_full"] == "Test Student"
        again = fields(
            browse(practice, TEACHER, start, ("POST", f"{path}/reset", {}), launch).text,
            "tool_form",
        )
        assert again["user_id"] != first["user_id"]
        left = browse(practice, TEACHER, start, ("POST", f"{path}/leave", {}), launch).text
        assert fields(left, "tool_form")["roles"] == "Instructor"

    def test_is_not_for_students(self, practice: Practice) -> None:
        start: Step = ("POST", f"/courses/{COURSE}/student_view", {})
        assert browse(practice, BEN, start).status_code == 403


class TestGradebook:
    def test_shows_entered_grades_and_points(self, practice: Practice) -> None:
        practice.grade(TEACHER, ESSAY, BEN, posted_grade="6.5")
        page = browse(practice, TEACHER, f"/courses/{COURSE}/grades").text
        cell = re.search(
            rf'data-user="{BEN}".*?(<td data-assignment="{ESSAY}".*?</td>)', page, re.DOTALL
        )
        assert cell is not None
        assert 'data-entered="6.5"' in cell[1]
        assert "6.5 / 8" in cell[1]

    def test_a_student_sees_posted_grades_of_their_own(self, practice: Practice) -> None:
        practice.grade(TEACHER, ESSAY, BEN, posted_grade="6.5")
        page = browse(practice, BEN, f"/courses/{COURSE}/grades").text
        assert "Grades for <bdi>Ben Okri</bdi>" in page
        assert "<td>6.5</td>" in page
        practice.state.submission(ESSAY, BEN).posted_at = None
        assert "<td>6.5</td>" not in browse(practice, BEN, f"/courses/{COURSE}/grades").text


class TestNewAssignment:
    def test_with_a_tool(self, practice: Practice) -> None:
        form = {
            "name": "Lab report",
            "points_possible": "20",
            "grading_type": "points",
            "due_at": "2026-12-04",
            "tool_url": f"{TOOL_URL}?link=7",
            "published": "1",
        }
        page = browse(practice, TEACHER, ("POST", f"/courses/{COURSE}/assignments", form))
        made = max(practice.state.assignments.values(), key=lambda row: row.id)
        assert page.url.path == f"/courses/{COURSE}/assignments/{made.id}"
        assert (made.name, made.points_possible, made.published) == ("Lab report", 20.0, True)
        assert fields(page.text, "tool_form")["link"] == "7"

    def test_nonsense_is_shown_again(self, practice: Practice) -> None:
        form = {"name": "Lab report", "points_possible": "many"}
        page = browse(practice, TEACHER, ("POST", f"/courses/{COURSE}/assignments", form))
        assert page.status_code == 422
        assert 'value="Lab report"' in page.text

    def test_is_published_and_unpublished(self, practice: Practice) -> None:
        path = f"/courses/{COURSE}/assignments/{QUIZ_UNPUBLISHED}"
        browse(practice, TEACHER, ("POST", f"{path}/publish", {"published": "1"}))
        assert practice.state.assignments[QUIZ_UNPUBLISHED].published
        browse(practice, TEACHER, ("POST", f"{path}/publish", {"published": ""}))
        assert not practice.state.assignments[QUIZ_UNPUBLISHED].published


def selection(practice: Practice, item: dict[str, Any] | None, **changes: str) -> httpx.Response:
    """What a tool posts back to the dialog, without any session."""
    graph = [] if item is None else [item]
    context = "http://purl.imsglobal.org/ctx/lti/v1/ContentItem"
    document = msgspec.json.encode({"@context": context, "@graph": graph}).decode()
    data = practice.canvas.content_item_form(TEACHER, COURSE, TOOL).values["data"]
    form = {
        "lti_message_type": "ContentItemSelection",
        "lti_version": "LTI-1p0",
        "content_items": document,
        "data": data,
        **changes,
    }
    return browse(practice, None, ("POST", DIALOG, form))


LINK = {
    "@type": "LtiLinkItem",
    "mediaType": "application/vnd.ims.lti.v1.ltilink",
    "url": f"{TOOL_URL}?link=9",
    "title": "Essay rubric",
}


class TestContentItemReturn:
    def test_a_link_is_handed_to_the_page(self, practice: Practice) -> None:
        answer = selection(practice, LINK)
        assert answer.status_code == 200
        assert "Essay rubric" in answer.text
        assert f"{TOOL_URL}?link=9" in answer.text

    def test_without_a_url_it_is_the_tools_own(self, practice: Practice) -> None:
        item = {name: value for name, value in LINK.items() if name != "url"}
        assert TOOL_URL in selection(practice, item).text

    def test_an_empty_graph_is_a_cancel(self, practice: Practice) -> None:
        assert "Nothing was chosen" in selection(practice, None).text

    @pytest.mark.parametrize(
        "changes",
        [
            {"data": "other"},
            {"lti_message_type": "basic-lti-launch-request"},
            {"content_items": "no json"},
            {"content_items": "[]"},
            {"content_items": '{"@graph": [1]}'},
        ],
    )
    def test_nonsense_is_refused(self, practice: Practice, changes: dict[str, str]) -> None:
        assert selection(practice, LINK, **changes).status_code == 422

    @pytest.mark.parametrize(
        "item", [{**LINK, "@type": "FileItem"}, {**LINK, "url": "javascript:alert(1)"}]
    )
    def test_another_item_is_refused(self, practice: Practice, item: dict[str, Any]) -> None:
        assert selection(practice, item).status_code == 422

    def test_the_way_back_shows_the_tools_words(self, practice: Practice) -> None:
        path = f"/courses/{COURSE}/external_content/success/external_tool_redirect"
        page = browse(practice, None, f"{path}?lti_msg=Done&lti_errormsg=<b>Oh</b>").text
        assert "Done" in page
        assert "&lt;b&gt;Oh&lt;/b&gt;" in page
