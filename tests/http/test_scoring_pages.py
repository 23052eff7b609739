"""The scoring pages as forms and as JSON, over memory units."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
from httpx import Response

from adapters.inbound.http.csrf_tokens import issue
from domain.access import Role
from domain.ids import PersonId
from domain.score import value_as_text
from tests.browser.scoring_server import (
    CRITERIA_WORK,
    LAUNCH,
    WORK,
    ScoringSite,
    fill,
    score_some,
    scoring_app,
)
from tests.builders import a_role_grant, a_rubric, an_assessment
from tests.http.support import SECURE, Backstage, Browser, browsing

ANA, BEN = "person-s000", "person-s009"
RUBRIC, SCORES = f"/works/{WORK}/rubric", f"/works/{WORK}/scores"
TIMES = "\N{MULTIPLICATION SIGN}"
ROWS = tuple(f"slo-s{number}" for number in range(4))


@pytest.fixture
def site(backstage: Backstage) -> ScoringSite:
    with backstage.units() as unit:
        fill(unit)
        unit.roster.grant(a_role_grant("s001", role=Role.FACULTY))
        unit.commit()
    return ScoringSite(SECURE, backstage)


@pytest.fixture
def browser(site: ScoringSite) -> Iterator[Browser]:
    with browsing(scoring_app(site.backstage, SECURE)) as opened:
        yield opened


@pytest.fixture
def tess(browser: Browser, site: ScoringSite) -> Browser:
    return browser.signed_in(site.sign_in("tess"))


def fields(page: str) -> dict[str, str]:
    """What a browser without script would send of the rubric's form, unchanged."""
    form = page[page.index('<form id="scores"') :]
    sent = {}
    for tag in re.findall(r"<input[^>]*>", form):
        at = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        if at.get("type") != "radio" or tag.endswith(" checked>"):
            sent[at["name"]] = unescape(at.get("value", ""))
    texts = r'<textarea name="([^"]*)"[^>]*>\n(.*?)</textarea>'
    sent.update((name, unescape(text)) for name, text in re.findall(texts, form, re.DOTALL))
    chosen = r'<select name="([^"]*)".*?<option value="([^"]*)" selected>'
    sent.update(re.findall(chosen, form, re.DOTALL))
    return {name: value for name, value in sent.items() if name != "csrf"}


def filled(browser: Browser, path: str = RUBRIC, **changes: str) -> dict[str, str]:
    return {**fields(browser.get(path).text), **changes}


def patch(browser: Browser, *changes: dict[str, Any], path: str = SCORES) -> Response:
    assert browser.session_id is not None
    headers = {"x-csrf-token": issue(browser.session_id), "sec-fetch-site": "same-origin"}
    return browser.client.patch(path, json={"changes": list(changes)}, headers=headers)


def a_change(value: str, seen: int = 0, **changes: Any) -> dict[str, Any]:
    return {"student": ANA, "row": ROWS[0], "value": value, "seen": seen, **changes}


def stored(site: ScoringSite) -> dict[tuple[str, str], str]:
    with site.backstage.units(write=False) as unit:
        scores = unit.scores.of_work(WORK)
    return {(score.student_id, score.row_id): value_as_text(score.value) for score in scores}


class TestTheRubricWithoutScript:
    def test_next_student_saves_first(self, tess: Browser, site: ScoringSite) -> None:
        form = filled(tess, **{f"value-{ROWS[0]}": "3", f"value-{ROWS[1]}": "NA", "then": "next"})

        answer = tess.post(RUBRIC, form)

        assert (answer.status_code, answer.headers["location"]) == (303, f"{RUBRIC}?student={BEN}")
        assert stored(site) == {(ANA, ROWS[0]): "3", (ANA, ROWS[1]): "NA"}

    def test_what_nobody_touched_is_not_sent_over_a_newer_score(
        self, tess: Browser, site: ScoringSite
    ) -> None:
        form = filled(tess, **{f"value-{ROWS[0]}": "3", "then": "stay"})
        patch(tess, a_change("2", row=ROWS[1]))

        answer = tess.post(RUBRIC, form)

        assert answer.status_code == 303
        assert stored(site)[ANA, ROWS[1]] == "2"

    @pytest.mark.parametrize(
        ("then", "path"),
        [("reflection", f"/works/{WORK}/reflection"), ("scorecard", f"/works/{WORK}/scorecard")],
    )
    def test_saves_and_goes_on(self, tess: Browser, then: str, path: str) -> None:
        answer = tess.post(RUBRIC, filled(tess, then=then))

        assert answer.headers["location"] == path
        assert tess.get(path).status_code == 200

    def test_a_conflict_keeps_the_values_and_shows_both(
        self, tess: Browser, site: ScoringSite
    ) -> None:
        form = filled(tess, **{f"value-{ROWS[0]}": "4", f"comment-{ROWS[0]}": "Mine & good"})
        tess.signed_in(site.sign_in("tom"))
        patch(tess, a_change("1"))
        tess.signed_in(site.sign_in("tess"))

        answer = tess.post(RUBRIC, {**form, "then": "next"})

        assert answer.status_code == 409
        assert "Tomás Ruiz" in answer.text
        assert "1, Beginning" in answer.text
        again = fields(answer.text)
        assert (again[f"value-{ROWS[0]}"], again[f"comment-{ROWS[0]}"]) == ("4", "Mine & good")
        assert tess.post(RUBRIC, {**again, "then": "stay"}).status_code == 303
        assert stored(site)[ANA, ROWS[0]] == "4"

    def test_a_value_off_the_scale_is_said_at_its_row(self, tess: Browser) -> None:
        form = filled(tess, **{f"value-{ROWS[0]}": "9", "then": "stay"})

        answer = tess.post(RUBRIC, form)

        assert answer.status_code == 422
        assert f'href="#row-{ROWS[0]}"' in answer.text

    def test_an_own_grade_is_kept_or_named_as_wrong(self, tess: Browser, site: ScoringSite) -> None:
        good = tess.post(RUBRIC, filled(tess, own="17.5", then="stay"))
        bad = tess.post(RUBRIC, filled(tess, f"{RUBRIC}?student={ANA}", own="21", then="stay"))

        assert (good.status_code, bad.status_code) == (303, 422)
        assert 'value="21"' in bad.text
        with site.backstage.units(write=False) as unit:
            assert str(unit.scores.own_grades(WORK)[PersonId(ANA)].points) == "17.50"

    def test_says_how_the_score_was_worked_out(self, tess: Browser) -> None:
        patch(tess, *(a_change(value, row=row) for row, value in zip(ROWS, "43N2", strict=True)))
        patch(tess, a_change("NA", row=ROWS[2]))

        page = tess.get(f"{RUBRIC}?student={ANA}").text

        assert f"(4/4 + 3/4 + 2/4) ÷ 3 {TIMES} 20 points = 15.00" in page

    def test_blank_n_a_and_zero_look_different(self, tess: Browser) -> None:
        patch(tess, a_change("0"), a_change("NA", row=ROWS[1]))

        page = tess.get(f"/works/{WORK}/scorecard").text

        row = page[page.index("Adeyemi") : page.index("</tr>", page.index("Adeyemi"))]
        labels = re.findall(r'class="(\w+)" aria-label="([^"]*)"', row)
        assert labels[:3] == [
            ("none", "0, No evidence"),
            ("na", "N/A, not assessed"),
            ("blank", "Not scored"),
        ]

    def test_student_oriented_shows_the_recommended_level_and_takes_another(
        self, tess: Browser
    ) -> None:
        path = f"/works/{CRITERIA_WORK}/rubric"
        values = {"value-row-method": "4", "value-row-style": "1", "then": "stay"}
        tess.post(path, filled(tess, path, **values))

        shown = tess.get(f"{path}?student={ANA}").text
        form = {**fields(shown), "value-slo-s0": "2", "then": "stay"}
        answer = tess.post(path, form)

        assert '<td data-level="slo-s0">3, Meets</td>' in shown
        assert f"(4/4 {TIMES} 2 + 1/4 {TIMES} 1) ÷ 3 {TIMES} 50 points = 37.50" in shown
        assert answer.status_code == 303
        assert fields(tess.get(f"{path}?student={ANA}").text)["value-slo-s0"] == "2"
        assert tess.get(f"/works/{CRITERIA_WORK}/scorecard").status_code == 404


class TestAutosave:
    def test_answers_per_cell_and_with_the_students_score(self, tess: Browser) -> None:
        answer = patch(tess, a_change("4"), a_change("9", row=ROWS[1])).json()

        states = [cell["state"] for cell in answer["cells"]]
        assert states == ["saved", "refused"]
        assert answer["cells"][0]["version"] == 1
        assert (answer["scores"][0]["decided"], answer["scores"][0]["total"]) == (1, 4)

    def test_the_same_again_is_saved_and_moves_no_version(self, tess: Browser) -> None:
        first, second = (patch(tess, a_change("4")).json()["cells"][0] for _ in range(2))

        assert first == second
        assert second["state"] == "saved"

    def test_an_older_version_is_a_conflict_with_what_is_there(
        self, tess: Browser, site: ScoringSite
    ) -> None:
        tess.signed_in(site.sign_in("tom"))
        patch(tess, a_change("0"))
        tess.signed_in(site.sign_in("tess"))

        cell = patch(tess, a_change("4")).json()["cells"][0]

        assert (cell["state"], cell["value"], cell["by"]) == ("conflict", "0", "Tomás Ruiz")
        assert (cell["version"], cell["own"]) == (1, False)

    @pytest.mark.parametrize(
        "change",
        [
            {"student": ANA, "row": ROWS[0], "value": "3"},
            a_change("3", seen=-1),
            a_change("3" * 21),
            a_change("3", name="x"),
        ],
    )
    def test_another_shape_is_refused(
        self, tess: Browser, site: ScoringSite, change: dict[str, Any]
    ) -> None:
        assert patch(tess, change).status_code in {400, 422}
        assert stored(site) == {}

    def test_without_the_forms_token_nothing_is_saved(
        self, tess: Browser, site: ScoringSite
    ) -> None:
        headers = {"sec-fetch-site": "same-origin"}
        body = {"changes": [a_change("3")]}

        answer = tess.client.patch(SCORES, json=body, headers=headers)

        assert answer.status_code == 403
        assert stored(site) == {}


class TestWhoMay:
    @pytest.mark.parametrize(
        "path",
        [RUBRIC, f"/works/{WORK}/scorecard", f"/works/{WORK}/reflection", f"{RUBRIC}?student=x"],
    )
    def test_a_foreign_section_is_not_there(
        self, browser: Browser, site: ScoringSite, path: str
    ) -> None:
        browser.signed_in(site.sign_in("s001"))

        assert browser.get(path).status_code == 404
        assert patch(browser, a_change("3")).status_code == 404
        assert browser.post(f"/works/{WORK}/release", {"released": "yes"}).status_code == 404

    def test_a_student_may_not_score(self, browser: Browser, site: ScoringSite) -> None:
        browser.signed_in(site.sign_in("s000", Role.STUDENT))

        assert browser.get(RUBRIC).status_code == 403
        assert patch(browser, a_change("3")).status_code == 403

    def test_a_strange_student_is_not_there(self, tess: Browser) -> None:
        assert tess.get(f"{RUBRIC}?student=person-tom").status_code == 404


class TestTheStudentsSide:
    def test_shows_levels_only_after_release_and_only_ones_own(
        self, browser: Browser, site: ScoringSite
    ) -> None:
        browser.signed_in(site.sign_in("tess"))
        patch(browser, a_change("4", comment="Well argued."), a_change("1", student=BEN))
        browser.signed_in(site.sign_in("s000", Role.STUDENT))
        before = browser.get(f"/works/{WORK}/mine").text
        browser.signed_in(site.sign_in("tess"))
        browser.post(f"/works/{WORK}/release", {"released": "yes", "back": "scorecard"})
        browser.signed_in(site.sign_in("s000", Role.STUDENT))
        after = browser.get(f"/works/{WORK}/mine").text

        assert "Explains the result with evidence from the experiment." in before
        assert "Due 21 Sep 2026" in before
        assert "Your level" not in before
        assert "Well argued." not in before
        assert "4, Exceeds" in after
        assert "1, Beginning" not in after
        assert "Well argued." in after
        assert "Élodie" not in after

    def test_another_sections_work_is_not_there(self, browser: Browser, site: ScoringSite) -> None:
        browser.signed_in(site.sign_in("s000", Role.STUDENT))

        assert browser.get("/works/work-none/mine").status_code == 404
        assert "Lab report: enzyme kinetics" in browser.get("/mine").text


class TestTheSnapshot:
    def test_a_later_edit_does_not_change_what_was_scored(
        self, tess: Browser, site: ScoringSite
    ) -> None:
        patch(tess, a_change("4"))
        with site.backstage.units() as unit:
            edited = an_assessment(name="Edited", rubric=a_rubric("other"), version=1)
            unit.assessments.save(edited)
            unit.commit()

        page = tess.get(f"/works/{WORK}/scorecard").text

        assert "Scientific reasoning" in page
        assert ">OTHER<" not in page


class TestTheList:
    def test_a_launch_offers_to_link(self, tess: Browser) -> None:
        page = tess.get("/assessments").text

        assert "Link this Assessment" in page
        assert "Save and go" in page
        assert '<option value="section-engl101-01" selected>BIOL 101-03</option>' in page

    def test_without_an_assignment_there_is_nothing_to_link(
        self, browser: Browser, site: ScoringSite
    ) -> None:
        navigation = {**LAUNCH, "resource_link_id": ""}
        browser.signed_in(site.sign_in("tess", context=navigation))

        page = browser.get("/assessments").text

        assert "Lab report: enzyme kinetics" in page
        assert "Link this Assessment" not in page

    def test_an_empty_list_says_what_to_do(self, tess: Browser) -> None:
        page = tess.get("/assessments?term=none").text

        assert "Add Assessment" in page
        assert "Find Assessment" in page
        assert "No assessment fits these filters" in page

    def test_an_added_assessment_is_in_the_section_and_chosen(self, tess: Browser) -> None:
        form = {
            "section": "section-engl101-01",
            "name": "Quiz <one>",
            "kind": "outcomes",
            "purpose": "formative",
            "slos": ROWS[0],
            "points": "10",
            "due": "2026-10-01",
        }

        answer = tess.post("/assessments/new", form)
        page = tess.get(answer.headers["location"]).text

        assert answer.status_code == 303
        assert "Quiz &lt;one&gt;" in page
        assert "Due 1 Oct 2026" in page

    def test_a_bad_field_keeps_what_was_written(self, tess: Browser) -> None:
        form = {"section": "section-engl101-01", "name": "Quiz", "kind": "outcomes",
                "purpose": "summative", "points": "many"}  # fmt: skip

        answer = tess.post("/assessments/new", form)

        assert answer.status_code == 422
        assert 'value="Quiz"' in answer.text
        assert 'value="many"' in answer.text
        assert 'href="#points"' in answer.text

    def test_one_of_the_library_is_found_and_added(self, tess: Browser) -> None:
        found = tess.get("/assessments/find?q=poster").text
        form = {"section": "section-engl101-01", "assessment": "assessment-poster", "due": ""}

        answer = tess.post("/assessments/find", form)

        assert "Poster presentation" in found
        assert "Poster presentation" in tess.get(answer.headers["location"]).text

    def test_of_a_large_library_the_first_are_offered(
        self, tess: Browser, site: ScoringSite
    ) -> None:
        """What is one's own can be offered to others all the same."""
        with site.backstage.units() as unit:
            for number in range(120):
                unit.assessments.save(an_assessment(f"many-{number:03}", name=f"Many {number:03}"))
            mine = an_assessment("mine", name="Zero", owner_id=PersonId("person-tess"))
            unit.assessments.save(mine)
            unit.commit()

        page = tess.get("/assessments/find").text

        assert page.count('type="radio"') == 100
        assert "more fit. Give words of the name or code" in page
        assert "<li>Zero" in page
        assert "more fit" not in tess.get("/assessments/find?q=many-11").text


class TestTheReflection:
    def test_a_text_is_kept_on_any_error(self, tess: Browser) -> None:
        path = f"/works/{WORK}/reflection"
        tess.post(path, {"answer-q1": "First.", "seen": "0", "then": "save"})

        conflict = tess.post(path, {"answer-q1": "Second.", "seen": "0", "then": "save"})
        empty = tess.post(path, {"answer-q1": "", "seen": "1", "then": "submit"})

        assert (conflict.status_code, empty.status_code) == (409, 422)
        assert "Second.</textarea>" in conflict.text
        assert "<blockquote>First.</blockquote>" in conflict.text

    def test_submitted_is_said(self, tess: Browser) -> None:
        path = f"/works/{WORK}/reflection"
        answer = tess.post(path, {"answer-q1": "More time.", "seen": "0", "then": "submit"})

        assert answer.status_code == 303
        assert "Reflection submitted" in tess.get(path).text


def test_no_link_or_form_loses_the_path_token(tess: Browser, site: ScoringSite) -> None:
    with site.backstage.units() as unit:
        score_some(unit)
        unit.commit()
    tess.client.cookies.clear()
    started = site.sign_in("tess")
    landing = tess.get(f"/start/{started.code}", site="cross-site")
    prefix = landing.headers["location"].rstrip("/")
    tess.get(prefix + "/", site="cross-site")

    for path in ("/assessments", "/assessments/new", RUBRIC, f"/works/{WORK}/scorecard"):
        page = tess.get(prefix + path)
        addresses = re.findall(r'(?:href|action|data-save)="(/[^"]*)"', page.text)
        lost = [one for one in addresses if not one.startswith((prefix, "/static/"))]
        assert (page.status_code, lost) == (200, [])
