"""Consent for an account: of an administrator only, kept apart from the person's own."""

import pytest

from adapters.outbound.jobs.memory_jobs import MemoryJobs
from adapters.outbound.memory.lms_outcome_state import ROOT
from adapters.outbound.memory.unit_of_work import MemoryUnits
from application.errors import Invalid, LmsForbidden
from application.use_cases.lms.authorise_account import ChooseAccount
from domain.ids import PersonId
from domain.lms_site import AuthorisationState
from domain.outcomes.sync_run import RunState
from tests.application.accounts import ACCOUNT, AccountDesk
from tests.application.consenting import SITE, Consent
from tests.application.sending import TEACHER
from tests.exchange_builders import a_sync_run
from tests.stand_ins import FixedClock


@pytest.fixture
def consent(memory_units: MemoryUnits, memory_jobs: MemoryJobs, clock: FixedClock) -> Consent:
    return Consent(AccountDesk(memory_units, memory_jobs, clock))


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
