"""A key of the installation is changed: every secret goes over to the new one."""

from dataclasses import replace

import pytest

from adapters.outbound.secrets.keyring import Keyring
from application.ports.secrets import (
    authorisation_row,
    consumer_key_row,
    signing_key_row,
    site_row,
)
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.sealed_rows import sealed_rows
from application.use_cases.settings.seal_anew import SealAnew, SealReport
from domain.lms_site import AuthorisationState
from tests.builders import College, a_consumer_key, a_site, an_authorisation
from tests.portfolio_builders import a_signing_key
from tests.stand_ins import NOON, FixedClock

OLD = "an-old-key-of-the-college-0123456789abcdef"
NEW = "the-present-key-of-the-college-0123456789a"
FORMER, BOTH, PRESENT = Keyring([OLD]), Keyring([NEW, OLD]), Keyring([NEW])


def fill(unit: UnitOfWork) -> None:
    """Two consumer keys, one of them rotated; a site, an authorisation, a signing key."""
    College().store(unit)
    rows = consumer_key_row("plain"), consumer_key_row("rotated")
    unit.registrations.save(a_consumer_key("plain", secret=FORMER.seal("one", rows[0])))
    unit.registrations.save(
        a_consumer_key(
            "rotated",
            secret=FORMER.seal("two", rows[1]),
            previous_secret=FORMER.seal("three", rows[1]),
            previous_until=NOON,
        )
    )
    site = unit.sites.get(a_site().id)
    unit.sites.save(replace(site, client_secret=FORMER.seal("four", site_row(site.id))))
    held, row = an_authorisation(), authorisation_row(an_authorisation().id)
    tokens = FORMER.seal("five", row), FORMER.seal("six", row)
    unit.sites.save_authorisation(replace(held, access_token=tokens[0], refresh_token=tokens[1]))
    signing = a_signing_key()
    unit.signing_keys.put(
        replace(signing, private=FORMER.seal("seven", signing_key_row(signing.id)))
    )


def opened(unit: UnitOfWork, keys: Keyring) -> list[str]:
    return sorted(keys.open(secret, one.row) for one in sealed_rows(unit) for secret in one.secrets)


@pytest.fixture
def college(units: UnitOfWorkFactory) -> UnitOfWorkFactory:
    with units() as unit:
        fill(unit)
        unit.commit()
    return units


def test_the_former_key_is_needed_no_more(college: UnitOfWorkFactory, clock: FixedClock) -> None:
    with college(write=False) as unit:
        before = opened(unit, FORMER)
    assert before == ["five", "four", "one", "seven", "six", "three", "two"]

    report = SealAnew(college, clock, BOTH)("command line")

    assert report == SealReport(5, 0, ())
    with college(write=False) as unit:
        assert opened(unit, PRESENT) == before
        assert [entry.subject for entry in unit.audit.entries()] == ["secret-keys"]


def test_again_is_harmless_and_no_deed(college: UnitOfWorkFactory, clock: FixedClock) -> None:
    SealAnew(college, clock, BOTH)("command line")
    assert SealAnew(college, clock, BOTH)("command line") == SealReport(0, 5, ())
    with college(write=False) as unit:
        assert len(unit.audit.entries()) == 1


def test_what_no_key_opens_is_named_and_left_alone(
    college: UnitOfWorkFactory, clock: FixedClock
) -> None:
    held = an_authorisation()
    row = authorisation_row(held.id)
    lost = Keyring(["a-key-that-nobody-has-any-more-0123456789"]).seal("gone", row)
    with college() as unit:
        stored = unit.sites.authorisation_by_id(held.id)
        unit.sites.save_authorisation(replace(stored, access_token=lost))
        unit.commit()

    assert SealAnew(college, clock, BOTH)("command line") == SealReport(4, 0, (row,))
    with college() as unit:
        kept = unit.sites.authorisation_by_id(held.id)
        assert kept.access_token == lost
        unit.sites.save_authorisation(replace(kept, state=AuthorisationState.LOST))
        unit.commit()
    assert SealAnew(college, clock, BOTH)("command line") == SealReport(0, 4, ())
