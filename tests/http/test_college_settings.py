"""What a college decides for itself: rounding, small groups, and its own words on pages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment

from adapters.inbound.http.words import OwnWords, in_own_words, speak
from application.college_rules import CollegeRules, Word, college_rules, stored_form
from domain.access import Role
from tests.builders import BEGINNING, EXCEEDED, MET
from tests.http.support import Backstage, Browser

FORM = {"decimals": "1", "small_group": "12", "time_zone": "UTC"}


@pytest.fixture
def steward(browser: Browser, backstage: Backstage) -> Browser:
    return browser.signed_in(backstage.signed_in("stew", Role.DATA_STEWARD))


def stored(backstage: Backstage) -> CollegeRules:
    with backstage.units(write=False) as unit:
        return college_rules(unit.settings)


class TestSaving:
    def test_keeps_what_was_chosen_and_audits_each_change(
        self, steward: Browser, backstage: Backstage
    ) -> None:
        answer = steward.post("/settings/assessment", {**FORM, "slo-one": "Outcome"})

        assert answer.status_code == 303
        assert stored(backstage) == CollegeRules(1, 12, {"slo": Word("slo", "Outcome", "SLOs")})
        with backstage.units(write=False) as unit:
            deeds = {entry.subject: entry.details for entry in unit.audit.entries()}
        assert deeds == {
            "setting:scores.decimals": "from 2 to 1",
            "setting:reports.small-group": "from 10 to 12",
            "setting:word.slo": "from ours to Outcome|SLOs",
        }

    def test_the_same_again_is_no_deed(self, steward: Browser, backstage: Backstage) -> None:
        steward.post("/settings/assessment", FORM)
        with backstage.units(write=False) as unit:
            before = unit.audit.entries()
        steward.post("/settings/assessment", FORM)
        with backstage.units(write=False) as unit:
            assert unit.audit.entries() == before

    @pytest.mark.parametrize(
        ("wrong", "sentence"),
        [
            ({"decimals": "3"}, "Give a whole number from 0 to 2."),
            ({"small_group": "0"}, "Give a whole number from 1 to 100."),
            ({"small_group": "²"}, "Give a whole number from 1 to 100."),
            ({"slo-one": "a|b"}, "without a |"),
            ({"time_zone": "Chicago"}, "such as America/Chicago"),
            ({"time_zone": ""}, "such as America/Chicago"),
            ({"slo-many": "x" * 41}, "at most 40 characters"),
        ],
    )
    def test_a_wrong_value_is_named_and_nothing_is_lost(
        self, steward: Browser, backstage: Backstage, wrong: dict[str, str], sentence: str
    ) -> None:
        answer = steward.post("/settings/assessment", {**FORM, "cslo-one": "Course aim", **wrong})
        assert answer.status_code == 422
        assert sentence in answer.text
        assert 'value="Course aim"' in answer.text
        assert stored(backstage) == CollegeRules()


class TestThreshold:
    def test_is_told_with_the_way_to_change_it(
        self, steward: Browser, backstage: Backstage
    ) -> None:
        assert "Name the mastery levels" in steward.get("/settings/assessment").text
        with backstage.units() as unit:
            unit.curriculum.put_mastery_levels([BEGINNING, MET, EXCEEDED])
            unit.commit()
        page = steward.get("/settings/assessment").text
        assert "An SLO is met from <strong>Met</strong> up." in page
        assert 'href="/scales#mastery"' in page


class TestWords:
    def test_stand_on_pages_and_in_the_navigation(self, steward: Browser) -> None:
        words = {"tech-id-one": "G number", "data-steward-one": "Assessment Lead"}
        steward.post("/settings/assessment", {**FORM, **words})
        assert "Who (G number or login)" in steward.get("/audit").text
        assert "Assessment Lead" in steward.get("/settings/lti").text

    def test_the_word_itself_is_still_told_where_it_is_set(self, steward: Browser) -> None:
        steward.post("/settings/assessment", {**FORM, "slo-one": "Outcome"})
        assert '<th scope="row" id="word-slo">SLO</th>' in steward.get("/settings/assessment").text

    def test_whole_words_are_replaced_in_what_people_read(self) -> None:
        environment = Environment(extensions=[OwnWords], autoescape=True)
        environment.globals.update(in_own_words=in_own_words)
        source = (
            '<a class="SLO" {% if x %}title="CSLO > {{ y }} SLOs"{% endif %} name="SLO">'
            "SLOs of {{ y }} CSLO SLOW</a>"
        )
        speak({"SLO": "<Aim>", "SLOs": "Aims", "CSLO": "Course aim"})
        shown = environment.from_string(source).render(x=True, y="SLO")
        speak({})
        assert shown == (
            '<a class="SLO" title="Course aim > SLO Aims" name="SLO">'
            "Aims of SLO Course aim SLOW</a>"
        )

    def test_a_word_with_markup_stays_text(self) -> None:
        environment = Environment(extensions=[OwnWords], autoescape=True)
        environment.globals.update(in_own_words=in_own_words)
        speak({"SLO": "<b>Aim"})
        shown = environment.from_string("<p>SLO</p>{{ 'SLO' }}").render()
        speak({})
        assert shown == "<p>&lt;b&gt;Aim</p>&lt;b&gt;Aim"


@given(
    st.integers(0, 2),
    st.integers(1, 100),
    st.dictionaries(st.sampled_from(["slo", "cslo"]), st.text("ab ", min_size=1, max_size=5)),
)
def test_rules_come_back_from_the_settings(
    decimals: int, small_group: int, words: dict[str, str]
) -> None:
    own = {key: Word(key, word, f"{word}s") for key, word in words.items()}
    rules = CollegeRules(decimals, small_group, own)
    assert college_rules(Stored(stored_form(rules))) == rules


class Stored(dict[str, str]):
    """Settings as a plain table."""

    def all(self) -> "Stored":
        return self

    def put(self, name: str, value: str) -> None:
        self[name] = value
