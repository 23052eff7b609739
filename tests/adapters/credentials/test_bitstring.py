"""The bits of status lists, read without what wrote them."""

import base64
import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.outbound.credentials.bitstring import encoded
from domain.credential import STATUS_LIST_LENGTH

PLACES = st.sets(st.integers(0, STATUS_LIST_LENGTH - 1), max_size=40)


def bits(text: str) -> str:
    """As the specification reads it: multibase, gzip, the left-most bit first."""
    assert text[0] == "u", "base64url without padding"
    packed = base64.urlsafe_b64decode(text[1:] + "=" * (-len(text[1:]) % 4))
    return "".join(f"{octet:08b}" for octet in gzip.decompress(packed))


@given(PLACES)
def test_just_the_places_are_set(places: set[int]) -> None:
    read = bits(encoded(places, STATUS_LIST_LENGTH))
    assert len(read) == STATUS_LIST_LENGTH >= 131_072
    assert {place for place, bit in enumerate(read) if bit == "1"} == places


@given(PLACES)
def test_the_same_list_is_the_same_text_without_padding(places: set[int]) -> None:
    text = encoded(places, STATUS_LIST_LENGTH)
    assert text == encoded(sorted(places, reverse=True), STATUS_LIST_LENGTH)
    assert "=" not in text


@pytest.mark.parametrize(("place", "first"), [(0, "10000000"), (7, "00000001")])
def test_the_first_place_is_the_left_most_bit(place: int, first: str) -> None:
    assert bits(encoded([place], 16)) == first + "00000000"
