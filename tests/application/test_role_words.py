"""Words for roles: as typed, as kept, and what is refused with its cure."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from application.errors import Invalid
from application.rosters.role_words import (
    MAY_BE_GRANTED,
    Pair,
    changed,
    enrolment_roles_of,
    grants_of,
    pair_in,
    pairs_of,
    pairs_stored,
    stored_pairs,
)
from domain.access import Role
from domain.rostering import EnrolmentRole

PAIRS = st.lists(st.tuples(st.text(), st.sampled_from(["", *MAY_BE_GRANTED])))


@given(PAIRS)
def test_what_is_kept_is_what_was_read(pairs: list[Pair]) -> None:
    """Commas, signs of equality and line ends in a word change nothing."""
    try:
        meant = grants_of(pairs)
    except Invalid:
        return
    assert grants_of(pairs_stored(stored_pairs(pairs_of(meant)))) == meant


def test_words_keep_their_spelling_and_are_tidied() -> None:
    assert enrolment_roles_of([("  Lead   Teacher, A=B ", " Teacher "), ("ta", "")]) == {
        "Lead Teacher, A=B": EnrolmentRole.TEACHER
    }


@pytest.mark.parametrize(
    ("pair", "sentence"),
    [
        (("principal", "data-steward"), "never makes a data steward"),
        (("principal", "faculty"), "comes of a section"),
        (("principal", "student"), "comes of a section"),
        (("principal", "king"), "'principal' cannot give 'king'; use coordinator, evaluator, re"),
        ((" ", "reader"), "write the word"),
        (("w" * 101, "reader"), "at most 100"),
        (("Student", "reader"), "'Student' is a place in a section in every roster"),
        (("teacher", "coordinator"), "leave it out here"),
    ],
)
def test_a_roster_gives_only_what_it_may(pair: Pair, sentence: str) -> None:
    with pytest.raises(Invalid, match=sentence):
        grants_of([pair])


def test_one_word_gives_one_role() -> None:
    twice = [("Principal", "reader"), ("principal", "reader")]
    assert grants_of(twice) == {"Principal": Role.READER}
    with pytest.raises(Invalid, match="'principal' stands there twice"):
        grants_of([("Principal", "reader"), ("principal", "coordinator")])


def test_a_place_in_a_section_is_teacher_or_student() -> None:
    with pytest.raises(Invalid, match="'proctor' cannot give 'reader'; use student, teacher"):
        enrolment_roles_of([("proctor", "reader")])


def test_changes_replace_add_and_take_away() -> None:
    before = [("principal", "reader"), ("dean", "reader")]
    after = changed(before, [("Principal", "coordinator"), ("DEAN", ""), ("aide", "reader")])
    assert grants_of(after) == {"Principal": Role.COORDINATOR, "aide": Role.READER}


@pytest.mark.parametrize("text", ["principal", "=reader", " = reader"])
def test_what_is_no_pair_is_named(text: str) -> None:
    with pytest.raises(Invalid, match="write WORD=ROLE"):
        pair_in(text, "grants")
