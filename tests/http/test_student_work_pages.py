"""The forms of DLAs, self-assessment and release: what they keep and say when refused."""

from collections.abc import Iterator

import pytest

from domain.access import Role
from tests.http.support import browsing
from tests.http.test_foreign_ids import Walk, a_college

MINE, OWN = "/mine/dlas/assigned-thesis-ana", "/works/work-essay/self-assessment"
GIVEN, RELEASE = "/dlas/assigned/assigned-thesis-ana", "/works/work-essay/release"


@pytest.fixture(scope="module")
def walk() -> Iterator[Walk]:
    """One college for all; each test has a student or a DLA of its own to change."""
    college = a_college()
    with browsing(college.house.app()) as browser:
        yield Walk(college, browser)


class TestHandingIn:
    def test_what_was_typed_is_kept_and_the_field_named(self, walk: Walk) -> None:
        ana = walk.as_("ana", Role.STUDENT).browser
        form = {"text": f"My <b>page</b>{'x' * 20_000}", "then": "hand-in"}

        answer = ana.post(MINE, {**form, "seen": "1"})

        assert answer.status_code == 422
        assert "My &lt;b&gt;page&lt;/b&gt;" in answer.text
        assert 'id="text-error"' in answer.text
        assert 'name="links"' not in answer.text

    def test_another_window_is_noticed_and_nothing_lost(self, walk: Walk) -> None:
        ana = walk.as_("ana", Role.STUDENT).browser
        form = {"text": "Mine.", "then": "save"}

        first = ana.post(MINE, {**form, "seen": "1"})
        second = ana.post(MINE, {**form, "text": "Other.", "seen": "1"})

        assert first.headers["location"] == f"{MINE}?done=saved"
        assert second.status_code == 409
        assert "Other." in second.text

    def test_a_draft_is_the_students_own(self, walk: Walk) -> None:
        walk.as_("ana", Role.STUDENT).browser.post(
            MINE, {"text": "Mine.", "then": "save", "seen": "2"}
        )

        shown = walk.as_("tess", Role.FACULTY).browser.get(GIVEN).text

        assert "Nothing is handed in yet" in shown
        assert "Mine." not in shown

    def test_a_link_tells_nothing_and_opens_elsewhere(self, walk: Walk) -> None:
        page = walk.as_("ana", Role.STUDENT).browser.get(MINE).text

        assert (
            '<a href="https://writing.example.edu/thesis" target="_blank" '
            'rel="noopener noreferrer">The guide' in page
        )


class TestDeciding:
    def test_returned_without_a_word_is_refused_where_it_was_asked(self, walk: Walk) -> None:
        one = "assigned-past-zoe"
        walk.as_("zoe", Role.STUDENT).browser.post(
            f"/mine/dlas/{one}", {"text": "Done.", "then": "hand-in", "seen": "1"}
        )
        hugo = walk.as_("hugo", Role.FACULTY).browser

        alone = hugo.post("/dlas/decide", {"one": one, "alone": one, "then": "return"})
        table = hugo.post("/dlas/decide", {"one": one, "then": "return", "state": "open"})
        nobody = hugo.post("/dlas/decide", {"then": "accept"})

        assert [alone.status_code, table.status_code, nobody.status_code] == [422] * 3
        assert 'id="word-error"' in alone.text
        assert "Tell the student what to change." in table.text
        assert "Choose at least one." in nobody.text

    def test_what_cannot_be_decided_is_counted(self, walk: Walk) -> None:
        tess = walk.as_("tess", Role.FACULTY).browser
        answer = tess.post("/dlas/decide", {"one": "assigned-thesis-ben", "then": "accept"})

        told = tess.get(answer.headers["location"]).text

        assert "0 accepted. 1 could not be" in told

    def test_what_has_begun_is_not_taken_away(self, walk: Walk) -> None:
        walk.as_("ana", Role.STUDENT).browser.post(
            MINE, {"text": "Begun.", "then": "save", "seen": "2"}
        )

        answer = walk.as_("tess", Role.FACULTY).browser.post(f"{GIVEN}/take-away")

        assert answer.status_code == 409


class TestMakingAndAssigning:
    def test_the_form_keeps_what_was_typed(self, walk: Walk) -> None:
        tess = walk.as_("tess", Role.FACULTY).browser

        answer = tess.post("/dlas/new", {"title": "Graphs", "instructions": " "})

        assert answer.status_code == 422
        assert 'value="Graphs"' in answer.text
        assert 'id="instructions-error"' in answer.text

    def test_assigning_to_nobody_is_refused_and_made_good(self, walk: Walk) -> None:
        tess = walk.as_("tess", Role.FACULTY).browser
        made = tess.post("/dlas/new", {"title": "Graphs", "instructions": "Read."})
        desk = tess.get("/dlas").text
        dla = desk.partition('">Graphs</a>')[0].rpartition("/dlas/")[2]
        place = {"dla": dla, "section": "section-engl101-01", "due": "2027-01-15"}

        nobody = tess.post("/dlas/assign", place)
        done = tess.post("/dlas/assign", {**place, "student": ["person-ana", "person-ben"]})

        assert made.status_code == 303
        assert (nobody.status_code, 'value="2027-01-15"' in nobody.text) == (422, True)
        assert "Assigned to 2 students." in tess.get(done.headers["location"]).text


class TestSelfAssessment:
    def test_an_undecided_row_is_named_and_the_rest_kept(self, walk: Walk) -> None:
        ana = walk.as_("ana", Role.STUDENT).browser
        form = {"value-row-thesis": "3", "comment-row-thesis": "Clear.", "note": "All in all."}

        refused = ana.post(OWN, {**form, "then": "submit"})
        saved = ana.post(OWN, {**form, "then": "save"})

        assert refused.status_code == 422
        assert 'href="#row-row-evidence"' in refused.text
        assert "Clear." in refused.text
        assert saved.headers["location"] == f"{OWN}?done=saved"
        assert "Go on with your self-assessment" in ana.get("/works/work-essay/mine").text


class TestRelease:
    def test_is_shown_done_and_taken_back(self, walk: Walk) -> None:
        tess = walk.as_("tess", Role.FACULTY).browser
        before = tess.get(RELEASE).text
        done = tess.post(RELEASE, {"released": "yes"})
        after = tess.get(done.headers["location"]).text
        hidden = tess.post(RELEASE, {"released": "no"})

        assert "Students do not see their results" in before
        assert "Students see their results since" in after
        assert hidden.headers["location"] == f"{RELEASE}?done=hidden"
