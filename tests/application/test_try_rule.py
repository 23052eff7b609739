"""A matching rule tried on real launches and on users of the LMS before it is saved."""

from contextlib import nullcontext

import pytest

from adapters.outbound.jobs.memory_jobs import MemoryJobs
from adapters.outbound.memory.unit_of_work import MemoryUnits
from application.errors import Invalid, LaunchRejected
from application.use_cases.access.accept_launch import AcceptLaunch
from application.use_cases.matching.matching_rules import SaveMatchingRule, SaveMatchingRuleCommand
from application.use_cases.matching.try_rule import NOT_TOLD, TryRule, TryRuleCommand
from domain.ids import PersonId
from domain.launch import Audience
from tests.application.accounts import AccountDesk
from tests.application.sending import at_once
from tests.builders import a_person
from tests.matching_builders import a_launch
from tests.stand_ins import CountedIds, FixedClock

LOGIN = "custom_canvas_user_login_id"
BY_LOGIN = TryRuleCommand(Audience.STUDENT, LOGIN, "login")


@pytest.fixture
def desk(memory_units: MemoryUnits, memory_jobs: MemoryJobs, clock: FixedClock) -> AccountDesk:
    return AccountDesk(memory_units, memory_jobs, clock)


@pytest.fixture
def launch(desk: AccountDesk) -> AcceptLaunch:
    return AcceptLaunch(desk.units, desk.clock, CountedIds("launch"), CountedIds("secret"))


def the(desk: AccountDesk, most_users: int = 1_000) -> TryRule:
    return TryRule(desk.units, at_once, desk.agents, most_users=most_users)


class TestOnLaunches:
    async def test_who_would_match_who_not_and_who_would_be_another(
        self, desk: AccountDesk, launch: AcceptLaunch
    ) -> None:
        with desk.units() as unit:
            unit.roster.put_people([a_person(key) for key in ("cleo", "dora", "finn")])
            unit.commit()
        said = {
            "ana": {LOGIN: "ana"},
            "bo": {LOGIN: "cleo"},
            "cleo": {},
            "eve": {LOGIN: "dora"},
        }
        for person, params in said.items():
            with pytest.raises(LaunchRejected) if person in {"cleo", "eve"} else nullcontext():
                launch(a_launch(person, **params))

        report = await the(desk)(BY_LOGIN)

        trial = report.launches.trial
        assert (trial.tried, trial.matched, trial.nobody, trial.ambiguous) == (4, 2, 1, 1)
        changes = {(one.before, one.after, one.reason) for one in trial.changes}
        assert changes == {
            (PersonId("person-bo"), None, "reassigned"),
            (PersonId("person-cleo"), None, "nothing-sent"),
            (None, PersonId("person-dora"), ""),
        }
        assert {"person-bo", "person-cleo", "person-dora"} <= set(report.people)

    async def test_trying_saves_nothing(self, desk: AccountDesk) -> None:
        with desk.units(write=False) as unit:
            before = (dict(unit.settings.all()), unit.audit.entries())
        await the(desk)(BY_LOGIN)
        with desk.units(write=False) as unit:
            assert (dict(unit.settings.all()), unit.audit.entries()) == before

    async def test_after_saving_nobody_changes_any_more(
        self, desk: AccountDesk, launch: AcceptLaunch
    ) -> None:
        launch(a_launch("ana", **{LOGIN: "ana"}))
        save = SaveMatchingRule(desk.units, desk.clock)
        save(SaveMatchingRuleCommand("stew", Audience.STUDENT, LOGIN, "login"))
        report = await the(desk)(BY_LOGIN)
        assert report.rule == report.current
        assert (report.launches.trial.matched, report.launches.trial.changed) == (1, 0)

    async def test_what_cannot_be_a_rule_is_refused(self, desk: AccountDesk) -> None:
        with pytest.raises(Invalid):
            await the(desk)(TryRuleCommand(Audience.USER, "no such", "login"))


class TestOnUsers:
    async def test_each_user_of_the_account_is_tried(self, desk: AccountDesk) -> None:
        desk.admin("stew")
        desk.lms.state.given_account(sis_id="Cana", login="bo")
        desk.lms.state.given_account(login="nobody")

        (users,) = (await the(desk)(BY_LOGIN)).users

        assert users.trial is not None
        assert not users.unread
        changes = {(one.before, one.after) for one in users.trial.changes}
        assert (PersonId("person-ana"), PersonId("person-bo")) in changes
        assert users.trial.nobody >= 1

    async def test_a_large_account_is_tried_up_to_a_bound_that_is_told(
        self, desk: AccountDesk
    ) -> None:
        desk.admin("stew")
        for number in range(5):
            desk.lms.state.given_account(login=f"user{number}")

        (users,) = (await the(desk, most_users=3)(BY_LOGIN)).users

        assert users.trial is not None
        assert (users.trial.tried, users.most, users.stopped) == (3, 3, True)

    async def test_without_an_authorization_the_reason_is_told(self, desk: AccountDesk) -> None:
        (users,) = (await the(desk)(BY_LOGIN)).users
        assert (users.trial, users.unread) == (None, "unauthorised")

    async def test_what_accounts_do_not_show_is_told(self, desk: AccountDesk) -> None:
        command = TryRuleCommand(Audience.USER, "custom_badge", "tech-id")
        (users,) = (await the(desk)(command)).users
        assert users.unread == NOT_TOLD
