"""What consent brings besides its pages: queued sends go on, rows stay one, deeds are written."""

from datetime import timedelta

import pytest

from adapters.outbound.jobs.memory_jobs import MemoryJobs
from adapters.outbound.memory.lms_outcome_state import ROOT
from adapters.outbound.memory.unit_of_work import MemoryUnits
from application.errors import (
    Conflict,
    LaunchRejected,
    LmsUnauthorised,
    LmsUnavailable,
    NotFound,
)
from application.ports.lms import LmsAccount
from application.ports.lms_plugin import Grant, SiteAccess
from application.use_cases.lms.authorise import (
    hashed,
)
from application.use_cases.lms.revoke_authorisation import RevokeAccount
from domain.delivery import DeliveryState, SendState
from domain.ids import AuthorisationId, PersonId
from domain.lms_site import AuthorisationState
from tests import builders
from tests.application.accounts import AccountDesk
from tests.application.consenting import BROWSER, OTHER, SITE, Consent
from tests.application.sending import TEACHER, states
from tests.stand_ins import FixedClock


@pytest.fixture
def consent(memory_units: MemoryUnits, memory_jobs: MemoryJobs, clock: FixedClock) -> Consent:
    return Consent(AccountDesk(memory_units, memory_jobs, clock))


class TestAsking:
    def test_keeps_hashes_of_state_and_browser_only(self, consent: Consent) -> None:
        state = consent.begun()

        with consent.room.units() as unit:
            kept = unit.sites.take_consent(hashed(state))
        assert kept is not None
        assert kept.session_hash == hashed(BROWSER)
        assert (state in str(kept), BROWSER in str(kept)) == (False, False)

    def test_each_time_has_a_state_of_its_own(self, consent: Consent) -> None:
        assert consent.begun() != consent.begun()

    def test_at_a_site_that_is_off_is_refused(self, consent: Consent) -> None:
        with consent.room.units() as unit:
            site = unit.sites.get(SITE)
            unit.sites.save(builders.a_site(active=False, version=site.version))
            unit.commit()

        with pytest.raises(NotFound):
            consent.begun()


class TestGiving:
    async def test_replaces_what_was_held_in_the_same_row(self, consent: Consent) -> None:
        before = consent.held()
        consent.room.clock.advance(days=3)

        await consent.given(consent.begun())

        after = consent.held()
        assert (after.id, after.access_token != before.access_token) == (before.id, True)
        assert (after.authorised_at, after.lease_until) == (consent.room.clock.now(), None)
        assert consent.deeds()[-1] == (TEACHER, "authorised")

    async def test_makes_a_row_where_there_was_none(self, consent: Consent) -> None:
        student = PersonId("person-ana")
        state = consent.begun(student)

        await consent.given(state, consent.room.refs["ana"])

        with consent.room.units(write=False) as unit:
            held = unit.sites.authorisation(SITE, student)
        assert held is not None
        assert held.id == AuthorisationId("authorisation-0001")

    async def test_sends_what_waited(self, consent: Consent) -> None:
        room = consent.room
        room.lms.withdraw(room.teacher)
        with pytest.raises(LmsUnauthorised):
            await room.send()
        await consent.given(consent.begun())
        report = await room.send(run=False)
        room.lms.withdraw(room.teacher)
        await room.runner.run_all()
        assert room.report(report.send.id).send.state is SendState.WAITING

        await consent.given(consent.begun())
        await room.runner.run_all()

        after = room.report(report.send.id)
        assert after.send.state is SendState.DONE
        assert set(states(after).values()) == {DeliveryState.SENT}

    async def test_by_somebody_else_leaves_those_that_wait(self, consent: Consent) -> None:
        room = consent.room
        report = await room.send(run=False)
        room.lms.withdraw(room.teacher)
        await room.runner.run_all()

        await consent.given(consent.begun(PersonId("person-ana")), room.refs["ana"])
        await room.runner.run_all()

        assert room.report(report.send.id).send.state is SendState.WAITING

    async def test_is_void_when_canvas_is_away_and_the_state_is_used_up(
        self, consent: Consent, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async def away(_lms: object, _site: SiteAccess, **_given: str) -> Grant:
            raise LmsUnavailable("Away.")

        before, state = consent.held(), consent.begun()
        monkeypatch.setattr(type(consent.room.lms), "redeem", away)
        with pytest.raises(LmsUnavailable):
            await consent.given(state)
        monkeypatch.undo()

        assert consent.held() == before
        with pytest.raises(Conflict):
            await consent.given(state)

    async def test_too_late_is_void(self, consent: Consent) -> None:
        state = consent.begun()
        consent.room.clock.at += timedelta(minutes=10)

        with pytest.raises(Conflict):
            await consent.given(state)


class TestWhose:
    """The LMS account must not name another person; unseen browsers need it to name this one."""

    @pytest.mark.parametrize(
        ("fields", "same_browser", "other_browser"),
        [
            ({"sis_id": "Ctess"}, True, True),
            ({"sis_id": " Ctess "}, True, True),
            ({"login": "TESS"}, True, True),
            ({"email": "Tess@Example.edu"}, True, True),
            ({"sis_id": "Cold", "login": "tess"}, True, True),
            ({}, True, False),
            ({"sis_id": "Cbo"}, False, False),
            ({"sis_id": "ctess"}, False, False),
            ({"login": "bo", "email": "bo@example.edu"}, False, False),
        ],
    )
    async def test_is_told_by_its_fields(
        self, consent: Consent, fields: dict[str, str], *, same_browser: bool, other_browser: bool
    ) -> None:
        account: LmsAccount = consent.room.lms.state.given_account(**fields)

        assert await self.taken(consent, account, BROWSER) is same_browser
        assert await self.taken(consent, account, OTHER) is other_browser

    async def taken(self, consent: Consent, account: LmsAccount, browser: str) -> bool:
        try:
            await consent.given(consent.begun(), account.ref, browser)
        except LmsUnauthorised:
            return False
        return consent.held().user_ref == account.ref


class TestSigningIn:
    async def test_needs_the_browser_that_began(self, consent: Consent) -> None:
        with pytest.raises(Conflict):
            await consent.given(consent.begun(None), consent.room.teacher, OTHER)

        given = await consent.given(consent.begun(None, "/"), consent.room.teacher)
        assert given.started is not None

    async def test_goes_by_the_field_of_the_matching_rule(self, consent: Consent) -> None:
        with consent.room.units() as unit:
            unit.settings.put("matching.user.field", "login")
            unit.commit()
        account = consent.room.lms.state.given_account(sis_id="Cbo", login="Tess")

        given = await consent.given(consent.begun(None), account.ref)

        assert given.started is not None
        with consent.room.units(write=False) as unit:
            session = unit.sessions.by_id(given.started.session_id)
        assert session is not None
        assert session.person_id == TEACHER

    async def test_goes_by_login_where_the_lms_hides_the_sis_id(self, consent: Consent) -> None:
        account = consent.room.lms.state.given_account(login="Tess")

        given = await consent.given(consent.begun(None), account.ref)

        assert given.started is not None

    async def test_of_an_inactive_person_is_refused(self, consent: Consent) -> None:
        with consent.room.units() as unit:
            unit.roster.put_people([builders.a_person("tess", active=False)])
            unit.commit()

        with pytest.raises(LaunchRejected):
            await consent.given(consent.begun(None))


class TestRevoking:
    async def test_of_ones_own_ends_the_account_too(self, consent: Consent) -> None:
        consent.desk.canvas.given_admin(ROOT, consent.room.teacher)
        await consent.given(consent.begun(for_account=True))

        await consent.revoke(SITE, TEACHER)

        assert consent.desk.reasons() == {"tess": "revoked"}

    async def test_of_an_account_leaves_the_own_one(self, consent: Consent) -> None:
        consent.desk.admin("dana")
        revoke = RevokeAccount(consent.room.units, consent.room.clock)

        revoke("person-stew", SITE, PersonId("person-dana"))

        assert consent.desk.reasons() == {"dana": "revoked"}
        assert consent.deeds()[-1] == ("person-stew", "revoked")
        await consent.desk.gateways.acting_for(PersonId("person-dana"), SITE)
        with pytest.raises(NotFound):
            revoke("person-stew", SITE, PersonId("person-dana"))

    async def test_is_told_to_the_lms_and_audited(self, consent: Consent) -> None:
        await consent.revoke(SITE, TEACHER)

        assert consent.held().state is AuthorisationState.REVOKED
        assert consent.deeds()[-1] == (TEACHER, "revoked")
        with pytest.raises(LmsUnauthorised):
            await consent.room.send()

    async def test_twice_finds_nothing(self, consent: Consent) -> None:
        await consent.revoke(SITE, TEACHER)

        with pytest.raises(NotFound):
            await consent.revoke(SITE, TEACHER)

    async def test_holds_here_even_when_the_lms_is_away(
        self, consent: Consent, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async def away(_lms: object, _site: SiteAccess, **_given: str) -> None:
            raise LmsUnavailable("Away.")

        monkeypatch.setattr(type(consent.room.lms), "revoke", away)

        with pytest.raises(LmsUnavailable):
            await consent.revoke(SITE, TEACHER)

        assert consent.held().state is AuthorisationState.REVOKED
