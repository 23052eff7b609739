"""What consent brings besides its pages: queued sends go on, rows stay one, deeds are written."""

from dataclasses import dataclass
from datetime import timedelta

import pytest

from adapters.outbound.jobs.memory_jobs import MemoryJobs
from adapters.outbound.memory.lms_outcome_state import ROOT
from adapters.outbound.memory.unit_of_work import MemoryUnits
from application.errors import (
    Conflict,
    Invalid,
    LaunchRejected,
    LmsForbidden,
    LmsUnauthorised,
    LmsUnavailable,
    NotFound,
)
from application.ports.lms import LmsAccount
from application.ports.lms_plugin import Grant, SiteAccess
from application.use_cases.authorise import (
    BeginConsent,
    ConsentAnswer,
    ConsentGiven,
    FinishConsent,
    hashed,
)
from application.use_cases.authorise_account import AuthoriseAccount, ChooseAccount
from application.use_cases.revoke_authorisation import RevokeAccount, RevokeAuthorisation
from application.use_cases.sign_in import SignInPerson
from domain.delivery import DeliveryState, SendState
from domain.ids import AuthorisationId, LmsUserRef, PersonId
from domain.lms_site import Authorisation, AuthorisationState
from domain.outcomes.sync_run import RunState
from tests import builders
from tests.application.accounts import ACCOUNT, AccountDesk
from tests.application.sending import TEACHER, Classroom, at_once, states
from tests.exchange_builders import a_sync_run
from tests.stand_ins import CountedIds, FixedClock

SITE = builders.a_site().id
CALLBACK = "https://attain.test/integrations/canvas/callback"
BROWSER, OTHER = "a browser", "another browser"


@dataclass
class Consent:
    """Tess' classroom, whose authorisation stands, and the use cases of consent."""

    desk: AccountDesk

    @property
    def room(self) -> Classroom:
        return self.desk.room

    def __post_init__(self) -> None:
        room, secrets = self.room, CountedIds("secret")
        account = AuthoriseAccount(room.units, at_once, room.clock, self.desk.agents)
        lms = {"canvas": room.lms}
        self.ask = BeginConsent(room.units, room.clock, room.keyring, secrets, lms, CALLBACK)
        self.finish = FinishConsent(
            room.units,
            at_once,
            room.clock,
            room.keyring,
            CountedIds("authorisation"),
            SignInPerson(room.units, room.clock, secrets),
            lms,
            CALLBACK,
            account,
        )
        self.revoke = RevokeAuthorisation(room.units, at_once, room.clock, room.keyring, lms)

    def begun(
        self,
        person_id: PersonId | None = TEACHER,
        return_to: str = "/links",
        *,
        for_account: bool = False,
    ) -> str:
        url = self.ask(
            SITE,
            person_id=person_id,
            binding=BROWSER,
            return_to=return_to,
            for_account=for_account,
        )
        return url.rpartition("state=")[2]

    async def given(
        self, state: str, user: LmsUserRef | None = None, *bindings: str
    ) -> ConsentGiven:
        code = self.room.lms.given_code(user or self.room.teacher)
        return await self.finish(ConsentAnswer(state, code, "", bindings or (BROWSER,)))

    def held(self) -> Authorisation:
        with self.room.units(write=False) as unit:
            held = unit.sites.authorisation(SITE, TEACHER)
        assert held is not None
        return held

    def deeds(self) -> list[tuple[str, str]]:
        with self.room.units(write=False) as unit:
            return [(entry.actor, entry.verb) for entry in unit.audit.entries()]


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


class TestForAnAccount:
    async def test_an_administrator_is_taken_at_once(self, consent: Consent) -> None:
        desk = consent.desk
        desk.canvas.given_admin(ROOT, consent.room.teacher)

        await consent.given(consent.begun(for_account=True))

        held = desk.accounts()["tess"]
        assert (held.account_ref, held.given_at, held.holds) == (ROOT, desk.clock.now(), True)
        assert consent.deeds()[-1] == (TEACHER, "authorised")
        assert (await desk.agents.acting_on(SITE, ACCOUNT)).person_id == TEACHER

    async def test_lacking_the_right_it_is_refused_with_account_and_cure(
        self, consent: Consent
    ) -> None:
        consent.desk.canvas.given_admin(ROOT, consent.room.teacher)
        consent.desk.canvas.unimportable.add(ACCOUNT)

        with pytest.raises(LmsForbidden) as refused:
            await consent.given(consent.begun(for_account=True))

        says = str(refused.value)
        assert refused.value.reason == "no-right"
        assert ("import_outcomes" in says, "manage_outcomes" in says) == (True, False)
        assert "Practice College" in says
        assert "Ask a Canvas administrator" in says
        assert consent.desk.accounts() == {}
        assert consent.held().state is AuthorisationState.ACTIVE

    async def test_somebody_without_any_right_is_told_both(self, consent: Consent) -> None:
        with pytest.raises(LmsForbidden, match=r"manage_outcomes.* nor .*import_outcomes"):
            await consent.given(consent.begun(for_account=True))

    async def test_a_right_lost_since_is_severed_by_refreshing(self, consent: Consent) -> None:
        desk = consent.desk
        desk.canvas.given_admin(ROOT, consent.room.teacher)
        await consent.given(consent.begun(for_account=True))
        desk.canvas.revoke_admin(ROOT, consent.room.teacher)

        with pytest.raises(LmsForbidden):
            await consent.given(consent.begun(for_account=True))

        assert desk.reasons() == {"tess": "right-lost"}

    async def test_refreshing_mends_what_was_severed(self, consent: Consent) -> None:
        desk = consent.desk
        desk.canvas.given_admin(ROOT, consent.room.teacher)
        await consent.given(consent.begun(for_account=True))
        await desk.agents.severed(SITE, TEACHER, "right-lost")

        await consent.given(consent.begun(for_account=True))

        assert desk.reasons() == {"tess": ""}

    async def test_before_an_account_is_chosen_only_the_own_one_stands(
        self, consent: Consent
    ) -> None:
        consent.desk.choose("")

        given = await consent.given(consent.begun(return_to="/settings", for_account=True))

        assert given.return_to == "/settings"
        assert consent.desk.accounts() == {}
        assert consent.held().state is AuthorisationState.ACTIVE

    async def test_own_consent_makes_none(self, consent: Consent) -> None:
        consent.desk.canvas.given_admin(ROOT, consent.room.teacher)

        await consent.given(consent.begun())

        assert consent.desk.accounts() == {}

    async def test_takes_up_the_synchronisation_that_waited(self, consent: Consent) -> None:
        self.waiting_run(consent)
        consent.desk.canvas.given_admin(ROOT, consent.room.teacher)

        await consent.given(consent.begun(for_account=True))

        assert self.run_state(consent) is RunState.QUEUED

    async def test_refused_takes_up_at_least_what_waited_for_the_person(
        self, consent: Consent
    ) -> None:
        self.waiting_run(consent, acts_as=TEACHER)

        with pytest.raises(LmsForbidden):
            await consent.given(consent.begun(for_account=True))

        assert self.run_state(consent) is RunState.QUEUED

    def waiting_run(self, consent: Consent, acts_as: PersonId | None = None) -> None:
        with consent.room.units() as unit:
            unit.sync_runs.save(a_sync_run(state=RunState.WAITING, acts_as=acts_as))
            unit.commit()

    def run_state(self, consent: Consent) -> RunState:
        with consent.room.units(write=False) as unit:
            return unit.sync_runs.get(a_sync_run().id).state

    def test_the_account_is_chosen_and_audited(self, consent: Consent) -> None:
        choose = ChooseAccount(consent.room.units, consent.room.clock)
        choose("person-stew", "main", " 7 ")

        with consent.room.units(write=False) as unit:
            assert unit.sites.get(SITE).account_ref == "7"
        assert consent.deeds()[-1] == ("person-stew", "chose the account of")
        with pytest.raises(Invalid):
            choose("person-stew", "main", " ")


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
