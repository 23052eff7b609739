import unicodedata
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.rostering import collation_key, comparable_title
from tests.builders import a_person, a_term
from tests.strategies import texts

BLANKS = st.text(" \t\n\u00a0\u2003", min_size=1, max_size=3)


class TestTitles:
    """A Section Title must equal the Canvas Course Code."""

    @given(texts)
    def test_comparing_again_changes_nothing(self, title: str) -> None:
        once = comparable_title(title)

        assert comparable_title(once) == once

    @given(st.lists(st.text("ABÉ19.-", min_size=1, max_size=6), max_size=4), BLANKS, BLANKS)
    def test_blanks_of_any_kind_count_once(
        self, words: list[str], between: str, outer: str
    ) -> None:
        assert comparable_title(outer + between.join(words) + outer) == " ".join(words)

    @given(texts)
    def test_both_ways_of_writing_an_accent_are_one(self, title: str) -> None:
        ways = {
            comparable_title(unicodedata.normalize(form, unicodedata.normalize("NFC", title)))
            for form in ("NFC", "NFD")
        }

        assert len(ways) == 1

    @pytest.mark.parametrize("other", ["bio 101", "BIO101", "BIO 0101", "BIO 101-01", "BIO-101"])
    def test_everything_else_counts(self, other: str) -> None:
        assert comparable_title("BIO 101") != comparable_title(other)


class TestNames:
    def test_marks_and_case_come_after_letters(self) -> None:
        names = ["Émile", "eva", "Emil", "Élodie", "Elodie", "Zoë"]

        assert sorted(names, key=collation_key) == [
            "Elodie", "Élodie", "Emil", "Émile", "eva", "Zoë",
        ]  # fmt: skip

    @given(texts, texts)
    def test_the_order_is_total(self, one: str, other: str) -> None:
        same = collation_key(one) == collation_key(other)

        assert same is (one == other)

    @pytest.mark.parametrize(
        ("given_name", "family_name", "full", "listed"),
        [
            ("Ana", "Ortiz", "Ana Ortiz", "Ortiz, Ana"),
            ("", "Cher", "Cher", "Cher"),
            ("Cher", "", "Cher", "Cher"),
            ("", "", "", ""),
        ],
    )
    def test_a_person_with_one_name_has_no_stray_comma(
        self, given_name: str, family_name: str, full: str, listed: str
    ) -> None:
        person = a_person(given_name=given_name, family_name=family_name)

        assert (person.full_name, person.list_name) == (full, listed)


class TestTerms:
    @given(st.dates(date(2026, 1, 1), date(2027, 12, 31)))
    def test_are_current_from_their_first_day_to_their_last(self, today: date) -> None:
        term = a_term()

        assert term.is_current(today) is (term.starts_on <= today <= term.ends_on)

    def test_one_that_was_withdrawn_is_never_current(self) -> None:
        term = a_term(active=False)

        assert not term.is_current(term.starts_on + timedelta(days=1))
