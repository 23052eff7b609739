"""Whether credentials that were handed out still stand."""

from dataclasses import replace
from decimal import Decimal

import pytest

from adapters.outbound.memory.unit_of_work import MemoryUnits
from application import issuing
from application.errors import NotFound
from application.queries.portfolio.own_credentials import OwnCredentials
from application.queries.portfolio.status_lists import KeptLists
from domain.credential import STATUS_LIST_LENGTH, IssuedCredential
from domain.ids import PersonId, RowId, SectionAssessmentId
from domain.score import Scored
from tests.application.portfolios import ANA, BEN, ESSAY, PROJECT, Portfolios, a_portfolio_college
from tests.matching_builders import a_merge
from tests.stand_ins import FixedClock


@pytest.fixture
def desk(memory_units: MemoryUnits, clock: FixedClock) -> Portfolios:
    made = Portfolios(memory_units, clock)
    a_portfolio_college(memory_units)
    made.make_key("test")
    return made


@pytest.fixture
def own(desk: Portfolios) -> OwnCredentials:
    """Ana has the credentials of the essay and of the project, Ben that of the essay."""
    own = desk.own_credentials()
    own.record(ANA)
    own.record(BEN, {ESSAY})
    return own


def issued(desk: Portfolios) -> list[IssuedCredential]:
    with desk.units(write=False) as unit:
        return unit.issued_credentials.of_list(1)


def place(desk: Portfolios, person: PersonId, work: str = "work-essay") -> int:
    (found,) = (one for one in issued(desk) if (one.person_id, one.work_id) == (person, work))
    return found.place


def revoked(desk: Portfolios) -> set[int]:
    """As a list says that was made now."""
    told = desk.status_lists()(1)
    return {int(one) for one in told[told.index("[") + 1 : told.index("]")].split(",") if one}


def score(desk: Portfolios, points: int, row: str = "thesis") -> None:
    with desk.units() as unit:
        cell = unit.scores.cell(ESSAY, ANA, RowId(f"row-{row}"))
        value = Scored(Decimal(points))
        unit.scores.save(replace(cell, value=value, version=cell.version + 1))
        unit.commit()


class TestPlaces:
    def test_are_taken_once_and_stay(self, desk: Portfolios, own: OwnCredentials) -> None:
        before = issued(desk)
        own.record(ANA)
        own.badge(ANA, own(ANA)[0].number)
        own.badges(BEN, {ESSAY})
        assert issued(desk) == before
        assert len({one.place for one in before}) == len(before) == 3
        assert all(0 <= one.place < STATUS_LIST_LENGTH for one in before)

    def test_are_not_taken_by_looking(self, desk: Portfolios) -> None:
        own = desk.own_credentials()
        assert own(ANA)
        assert own.attests(ANA)
        assert issued(desk) == []

    def test_that_chance_gives_twice_are_drawn_again(self, desk: Portfolios) -> None:
        draws = iter(["same", "same", "same", "other"])
        desk.issue = replace(desk.issue, new_secret=lambda: next(draws))
        desk.own_credentials().record(ANA)
        assert len({one.status for one in issued(desk)}) == 2

    def test_go_on_in_another_list_when_one_is_half_full(
        self, desk: Portfolios, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(issuing, "FULL", 2)
        own = desk.own_credentials()
        own.record(ANA)
        own.record(BEN, {ESSAY})
        with desk.units(write=False) as unit:
            assert [len(unit.issued_credentials.of_list(n)) for n in (1, 2)] == [2, 1]
            assert unit.issued_credentials.last_list() == (2, 1)
        assert revoked(desk) == set()


class TestStanding:
    def test_all_stand_while_their_results_do(self, desk: Portfolios, own: OwnCredentials) -> None:
        assert own(ANA)
        assert revoked(desk) == set()

    def test_a_release_that_is_taken_back_revokes_those_of_the_work(
        self, desk: Portfolios, own: OwnCredentials
    ) -> None:
        desk.release(ESSAY, released=False)
        assert revoked(desk) == {place(desk, ANA), place(desk, BEN)}
        assert own(ANA)

    def test_released_anew_it_has_another_one_and_the_former_stays_revoked(
        self, desk: Portfolios, own: OwnCredentials
    ) -> None:
        former = place(desk, ANA)
        desk.release(ESSAY, released=False)
        desk.release(ESSAY)
        own.record(ANA)
        told = revoked(desk)
        assert former in told
        newest = {one.place for one in issued(desk) if one.person_id == ANA} - {former}
        assert newest.isdisjoint(told)

    @pytest.mark.parametrize("points", [1, 4])
    def test_another_level_revokes_that_of_the_student_alone(
        self, desk: Portfolios, own: OwnCredentials, points: int
    ) -> None:
        score(desk, points)
        assert revoked(desk) == {place(desk, ANA)}
        assert own(BEN)

    def test_a_level_that_follows_from_other_rows_counts_as_it_follows(
        self, desk: Portfolios, own: OwnCredentials
    ) -> None:
        with desk.units() as unit:
            cell = unit.scores.cell(PROJECT, ANA, RowId("row-plan"))
            changed = replace(cell, value=Scored(Decimal(3)), version=cell.version + 1)
            unit.scores.save(changed)
            unit.commit()
        assert revoked(desk) == {place(desk, ANA, "work-project")}
        assert own(ANA)

    def test_of_a_work_that_is_gone_none_stands(
        self, desk: Portfolios, own: OwnCredentials
    ) -> None:
        with desk.units() as unit:
            lost = replace(
                issued(desk)[0],
                id="urn:uuid:lost",
                work_id=SectionAssessmentId("work-gone"),
                place=7,
            )
            assert unit.issued_credentials.claim(lost)
            unit.commit()
        assert revoked(desk) == {7}
        assert own(ANA)

    def test_a_person_who_was_merged_into_another_record_keeps_what_was_reached(
        self, desk: Portfolios, own: OwnCredentials
    ) -> None:
        zoe = PersonId("person-zoe")
        with desk.units() as unit:
            unit.merges.put_merge(a_merge(gone_id=zoe, kept_id=ANA))
            former = replace(
                next(one for one in issued(desk) if one.person_id == ANA),
                id="urn:uuid:zoes", person_id=zoe, place=9,
            )  # fmt: skip
            assert unit.issued_credentials.claim(former)
            unit.commit()
        assert revoked(desk) == set()
        assert own(ANA)


class TestLists:
    def test_are_kept_for_five_minutes(self, desk: Portfolios, own: OwnCredentials) -> None:
        lists = desk.status_lists()
        first = lists(1)
        desk.release(ESSAY, released=False)
        desk.clock.advance(minutes=4)
        assert lists(1) == first
        desk.clock.advance(minutes=1)
        assert lists(1) != first
        assert own(ANA)

    def test_that_are_being_made_anew_keep_nobody_waiting(self, clock: FixedClock) -> None:
        kept, seen = KeptLists(), list[str]()

        def make() -> str:
            seen.append(kept.get(1, clock.now(), lambda: "made twice"))
            return "new"

        assert kept.get(1, clock.now(), lambda: "old") == "old"
        clock.advance(minutes=5)
        assert kept.get(1, clock.now(), make) == "new"
        assert seen == ["old"]
        assert kept.get(1, clock.now(), make) == "new"

    def test_that_cannot_be_made_are_tried_again(self, clock: FixedClock) -> None:
        kept = KeptLists()
        with pytest.raises(ZeroDivisionError):
            kept.get(1, clock.now(), lambda: str(1 // 0))
        assert kept.get(1, clock.now(), lambda: "made") == "made"

    def test_are_signed_by_the_key_that_signs_now(
        self, desk: Portfolios, own: OwnCredentials
    ) -> None:
        newer = desk.make_key("test")
        assert desk.status_lists()(1).endswith(f"by private {newer.id}")
        assert own(ANA)

    @pytest.mark.parametrize("number", [0, 2, -1, 10**30])
    def test_that_hold_nothing_are_not_there(
        self, desk: Portfolios, own: OwnCredentials, number: int
    ) -> None:
        with pytest.raises(NotFound):
            desk.status_lists()(number)
        assert own(ANA)
