"""Roles granted and revoked, and what becomes of open sessions."""

from dataclasses import dataclass

import pytest

from adapters.outbound.memory.unit_of_work import MemoryUnits
from application.errors import Forbidden, Invalid, NotFound
from application.roles import HeldRole
from application.use_cases.access.session_starts import Started, StartSessionCommand
from application.use_cases.access.sessions import (
    ChangeRole,
    ChangeRoleCommand,
    ContinueSession,
    ContinueSessionCommand,
    SignedIn,
    StartSession,
)
from application.use_cases.access.sign_in import SignInPerson, SignInPersonCommand
from application.use_cases.people.role_grants import GrantRole, RevokeRole, RoleCommand
from application.viewers import Viewer, own_orgs
from domain.access import REACH, Reach, Role
from domain.ids import OrgId, PersonId
from domain.rostering import EnrolmentRole
from tests.builders import a_course, a_person, a_section, a_term, an_enrolment, an_org_tree
from tests.stand_ins import CountedIds, FixedClock

KIM, TESS = PersonId("person-kim"), PersonId("person-tess")
ARTS, ENGLISH, HISTORY = (OrgId(f"org-{name}") for name in ("arts", "english", "history"))


@dataclass
class Desk:
    """Kim is the steward; Tess teaches English. English and History are below Arts."""

    units: MemoryUnits
    clock: FixedClock

    def __post_init__(self) -> None:
        secrets = CountedIds("secret")
        self.grant_role = GrantRole(self.units, self.clock)
        self.revoke_role = RevokeRole(self.units, self.clock)
        self.sign_in = SignInPerson(self.units, self.clock, secrets)
        self.start = StartSession(self.units, self.clock, secrets)
        self.change_role = ChangeRole(self.units, self.clock)
        self.go_on = ContinueSession(self.units, self.clock)
        with self.units() as unit:
            unit.roster.put_orgs(an_org_tree())
            unit.roster.put_terms([a_term()])
            unit.roster.put_courses([a_course()])
            unit.roster.put_sections([a_section()])
            unit.roster.put_people([a_person("kim"), a_person("tess")])
            unit.roster.put_enrolments([an_enrolment("tess", role=EnrolmentRole.TEACHER)])
            unit.commit()
        self.grant(KIM, Role.DATA_STEWARD)

    def grant(self, person: PersonId, role: Role, org: OrgId | None = None) -> None:
        self.grant_role(RoleCommand("command line", person, role, org))

    def revoke(self, person: PersonId, role: Role, org: OrgId | None = None) -> None:
        self.revoke_role(RoleCommand(KIM, person, role, org))

    def signed_in(self, person: PersonId = TESS) -> Started:
        return self.sign_in(SignInPersonCommand(person, "Canvas"))

    def launched(self, role: Role) -> Started:
        return self.start(StartSessionCommand(TESS, role, {"platform": "p"}, "https://lms", "/"))

    def now(self, started: Started) -> SignedIn | None:
        return self.go_on(ContinueSessionCommand(cookies=(started.cookie,)))

    def acting(self, started: Started) -> HeldRole | None:
        found = self.now(started)
        return found.acting if found else None

    def orgs_of(self, viewer: Viewer) -> set[OrgId]:
        with self.units(write=False) as unit:
            return set(own_orgs(unit, viewer))


@pytest.fixture
def desk(memory_units: MemoryUnits, clock: FixedClock) -> Desk:
    return Desk(memory_units, clock)


class TestGranting:
    def test_is_told_in_the_trail_and_by_the_grant(self, desk: Desk) -> None:
        desk.grant(TESS, Role.COORDINATOR, ENGLISH)
        desk.grant(TESS, Role.COORDINATOR, ENGLISH)

        with desk.units(write=False) as unit:
            (grant,) = unit.roster.roles_of(TESS)
            last = unit.audit.entries()[-1]
            assert len(unit.audit.entries()) == 2
        assert (grant.granted_by, grant.granted_at) == ("command line", desk.clock.at)
        assert (last.verb, last.details) == ("granted a role to", "coordinator in ENGL")

    def test_a_steward_runs_the_whole_college(self, desk: Desk) -> None:
        with pytest.raises(Invalid, match="leave the org out"):
            desk.grant(TESS, Role.DATA_STEWARD, ENGLISH)

    def test_nobody_and_nowhere_are_refused(self, desk: Desk) -> None:
        with pytest.raises(NotFound):
            desk.grant(PersonId("x"), Role.READER)
        with pytest.raises(NotFound):
            desk.grant(TESS, Role.READER, OrgId("x"))

    def test_reaches_sessions_that_are_open(self, desk: Desk) -> None:
        started = desk.signed_in()

        desk.grant(TESS, Role.COORDINATOR, HISTORY)
        desk.grant(TESS, Role.COORDINATOR)

        found = desk.now(started)
        assert found is not None
        assert found.acting == HeldRole(Role.FACULTY)
        assert found.choices == (
            HeldRole(Role.COORDINATOR), HeldRole(Role.COORDINATOR, HISTORY), HeldRole(Role.FACULTY),
        )  # fmt: skip
        assert (found.org_names[HISTORY], found.term) == ("History", "Fall 2026")


class TestActing:
    def test_in_one_org_reaches_that_org_and_what_is_below(self, desk: Desk) -> None:
        desk.grant(TESS, Role.COORDINATOR, ARTS)
        desk.grant(TESS, Role.COORDINATOR, HISTORY)

        assert desk.orgs_of(Viewer(TESS, Role.COORDINATOR, HISTORY)) == {HISTORY, ENGLISH}
        assert desk.orgs_of(Viewer(TESS, Role.COORDINATOR, ARTS)) == {ARTS, HISTORY, ENGLISH}
        assert desk.orgs_of(Viewer(KIM, Role.COORDINATOR, HISTORY)) == set()

    def test_is_chosen_with_its_org(self, desk: Desk) -> None:
        desk.grant(TESS, Role.COORDINATOR, HISTORY)
        desk.grant(TESS, Role.COORDINATOR, ENGLISH)
        started = desk.signed_in()

        desk.change_role(ChangeRoleCommand(started.session_id, HeldRole(Role.COORDINATOR, HISTORY)))

        assert desk.acting(started) == HeldRole(Role.COORDINATOR, HISTORY)
        for wanted in (HeldRole(Role.COORDINATOR), HeldRole(Role.COORDINATOR, ARTS)):
            with pytest.raises(Forbidden):
                desk.change_role(ChangeRoleCommand(started.session_id, wanted))


class TestRevoking:
    def test_takes_effect_at_once_on_the_session_that_acts_in_it(self, desk: Desk) -> None:
        desk.grant(TESS, Role.COORDINATOR, ENGLISH)
        started = desk.signed_in()
        assert desk.acting(started) == HeldRole(Role.COORDINATOR, ENGLISH)

        desk.revoke(TESS, Role.COORDINATOR, ENGLISH)

        found = desk.now(started)
        assert found is not None
        assert (found.acting, found.choices) == (
            HeldRole(Role.FACULTY), (HeldRole(Role.FACULTY),),
        )  # fmt: skip

    def test_of_the_last_role_ends_the_session(self, desk: Desk) -> None:
        with desk.units() as unit:
            unit.roster.put_people([a_person("new")])
            unit.commit()
        new = PersonId("person-new")
        desk.grant(new, Role.READER)
        started = desk.signed_in(new)

        desk.revoke(new, Role.READER)

        assert desk.now(started) is None

    def test_ends_a_launch_into_that_role_and_no_other(self, desk: Desk) -> None:
        desk.grant(TESS, Role.COORDINATOR, ENGLISH)
        gone, stays = desk.launched(Role.COORDINATOR), desk.launched(Role.FACULTY)

        desk.revoke(TESS, Role.COORDINATOR, ENGLISH)

        assert desk.now(gone) is None
        assert desk.acting(stays) == HeldRole(Role.FACULTY)

    def test_in_one_org_leaves_the_other(self, desk: Desk) -> None:
        desk.grant(TESS, Role.COORDINATOR, ENGLISH)
        desk.grant(TESS, Role.COORDINATOR, HISTORY)
        launched = desk.launched(Role.COORDINATOR)

        desk.revoke(TESS, Role.COORDINATOR, HISTORY)

        assert desk.acting(launched) == HeldRole(Role.COORDINATOR)
        assert desk.orgs_of(Viewer(TESS, Role.COORDINATOR)) == {ENGLISH}

    def test_what_is_not_granted_there_is_told(self, desk: Desk) -> None:
        with pytest.raises(NotFound):
            desk.revoke(TESS, Role.COORDINATOR, ENGLISH)

    def test_the_last_data_steward_stays(self, desk: Desk) -> None:
        with pytest.raises(Invalid, match="last data steward"):
            desk.revoke(KIM, Role.DATA_STEWARD)

        desk.grant(TESS, Role.DATA_STEWARD)
        desk.revoke(KIM, Role.DATA_STEWARD)
        with desk.units(write=False) as unit:
            assert [g.person_id for g in unit.directory.holders(Role.DATA_STEWARD)] == [TESS]

    def test_a_steward_who_has_ended_does_not_count(self, desk: Desk) -> None:
        with desk.units() as unit:
            unit.roster.put_people([a_person("gone", active=False)])
            unit.commit()
        desk.grant(PersonId("person-gone"), Role.DATA_STEWARD)

        with pytest.raises(Invalid):
            desk.revoke(KIM, Role.DATA_STEWARD)


def test_every_role_reaches_something() -> None:
    assert set(REACH) == set(Role)
    assert {role for role, reach in REACH.items() if reach is Reach.COLLEGE} == {Role.DATA_STEWARD}


@pytest.mark.parametrize("text", ["", "admin", "@org", "faculty@"])
def test_a_choice_that_no_page_wrote_is_none_of_another_role(text: str) -> None:
    assert HeldRole.read(text) in {None, HeldRole(Role.FACULTY)}
