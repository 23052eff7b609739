"""Who acts on an account: asked in order, severed at once, and by what the LMS says alone."""

import pytest

from adapters.outbound.jobs.memory_jobs import MemoryJobs
from adapters.outbound.memory.lms_outcome_state import ROOT
from adapters.outbound.memory.unit_of_work import MemoryUnits
from application.errors import LmsForbidden, LmsUnauthorised, LmsUnavailable
from domain.access import Role
from domain.ids import PersonId
from domain.outcomes.found import OutcomePlace, PlaceKind
from tests import builders
from tests.application.accounts import ACCOUNT, SITE, AccountDesk
from tests.stand_ins import FixedClock


@pytest.fixture
def desk(memory_units: MemoryUnits, memory_jobs: MemoryJobs, clock: FixedClock) -> AccountDesk:
    return AccountDesk(memory_units, memory_jobs, clock)


class TestActing:
    async def test_the_first_who_authorised_acts(self, desk: AccountDesk) -> None:
        dana = desk.admin("dana")
        desk.admin("kim")

        agent = await desk.agents.acting_on(SITE, ACCOUNT)

        assert agent.person_id == "person-dana"
        assert (await agent.gateway.me()).ref == dana

    async def test_when_it_was_asked_is_kept(self, desk: AccountDesk) -> None:
        desk.admin("dana")
        now = desk.clock.advance(days=2)

        await desk.agents.acting_on(SITE, ACCOUNT)

        assert desk.accounts()["dana"].checked_at == now

    async def test_a_role_here_plays_no_part(self, desk: AccountDesk) -> None:
        desk.admin("dana")
        with desk.units() as unit:
            unit.roster.put_people([builders.a_person("dana", active=False)])
            unit.roster.grant(builders.a_role_grant("dana", role=Role.READER))
            unit.commit()

        assert (await desk.agents.acting_on(SITE, ACCOUNT)).person_id == "person-dana"

    async def test_nobody_who_authorised_is_an_error_with_its_cure(self, desk: AccountDesk) -> None:
        desk.consented("dana")

        with pytest.raises(LmsUnauthorised, match="presses Authorize"):
            await desk.agents.acting_on(SITE, ACCOUNT)


class TestLosingTheRight:
    async def test_severs_at_once_and_the_next_acts(self, desk: AccountDesk) -> None:
        dana = desk.admin("dana")
        desk.admin("kim")
        desk.canvas.revoke_admin(ROOT, dana)

        agent = await desk.agents.acting_on(SITE, ACCOUNT)

        assert agent.person_id == "person-kim"
        assert desk.reasons() == {"dana": "right-lost", "kim": ""}
        assert desk.deeds()[-1] == ("system", "severed")

    async def test_of_the_last_one_leaves_nobody(self, desk: AccountDesk) -> None:
        desk.admin("dana")
        desk.canvas.unimportable.add(ACCOUNT)

        with pytest.raises(LmsUnauthorised):
            await desk.agents.acting_on(SITE, ACCOUNT)

        assert desk.reasons() == {"dana": "right-lost"}

    async def test_in_another_account_only_passes_the_person_over(self, desk: AccountDesk) -> None:
        desk.admin("dana")
        desk.admin("kim")
        below = desk.canvas.given_unit(name="Sciences")
        place = OutcomePlace(PlaceKind.ACCOUNT, below)
        desk.canvas.unmanageable.add(place)

        with pytest.raises(LmsUnauthorised):
            await desk.agents.acting_on(SITE, place)

        assert desk.reasons() == {"dana": "", "kim": ""}

    async def test_of_consent_severs_by_its_own_name(self, desk: AccountDesk) -> None:
        desk.lms.withdraw(desk.admin("dana"))
        desk.admin("kim")

        assert (await desk.agents.acting_on(SITE, ACCOUNT)).person_id == "person-kim"
        assert desk.reasons()["dana"] == "unauthorised"

    async def test_that_canvas_tells_by_a_refusal_counts_too(self, desk: AccountDesk) -> None:
        desk.admin("dana")
        desk.lms.failures.append(LmsForbidden("You may not see this.", reason="no-right"))

        with pytest.raises(LmsUnauthorised):
            await desk.agents.acting_on(SITE, ACCOUNT)

        assert desk.reasons() == {"dana": "right-lost"}


class TestWhatIsNobodysFault:
    async def test_an_lms_that_is_away_severs_nobody(self, desk: AccountDesk) -> None:
        desk.admin("dana")
        desk.lms.failures.append(LmsUnavailable("Away."))

        with pytest.raises(LmsUnavailable):
            await desk.agents.acting_on(SITE, ACCOUNT)

        assert desk.reasons() == {"dana": ""}

    async def test_a_scope_that_the_key_lacks_severs_nobody(self, desk: AccountDesk) -> None:
        desk.admin("dana")
        desk.lms.scopes_held = False

        with pytest.raises(LmsForbidden):
            await desk.agents.acting_on(SITE, ACCOUNT)

        assert desk.reasons() == {"dana": ""}


class TestSevering:
    async def test_twice_keeps_the_first_reason(self, desk: AccountDesk) -> None:
        desk.admin("dana")

        await desk.agents.severed(SITE, PersonId("person-dana"), "right-lost")
        await desk.agents.severed(SITE, PersonId("person-dana"), "unauthorised")

        assert desk.reasons() == {"dana": "right-lost"}
        assert desk.deeds().count(("system", "severed")) == 1

    async def test_somebody_who_never_authorised_changes_nothing(self, desk: AccountDesk) -> None:
        desk.admin("dana")

        await desk.agents.severed(SITE, PersonId("person-tess"), "right-lost")

        assert desk.reasons() == {"dana": ""}
