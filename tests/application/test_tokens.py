"""Stored tokens: one flight renews, the others read again, and nothing is lost in silence."""

import asyncio
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from adapters.outbound.memory.lms import MemoryLms
from adapters.outbound.memory.unit_of_work import MemoryUnits
from adapters.outbound.secrets.keyring import Keyring
from application.errors import LmsUnauthorised, LmsUnavailable
from application.ports.lms_plugin import Grant, SiteAccess
from application.ports.secrets import authorisation_row
from application.tokens import StoredTokens, TokenVault
from domain.ids import LmsUserRef
from domain.lms_site import Authorisation, AuthorisationState
from tests import builders
from tests.application.sending import at_once
from tests.stand_ins import FixedClock

ACCESS = SiteAccess("https://main.lms.test", "10000001", "client secret")
LEASE = timedelta(seconds=30)


@dataclass(slots=True, eq=False, repr=False)
class SlowLms(MemoryLms):
    """Refreshing takes until the gate opens; `outages` are raised first, in this order."""

    gate: asyncio.Event = field(default_factory=asyncio.Event)
    begun: asyncio.Event = field(default_factory=asyncio.Event)
    outages: list[Exception] = field(default_factory=list)
    asked: int = 0

    async def refresh(self, site: SiteAccess, *, refresh_token: str) -> Grant:
        self.asked += 1
        self.begun.set()
        await self.gate.wait()
        if self.outages:
            raise self.outages.pop(0)
        return await MemoryLms.refresh(self, site, refresh_token=refresh_token)


@dataclass
class Desk:
    """Tess' authorisation as a row, and the tokens over it."""

    units: MemoryUnits
    clock: FixedClock
    expires_at: datetime | None = None
    lms: SlowLms = field(default_factory=SlowLms)
    naps: int = 0

    def __post_init__(self) -> None:
        self.keyring = Keyring(["k" * 40])
        self.user: LmsUserRef = self.lms.state.given_account(sis_id="Ctess").ref
        self.lms.gate.set()
        grant = self.lms.given_grant(self.user)
        self.first = grant.access_token
        held = builders.an_authorisation()
        row = authorisation_row(held.id)
        with self.units() as unit:
            unit.sites.save(builders.a_site())
            unit.sites.save_authorisation(
                replace(
                    held,
                    access_token=self.keyring.seal(grant.access_token, row),
                    refresh_token=self.keyring.seal(grant.refresh_token or "", row),
                    expires_at=self.expires_at,
                )
            )
            unit.commit()

    def tokens(self) -> StoredTokens:
        """As one more process would hold them."""
        vault = TokenVault(self.units, at_once, self.clock, self.keyring, self.nap)
        return vault.of(builders.an_authorisation().id, self.lms, ACCESS)

    async def nap(self, _seconds: float) -> None:
        """Let the others go on; the flight lands after a few looks."""
        self.naps += 1
        if self.naps == 3:
            self.lms.gate.set()
        await asyncio.sleep(0)

    def row(self) -> Authorisation:
        with self.units(write=False) as unit:
            return unit.sites.authorisation_by_id(builders.an_authorisation().id)

    def change(self, **changes: Any) -> None:
        with self.units() as unit:
            unit.sites.save_authorisation(replace(self.row(), **changes))
            unit.commit()

    def deeds(self) -> list[tuple[str, str]]:
        with self.units(write=False) as unit:
            return [(entry.actor, entry.verb) for entry in unit.audit.entries()]


@pytest.fixture
def desk(memory_units: MemoryUnits, clock: FixedClock) -> Desk:
    return Desk(memory_units, clock)


class TestReading:
    async def test_hands_out_what_is_stored(self, desk: Desk) -> None:
        assert await desk.tokens().token() == desk.first
        assert desk.lms.asked == 0

    @pytest.mark.parametrize(("seconds", "asked"), [(121, 0), (120, 1), (-1, 1)])
    async def test_renews_two_minutes_before_the_end(
        self, memory_units: MemoryUnits, clock: FixedClock, seconds: int, asked: int
    ) -> None:
        desk = Desk(memory_units, clock, clock.now() + timedelta(seconds=seconds))

        token = await desk.tokens().token()

        assert desk.lms.asked == asked
        assert desk.lms.user_behind(token) == desk.user

    @pytest.mark.parametrize("state", [AuthorisationState.LOST, AuthorisationState.REVOKED])
    async def test_what_no_longer_stands_is_refused(
        self, desk: Desk, state: AuthorisationState
    ) -> None:
        desk.change(state=state)

        with pytest.raises(LmsUnauthorised):
            await desk.tokens().token()

    def test_sources_of_one_authorisation_are_equal(self, desk: Desk) -> None:
        vault = TokenVault(desk.units, at_once, desk.clock, desk.keyring, desk.nap)
        one, other = (vault.of(builders.an_authorisation().id, desk.lms, ACCESS) for _ in range(2))

        assert (one == other, hash(one) == hash(other)) == (True, True)


class TestRenewing:
    async def test_stores_the_new_token_and_keeps_the_refresh_token(self, desk: Desk) -> None:
        before = desk.row()

        token = await desk.tokens().renewed(desk.first)

        after = desk.row()
        assert token != desk.first
        assert await desk.tokens().token() == token
        assert (after.refresh_token, after.lease_until) == (before.refresh_token, None)

    async def test_of_a_token_replaced_meanwhile_only_reads(self, desk: Desk) -> None:
        newer = await desk.tokens().renewed(desk.first)

        assert await desk.tokens().renewed(desk.first) == newer
        assert desk.lms.renewals == 1

    @pytest.mark.parametrize("many", [2, 8])
    async def test_by_many_at_once_is_one_flight(self, desk: Desk, many: int) -> None:
        desk.lms.gate.clear()
        processes = [desk.tokens() for _ in range(many)]

        tokens = await asyncio.gather(*(one.renewed(desk.first) for one in processes))

        assert (desk.lms.asked, len(set(tokens))) == (1, 1)
        assert desk.lms.user_behind(tokens[0]) == desk.user

    async def test_after_a_process_died_in_flight_waits_for_its_lease_to_end(
        self, desk: Desk
    ) -> None:
        desk.change(lease_until=desk.clock.now() + LEASE)

        with pytest.raises(LmsUnavailable):
            await desk.tokens().renewed(desk.first)
        desk.clock.at += LEASE

        assert await desk.tokens().renewed(desk.first) != desk.first
        assert desk.lms.asked == 1


class TestFailing:
    async def test_a_refused_refresh_loses_the_authorisation_and_is_audited(
        self, desk: Desk
    ) -> None:
        desk.lms.withdraw(desk.user)

        with pytest.raises(LmsUnauthorised):
            await desk.tokens().renewed(desk.first)

        row = desk.row()
        assert (row.state, row.lost_reason, row.lease_until) == (
            AuthorisationState.LOST,
            "refused",
            None,
        )
        assert ("system", "authorisation lost") in desk.deeds()

    async def test_who_waited_hears_of_the_loss_too(self, desk: Desk) -> None:
        desk.lms.withdraw(desk.user)
        desk.lms.gate.clear()

        answers = await asyncio.gather(
            *(desk.tokens().renewed(desk.first) for _ in range(3)), return_exceptions=True
        )

        assert {type(answer) for answer in answers} == {LmsUnauthorised}
        assert desk.lms.asked == 1

    async def test_an_outage_gives_the_lease_back_for_the_next_try(self, desk: Desk) -> None:
        desk.lms.outages.append(LmsUnavailable("Away."))

        with pytest.raises(LmsUnavailable):
            await desk.tokens().renewed(desk.first)

        row = desk.row()
        assert (row.state, row.lease_until) == (AuthorisationState.ACTIVE, None)
        assert await desk.tokens().renewed(desk.first) != desk.first

    async def test_a_cancelled_flight_gives_the_lease_back(self, desk: Desk) -> None:
        desk.lms.gate.clear()
        flight = asyncio.create_task(desk.tokens().renewed(desk.first))
        await desk.lms.begun.wait()

        flight.cancel()
        with pytest.raises(asyncio.CancelledError):
            await flight

        assert desk.row().lease_until is None

    @pytest.mark.parametrize("refused", [True, False])
    async def test_consent_given_again_meanwhile_is_not_overwritten(
        self, desk: Desk, *, refused: bool
    ) -> None:
        """The person pressed Authorize while a refresh with the old token was under way."""
        desk.lms.gate.clear()
        if refused:
            desk.lms.withdraw(desk.user)
        flight = asyncio.create_task(desk.tokens().renewed(desk.first))
        await desk.lms.begun.wait()
        fresh = desk.lms.given_grant(desk.user)
        row = authorisation_row(builders.an_authorisation().id)
        desk.change(
            access_token=desk.keyring.seal(fresh.access_token, row),
            refresh_token=desk.keyring.seal(fresh.refresh_token or "", row),
            lease_until=None,
        )
        desk.lms.gate.set()

        assert await flight == fresh.access_token
        assert desk.row().state is AuthorisationState.ACTIVE
