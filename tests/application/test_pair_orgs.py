"""Orgs and the sub-accounts where their outcomes go: inherited, suggested, paired."""

from dataclasses import replace

import pytest

from adapters.outbound.jobs.memory_jobs import MemoryJobs
from adapters.outbound.memory.lms_outcome_state import ROOT
from adapters.outbound.memory.unit_of_work import MemoryUnits
from application.account_tree import AccountTree, TreeAccount
from application.errors import Invalid, LmsUnavailable, NotFound
from application.use_cases.lms.pair_orgs import (
    AcceptSuggestions,
    ListOrgPairings,
    OrgLine,
    OrgList,
    PairOrg,
    PairOrgCommand,
    suggested_for,
)
from domain.ids import LmsAccountRef, OrgId
from domain.lms_site import OrgPairing
from tests import builders
from tests.application.accounts import SITE, AccountDesk
from tests.application.sending import TEACHER, at_once
from tests.stand_ins import FixedClock


class Pairing:
    """A college of two departments; the first has a program. Sub-accounts of the same names."""

    def __init__(self, desk: AccountDesk) -> None:
        self.desk = desk
        self.list = ListOrgPairings(desk.units, at_once, desk.read_accounts)
        self.pair = PairOrg(desk.units, at_once, desk.clock, desk.read_accounts)
        self.accept = AcceptSuggestions(desk.units, at_once, desk.clock, self.list)
        college, english = builders.an_org("college"), builders.an_org("english")
        poetry = builders.an_org("poetry", parent_id=english.id)
        with desk.units() as unit:
            unit.roster.put_orgs(
                [
                    college,
                    replace(english, parent_id=college.id),
                    poetry,
                    builders.an_org("science", parent_id=college.id),
                    builders.an_org("closed", active=False),
                ]
            )
            unit.commit()
        self.english = desk.canvas.given_unit(name="Languages", sis_id="src-english")
        self.science = desk.canvas.given_unit(name="  SCIENCE ")

    async def listed(self) -> OrgList:
        return await self.list("main", None)

    async def line(self, name: str) -> OrgLine:
        return next(line for line in (await self.listed()).lines if line.name == name)

    async def paired(self, org: str, account: str) -> OrgPairing | None:
        return await self.pair(PairOrgCommand("command line", "main", org, account))


@pytest.fixture
def pairing(memory_units: MemoryUnits, memory_jobs: MemoryJobs, clock: FixedClock) -> Pairing:
    desk = AccountDesk(memory_units, memory_jobs, clock)
    desk.admin("dana")
    return Pairing(desk)


class TestTheTree:
    async def test_draws_orgs_below_their_parents(self, pairing: Pairing) -> None:
        drawn = [(line.depth, line.name) for line in (await pairing.listed()).lines]

        assert drawn == [(0, "College"), (1, "English"), (2, "Poetry"), (1, "Science")]

    async def test_draws_accounts_below_theirs(self, pairing: Pairing) -> None:
        tree = (await pairing.listed()).tree

        assert [(one.depth, one.name.strip()) for one in tree.accounts] == [
            (0, "Practice College"), (1, "SCIENCE"), (1, "Languages"),
        ]  # fmt: skip

    async def test_counts_the_courses_of_each_org(self, pairing: Pairing) -> None:
        assert (await pairing.line("English")).courses == 1
        assert (await pairing.line("Science")).courses == 0

    async def test_of_an_unknown_site_is_not_there(self, pairing: Pairing) -> None:
        with pytest.raises(NotFound):
            await pairing.list("nowhere", None)

    async def test_without_authorisation_says_so_and_lists_the_orgs(self, pairing: Pairing) -> None:
        pairing.desk.canvas.admins.clear()

        listed = await pairing.listed()

        assert (listed.tree.unread, len(listed.lines)) == ("unauthorised", 4)

    async def test_is_read_with_ones_own_authorisation_first(self, pairing: Pairing) -> None:
        pairing.desk.canvas.given_admin(pairing.science, pairing.desk.room.teacher)

        tree = (await pairing.list("main", TEACHER)).tree

        assert [one.ref for one in tree.accounts] == [pairing.science]

    async def test_of_somebody_who_administers_none_is_read_by_the_agent(
        self, pairing: Pairing
    ) -> None:
        tree = (await pairing.list("main", TEACHER)).tree

        assert tree.account(ROOT) is not None

    async def test_while_canvas_is_away_says_so(self, pairing: Pairing) -> None:
        pairing.desk.lms.failures.append(LmsUnavailable("Away."))

        assert (await pairing.listed()).tree.unread == "unavailable"


class TestSuggesting:
    async def test_goes_by_sis_id_then_by_name(self, pairing: Pairing) -> None:
        english, science = await pairing.line("English"), await pairing.line("Science")

        assert english.suggestion is not None
        assert science.suggestion is not None
        assert (english.suggestion.ref, science.suggestion.ref) == (
            pairing.english,
            pairing.science,
        )
        assert (await pairing.line("Poetry")).suggestion is None

    def test_several_that_fit_suggest_nothing(self) -> None:
        twice = [TreeAccount(LmsAccountRef(ref), "English", None, 0) for ref in "12"]

        assert suggested_for(builders.an_org("english"), twice) is None

    def test_an_empty_code_fits_no_account(self) -> None:
        nameless = [TreeAccount(LmsAccountRef("1"), "Other", "", 0)]

        assert suggested_for(builders.an_org("english", code=""), nameless) is None

    async def test_all_are_accepted_at_once(self, pairing: Pairing) -> None:
        assert await pairing.accept("person-stew", "main", None) == 2

        line = await pairing.line("English")
        assert line.own is not None
        assert (line.own.account_ref, line.own.account_name) == (pairing.english, "Languages")
        assert line.own.paired_by == "person-stew"
        assert line.suggestion is None
        assert pairing.desk.deeds()[-2:] == [("person-stew", "paired")] * 2


class TestPairing:
    async def test_is_inherited_below(self, pairing: Pairing) -> None:
        await pairing.paired("ENGL", pairing.english)

        poetry = await pairing.line("Poetry")

        assert poetry.pairing is not None
        assert (poetry.pairing.account_ref, poetry.inherited_from) == (pairing.english, "English")
        assert poetry.own is None

    async def test_takes_the_sis_id_too(self, pairing: Pairing) -> None:
        paired = await pairing.paired("src-science", "src-english")

        assert paired is not None
        assert (paired.org_id, paired.account_ref) == (OrgId("org-science"), pairing.english)

    async def test_with_an_account_that_is_not_there_is_refused(self, pairing: Pairing) -> None:
        with pytest.raises(Invalid, match="account"):
            await pairing.paired("ENGL", "999")

    async def test_takes_a_number_as_given_while_canvas_cannot_be_asked(
        self, pairing: Pairing
    ) -> None:
        pairing.desk.canvas.admins.clear()

        paired = await pairing.paired("ENGL", "999")

        assert paired is not None
        assert (paired.account_ref, paired.account_name) == ("999", "")

    async def test_of_an_unknown_or_closed_org_is_refused(self, pairing: Pairing) -> None:
        for name in ("nothing", "src-closed"):
            with pytest.raises(Invalid, match="org"):
                await pairing.paired(name, pairing.english)

    async def test_is_taken_away_with_a_deed(self, pairing: Pairing) -> None:
        await pairing.paired("ENGL", pairing.english)

        assert await pairing.paired("ENGL", "") is None

        with pairing.desk.units(write=False) as unit:
            assert unit.pairings.orgs(SITE) == {}
        assert pairing.desk.deeds()[-1] == ("command line", "unpaired")


def test_an_unread_tree_knows_no_account() -> None:
    assert AccountTree(unread="unavailable").account("1") is None
