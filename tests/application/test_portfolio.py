"""ePortfolios: only what is released, nothing of anybody else, shared until somebody says stop."""

from datetime import timedelta

import pytest

from adapters.outbound.memory.unit_of_work import MemoryUnits
from application.errors import Conflict, Invalid, NotFound
from application.queries.portfolio.own_credentials import OwnCredentials
from application.queries.portfolio.portfolio_items import Standing
from application.use_cases.portfolio.keep_portfolio import (
    Act,
    AddItemsCommand,
    WriteCollectionCommand,
)
from application.use_cases.portfolio.share_portfolio import ShareCommand, Shared
from domain.errors import NonsenseValue
from domain.ids import CollectionId, ItemId, ShareId
from domain.portfolio.share import ShareState
from tests.application.portfolios import (
    ANA,
    BEN,
    ESSAY,
    HIDDEN,
    PROJECT,
    Portfolios,
    a_portfolio_college,
)
from tests.stand_ins import NOON, FixedClock


@pytest.fixture
def desk(memory_units: MemoryUnits, clock: FixedClock) -> Portfolios:
    a_portfolio_college(memory_units)
    return Portfolios(memory_units, clock)


@pytest.fixture
def writing(desk: Portfolios) -> CollectionId:
    """Ana's collection with the essay, the project and a link."""
    made = desk.make(ANA, "Writing")
    desk.add(AddItemsCommand(ANA, made, (ESSAY, PROJECT), url="https://a.test/", url_title="Blog"))
    return made


def written(desk: Portfolios, collection_id: CollectionId) -> WriteCollectionCommand:
    now = desk.page(ANA, collection_id).view.collection
    return WriteCollectionCommand(ANA, now.id, now.title, now.reflection, {}, now.version)


def shared(desk: Portfolios, collection_id: CollectionId, days: int = 30) -> Shared:
    return desk.share(
        ShareCommand(ANA, collection_id, (NOON + timedelta(days=days)).date(), "For a friend")
    )


class TestCollections:
    def test_released_results_are_offered_and_no_others(self, desk: Portfolios) -> None:
        made = desk.make(ANA, "Writing")

        assert {one.id for one in desk.page(ANA, made).results} == {ESSAY, PROJECT}
        with pytest.raises(NotFound):
            desk.add(AddItemsCommand(ANA, made, (HIDDEN,)))
        with pytest.raises(Invalid, match="choose"):
            desk.add(AddItemsCommand(ANA, made))
        with pytest.raises(NonsenseValue):
            desk.add(AddItemsCommand(ANA, made, url="javascript:alert(1)"))

    def test_items_show_the_levels_and_what_is_added_is_offered_no_more(
        self, desk: Portfolios, writing: CollectionId
    ) -> None:
        page = desk.page(ANA, writing)
        essay, project, link = page.view.items

        assert [line.words for line in essay.lines] == ["3, Met", "1, Beginning"]
        assert [line.words for line in project.lines] == ["4, Exceeded"]
        assert (link.title, link.url) == ("Blog", "https://a.test/")
        assert page.results == ()

    def test_a_release_that_is_taken_back_takes_the_result_out_of_sight(
        self, desk: Portfolios, writing: CollectionId
    ) -> None:
        desk.release(ESSAY, released=False)

        essay = desk.read(ANA, writing).items[0]
        assert (essay.standing, essay.lines) == (Standing.NOT_RELEASED, ())
        assert "Essay" not in repr(essay)

        desk.release(ESSAY)
        assert desk.read(ANA, writing).items[0].is_there

    def test_each_button_keeps_what_was_typed(
        self, desk: Portfolios, writing: CollectionId
    ) -> None:
        first, second, _ = (view.item.id for view in desk.read(ANA, writing).items)
        seen = written(desk, writing)
        command = WriteCollectionCommand(
            ANA, writing, "My writing", "It grew.", {first: "Proud."}, seen.seen, Act.DOWN, first
        )
        desk.write(command)

        view = desk.read(ANA, writing)
        assert (view.collection.title, view.collection.reflection) == ("My writing", "It grew.")
        assert [(one.item.id, one.item.reflection) for one in view.items[:2]] == [
            (second, ""), (first, "Proud."),
        ]  # fmt: skip
        with pytest.raises(Conflict):
            desk.write(command)

    def test_what_is_taken_out_can_be_put_back(
        self, desk: Portfolios, writing: CollectionId
    ) -> None:
        gone = desk.read(ANA, writing).items[0].item.id
        for act, standing in ((Act.TAKE_OUT, 2), (Act.PUT_BACK, 3)):
            now = written(desk, writing)
            desk.write(WriteCollectionCommand(ANA, writing, now.title, "", {}, now.seen, act, gone))
            assert len(desk.read(ANA, writing).items) == standing

    def test_an_unknown_item_is_not_there(self, desk: Portfolios, writing: CollectionId) -> None:
        now = written(desk, writing)
        with pytest.raises(NotFound):
            desk.write(
                WriteCollectionCommand(
                    ANA, writing, now.title, "", {}, now.seen, Act.UP, ItemId("x")
                )
            )

    def test_nobody_reaches_a_collection_of_somebody_else(
        self, desk: Portfolios, writing: CollectionId
    ) -> None:
        share = shared(desk, writing).share
        attempts = (
            lambda: desk.page(BEN, writing),
            lambda: desk.read(BEN, writing),
            lambda: desk.add(AddItemsCommand(BEN, writing, (ESSAY,))),
            lambda: desk.write(WriteCollectionCommand(BEN, writing, "Mine", "", {}, 2)),
            lambda: desk.remove(BEN, writing, removed=True),
            lambda: desk.share(ShareCommand(BEN, writing, NOON.date())),
            lambda: desk.readdress(BEN, share.id),
            lambda: desk.revoke(BEN, share.id),
            lambda: desk.revoke(ANA, ShareId("none")),
        )
        for attempt in attempts:
            with pytest.raises(NotFound):
                attempt()
        assert desk.home(BEN).collections == ()


class TestShares:
    def test_who_has_the_address_reads_it_and_sees_nobody_else(
        self, desk: Portfolios, writing: CollectionId
    ) -> None:
        made = shared(desk, writing)

        found = desk.published(made.code)
        assert found is not None
        assert found.view.owner == "Ana Ortiz"
        for name in ("Ben", "Tess", "Better than"):
            assert name not in repr(found)
        (line,) = desk.page(ANA, writing).shares
        assert (line.state, line.share.last_seen_at) == (ShareState.OPEN, NOON)
        assert made.code not in repr(line)

    def test_it_opens_until_the_end_of_its_last_day(
        self, desk: Portfolios, writing: CollectionId, clock: FixedClock
    ) -> None:
        code = shared(desk, writing, days=0).code

        clock.advance(hours=11)
        assert desk.published(code) is not None
        clock.advance(hours=1)
        assert desk.published(code) is None

    def test_revoked_or_readdressed_it_opens_nothing(
        self, desk: Portfolios, writing: CollectionId
    ) -> None:
        made = shared(desk, writing)
        again = desk.readdress(ANA, made.share.id)

        with pytest.raises(NotFound):
            desk.published(made.code)
        assert desk.published(again.code) is not None
        desk.revoke(ANA, made.share.id)
        assert desk.published(again.code) is None
        assert desk.revoke(ANA, made.share.id).revoked_at == NOON
        with pytest.raises(Conflict):
            desk.readdress(ANA, made.share.id)

    def test_a_removed_collection_is_seen_by_nobody_until_it_is_put_back(
        self, desk: Portfolios, writing: CollectionId
    ) -> None:
        code = shared(desk, writing).code
        for _ in range(2):
            desk.remove(ANA, writing, removed=True)

        assert desk.published(code) is None
        assert [one.id for one in desk.home(ANA).removed] == [writing]
        with pytest.raises(Conflict):
            shared(desk, writing)
        desk.remove(ANA, writing, removed=False)
        assert desk.published(code) is not None

    @pytest.mark.parametrize("days", [-1, 731])
    def test_a_share_ends_within_two_years(
        self, desk: Portfolios, writing: CollectionId, days: int
    ) -> None:
        with pytest.raises(Invalid, match="choose a day"):
            shared(desk, writing, days=days)
        with pytest.raises(Invalid):
            desk.share(ShareCommand(ANA, writing, None))
        with pytest.raises(Invalid):
            desk.share(ShareCommand(ANA, writing, NOON.date(), "x" * 101))

    def test_sharing_is_in_the_audit_trail_without_the_code(
        self, desk: Portfolios, writing: CollectionId
    ) -> None:
        made = shared(desk, writing)
        desk.revoke(ANA, made.share.id)

        with desk.units(write=False) as unit:
            told = [e for e in unit.audit.entries() if e.subject.startswith("portfolio-share:")]
        assert [entry.verb for entry in told] == ["shared", "revoked"]
        assert made.code not in repr(told)


@pytest.fixture
def own(desk: Portfolios) -> OwnCredentials:
    return desk.own_credentials()


class TestCredentials:
    def test_attest_what_was_reached_and_nothing_below_the_threshold(
        self, own: OwnCredentials, writing: CollectionId
    ) -> None:
        lines = own(ANA)

        assert [(one.title, one.level) for one in lines] == [
            ("Thesis", "Met"), ("Slo-Plan", "Exceeded"),
        ]  # fmt: skip
        assert writing
        assert own.badge(ANA, lines[0].number).startswith("English: Thesis Met by private ")
        assert own.record(ANA).startswith("English: Thesis, Slo-Plan by private ")
        assert list(own.badges(ANA, {PROJECT})) == [lines[1].number]

    def test_are_the_same_each_time_and_different_for_each_student(
        self, own: OwnCredentials
    ) -> None:
        assert own(ANA) == own(ANA)
        assert {one.number for one in own(ANA)}.isdisjoint(one.number for one in own(BEN))

    def test_nobody_gets_one_of_somebody_else_or_of_what_is_hidden(
        self, desk: Portfolios, own: OwnCredentials, writing: CollectionId
    ) -> None:
        number = own(ANA)[0].number
        with pytest.raises(NotFound):
            own.badge(BEN, number)

        desk.release(ESSAY, released=False)
        with pytest.raises(NotFound):
            own.badge(ANA, number)
        with pytest.raises(NotFound):
            own.record(ANA, {ESSAY, HIDDEN})
        assert own.badges(ANA, {ESSAY}) == {}
        assert writing

    def test_without_a_key_the_cure_is_named_and_a_newer_key_signs(
        self, desk: Portfolios, own: OwnCredentials
    ) -> None:
        number = own(ANA)[0].number
        with pytest.raises(Conflict, match="attain credentials key new"):
            own.badge(ANA, number)

        desk.make_key.where_missing("system")
        first = own.badge(ANA, number)
        desk.make_key.where_missing("system")
        assert own.badge(ANA, number) == first
        newer = desk.make_key("command line")
        assert own.badge(ANA, number).endswith(f"private {newer.id}")
        with desk.units(write=False) as unit:
            assert [key.active for key in unit.signing_keys.all()] == [True, False]
