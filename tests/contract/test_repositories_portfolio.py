"""What the stores of ePortfolios, their shares and signing keys promise."""

from dataclasses import replace
from datetime import timedelta

import pytest

from application.errors import Conflict, NotFound
from application.ports.unit_of_work import UnitOfWorkFactory
from domain.ids import CollectionId, PersonId, SectionAssessmentId, ShareId, SigningKeyId
from tests.builders import (
    College,
    a_score,
    a_section_assessment,
    an_assessment,
    an_enrolment,
)
from tests.portfolio_builders import (
    a_collection,
    a_link_item,
    a_result_item,
    a_share,
    a_signing_key,
    an_issued_credential,
)
from tests.stand_ins import NOON

ANA, BEN = PersonId("person-ana"), PersonId("person-ben")
LATER = NOON + timedelta(hours=1)


@pytest.fixture
def college(units: UnitOfWorkFactory) -> UnitOfWorkFactory:
    with units() as unit:
        College().store(unit)
        unit.commit()
    return units


def test_collections_keep_their_items_in_order_and_their_versions(
    college: UnitOfWorkFactory,
) -> None:
    items = (a_link_item(reflection="Why."), a_result_item(), a_link_item("site", removed=True))
    with college() as unit:
        first = unit.portfolios.save(a_collection(items=items))
        unit.portfolios.save(a_collection("art", made_at=LATER, removed_at=LATER))
        unit.portfolios.save(a_collection("bens", owner_id=BEN))
        unit.commit()

    with college() as unit:
        assert unit.portfolios.collection(first.id) == first
        assert first.version == 1
        assert [one.title for one in unit.portfolios.of_owner(ANA)] == ["Writing", "Art"]
        unit.portfolios.save(first)
        with pytest.raises(Conflict):
            unit.portfolios.save(first)
        with pytest.raises(NotFound):
            unit.portfolios.collection(CollectionId("none"))


def test_shares_are_found_by_hash_and_by_owner(college: UnitOfWorkFactory) -> None:
    with college() as unit:
        unit.portfolios.save(a_collection())
        unit.portfolios.put_share(a_share())
        unit.portfolios.put_share(a_share("two", made_at=LATER))
        unit.portfolios.touch_share(ShareId("share-one"), LATER)
        unit.commit()

    with college(write=False) as unit:
        seen = a_share(last_seen_at=LATER)
        assert unit.portfolios.share_by_hash("hash-one") == seen
        assert unit.portfolios.share_by_hash("hash-none") is None
        assert unit.portfolios.share(seen.id) == seen
        assert [one.id for one in unit.portfolios.shares_of(ANA)] == ["share-two", "share-one"]
        assert unit.portfolios.shares_of(BEN) == []


def test_released_works_are_those_with_a_score_also_of_ended_places(
    college: UnitOfWorkFactory,
) -> None:
    names = ("shown", "hidden", "unscored")
    with college() as unit:
        unit.roster.put_enrolments([an_enrolment("ana", active=False)])
        for name in names:
            unit.assessments.save(an_assessment(name))
            released = None if name == "hidden" else NOON
            unit.assessments.save_work(a_section_assessment(name, released_at=released))
        for name in ("shown", "hidden"):
            work = SectionAssessmentId(f"work-{name}")
            unit.scores.save(a_score("ana", section_assessment_id=work))
        unit.commit()

    with college(write=False) as unit:
        assert unit.portfolios.released_works(ANA) == ["work-shown"]
        assert unit.portfolios.released_works(BEN) == []


def test_signing_keys_come_newest_first(college: UnitOfWorkFactory) -> None:
    with college() as unit:
        unit.signing_keys.put(a_signing_key())
        unit.signing_keys.put(a_signing_key("two", made_at=LATER))
        unit.signing_keys.put(a_signing_key(retired_at=LATER))
        unit.commit()

    with college(write=False) as unit:
        assert unit.signing_keys.all() == [
            a_signing_key("two", made_at=LATER),
            a_signing_key(retired_at=LATER),
        ]
        assert unit.signing_keys.find(SigningKeyId("none")) is None


def test_credentials_that_were_handed_out_stand_once_each_at_a_place_of_their_own(
    college: UnitOfWorkFactory,
) -> None:
    first, second = an_issued_credential(), an_issued_credential("two", place=4)
    with college() as unit:
        assert unit.issued_credentials.last_list() == (0, 0)
        assert unit.issued_credentials.claim(second)
        assert unit.issued_credentials.claim(first)
        assert not unit.issued_credentials.claim(replace(first, place=5))
        assert not unit.issued_credentials.claim(an_issued_credential("three", place=4))
        assert unit.issued_credentials.of_list(1) == [first, second]
        assert unit.issued_credentials.claim(an_issued_credential("three", list_number=2, place=4))
        assert unit.issued_credentials.last_list() == (2, 1)
        unit.commit()
    with college(write=False) as unit:
        assert unit.issued_credentials.of_list(1) == [first, second]
        assert unit.issued_credentials.of_list(3) == []
        assert unit.issued_credentials.among([first.id, "none"]) == {first.id: first}
