"""Collections and shares: order, removal that loses nothing, when an address opens."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import NonsenseValue
from domain.ids import ItemId
from domain.portfolio.collection import LONGEST_REFLECTION, MOST_ITEMS, Item
from domain.portfolio.share import ShareState, hash_of
from tests.portfolio_builders import a_collection, a_link_item, a_result_item, a_share
from tests.stand_ins import NOON

LATER = NOON + timedelta(hours=1)
KEYS = ("a", "b", "c", "d")
FOUR = a_collection(items=tuple(a_link_item(key) for key in KEYS))


def ids(items: tuple[Item, ...]) -> list[str]:
    return [item.id.removeprefix("item-") for item in items]


class TestItems:
    def test_one_moves_past_its_neighbour_and_stops_at_the_ends(self) -> None:
        moved = FOUR.moved(ItemId("item-c"), up=True, at=LATER)

        assert ids(moved.standing) == ["a", "c", "b", "d"]
        assert FOUR.moved(ItemId("item-a"), up=True, at=LATER) == FOUR
        assert FOUR.moved(ItemId("item-d"), up=False, at=LATER) == FOUR
        assert FOUR.moved(ItemId("item-x"), up=False, at=LATER) == FOUR

    @given(
        st.lists(st.tuples(st.sampled_from(KEYS), st.sampled_from(["up", "down", "out", "back"])))
    )
    def test_whatever_is_done_no_item_and_no_word_is_lost(
        self, acts: list[tuple[str, str]]
    ) -> None:
        collection = FOUR.reflected({item.id: f"On {item.id}" for item in FOUR.items}, NOON)
        for key, act in acts:
            item_id = ItemId(f"item-{key}")
            if act in {"up", "down"}:
                collection = collection.moved(item_id, up=act == "up", at=LATER)
            elif act == "out":
                collection = collection.taking_out(item_id, LATER)
            else:
                collection = collection.putting_back(item_id, LATER)

        assert sorted(ids(collection.items)) == list(KEYS)
        assert all(item.reflection == f"On {item.id}" for item in collection.items)

    def test_the_same_is_shown_once_and_comes_back_with_its_text(self) -> None:
        first = a_collection().adding(a_result_item(reflection="My best."), NOON)
        again = a_result_item(id=ItemId("item-again"))

        assert first.adding(again, LATER) == first
        out = first.adding(a_link_item(), NOON).taking_out(ItemId("item-essay"), LATER)
        back = out.adding(again, LATER)
        assert [item.reflection for item in back.standing] == ["", "My best."]

    @pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc/passwd", "", "https://"])
    def test_a_link_goes_only_where_a_browser_may(self, url: str) -> None:
        with pytest.raises(NonsenseValue):
            Item.link(ItemId("i"), url)

    def test_a_link_without_a_name_is_called_by_its_address(self) -> None:
        assert Item.link(ItemId("i"), " https://a.test/x ").title == "https://a.test/x"


class TestLimits:
    def test_texts_and_numbers_have_an_end(self) -> None:
        with pytest.raises(NonsenseValue, match="up to"):
            a_collection(reflection="x" * (LONGEST_REFLECTION + 1))
        with pytest.raises(NonsenseValue, match="says what"):
            a_collection(title="  ")
        with pytest.raises(NonsenseValue, match="begin another"):
            a_collection(items=tuple(a_link_item(str(n)) for n in range(MOST_ITEMS + 1)))
        with pytest.raises(NonsenseValue, match="just what"):
            a_link_item(url="")


class TestShare:
    def test_opens_until_its_end_or_until_revoked(self) -> None:
        share = a_share()

        assert share.state(NOON) is ShareState.OPEN
        assert share.state(share.ends_at) is ShareState.EXPIRED
        revoked = share.revoked(LATER)
        assert revoked.state(LATER) is ShareState.REVOKED
        assert revoked.revoked(LATER + timedelta(days=1)) == revoked

    def test_only_a_hash_of_the_code_is_kept(self) -> None:
        readdressed = a_share().readdressed(hash_of("secret"))

        assert "secret" not in repr(readdressed)
        assert hash_of("secret") != hash_of("Secret")
