"""Sessions and their one-time codes, below the pages: what is stored, spent and refused."""

from dataclasses import dataclass
from datetime import timedelta

import pytest

from adapters.outbound.memory.unit_of_work import MemoryUnits
from application.errors import Forbidden, NotFound, NotSignedIn
from application.roles import HeldRole
from application.use_cases.access.session_starts import (
    CODE_LIFE,
    Started,
    StartSessionCommand,
    secret_hash,
)
from application.use_cases.access.sessions import (
    ChangeRole,
    ChangeRoleCommand,
    ContinueSession,
    ContinueSessionCommand,
    OpenWindow,
    OpenWindowCommand,
    SignedIn,
    SignOut,
    StartSession,
)
from application.use_cases.access.sign_in import (
    SIGN_IN_LINK_LIFE,
    NewSignInLink,
    NewSignInLinkCommand,
    SignInByLink,
    SignInPerson,
    SignInPersonCommand,
)
from application.use_cases.access.spend_code import (
    ByCookie,
    ByOwnWindow,
    ByPathToken,
    InOwnWindow,
    SpendCode,
    SpendCodeCommand,
    WayOn,
)
from domain.access import Role
from domain.ids import PersonId
from domain.session import IDLE, LONGEST, Session
from tests import builders
from tests.stand_ins import CountedIds, FixedClock

TESS = PersonId("person-tess")
LAUNCH = {"platform": "key:guid", "context_id": "context-1"}


@dataclass
class Porch:
    """Tess is faculty and coordinator; the use cases of coming in."""

    units: MemoryUnits
    clock: FixedClock

    def __post_init__(self) -> None:
        secrets = CountedIds("secret")
        self.start = StartSession(self.units, self.clock, secrets)
        self.go_on = ContinueSession(self.units, self.clock)
        self.spend_code = SpendCode(self.units, self.clock, secrets)
        self.open_window = OpenWindow(self.units, self.clock, secrets)
        self.change_role = ChangeRole(self.units, self.clock)
        self.sign_out = SignOut(self.units, self.clock)
        self.sign_in = SignInPerson(self.units, self.clock, secrets)
        self.new_link = NewSignInLink(self.units, self.clock, secrets)
        self.by_link = SignInByLink(self.units, self.clock, secrets)
        with self.units() as unit:
            unit.roster.put_people([builders.a_person("tess")])
            for role in (Role.FACULTY, Role.COORDINATOR):
                unit.roster.grant(builders.a_role_grant("tess", role=role))
            unit.commit()

    def launched(self, target: str = "/assessments") -> Started:
        return self.start(
            StartSessionCommand(TESS, Role.FACULTY, LAUNCH, "https://lms.test", target)
        )

    def spend(self, code: str, *cookies: str, knows_origin: bool = True) -> WayOn:
        return self.spend_code(SpendCodeCommand(code, cookies, knows_origin))

    def token_of(self, started: Started) -> str:
        way_on = self.spend(started.code)
        assert isinstance(way_on, ByPathToken)
        return way_on.token

    def by_cookie(self, *cookies: str) -> SignedIn | None:
        return self.go_on(ContinueSessionCommand(cookies=cookies))

    def by_token(self, token: str, *, landing: bool = False) -> SignedIn | None:
        return self.go_on(ContinueSessionCommand(token=token, landing=landing))

    def stored(self, started: Started) -> Session:
        with self.units(write=False) as unit:
            session = unit.sessions.by_id(started.session_id)
        assert session is not None
        return session


@pytest.fixture
def porch(memory_units: MemoryUnits, clock: FixedClock) -> Porch:
    return Porch(memory_units, clock)


class TestBeginning:
    def test_only_hashes_are_stored(self, porch: Porch) -> None:
        started = porch.launched()

        session = porch.stored(started)
        assert session.id == secret_hash(started.cookie)
        assert started.cookie not in str(session)
        with porch.units(write=False) as unit:
            kept = unit.sessions.peek_code(secret_hash(started.code))
        assert kept is not None
        assert started.code not in str(kept)

    def test_each_launch_has_a_session_of_its_own(self, porch: Porch) -> None:
        one, other = porch.launched(), porch.launched()

        assert one.session_id != other.session_id
        assert porch.stored(one).context.items() >= LAUNCH.items()


class TestTheWayOn:
    def test_is_the_cookie_where_it_came_back(self, porch: Porch) -> None:
        started = porch.launched("/links")

        assert porch.spend(started.code, "stale", started.cookie) == ByCookie("/links")

    def test_is_a_path_token_where_only_anothers_cookie_came(self, porch: Porch) -> None:
        earlier, started = porch.launched(), porch.launched("/links")

        way_on = porch.spend(started.code, earlier.cookie)

        assert isinstance(way_on, ByPathToken)
        assert way_on.target == "/links"

    def test_is_a_window_where_the_browser_names_no_origin(self, porch: Porch) -> None:
        started = porch.launched("/links")

        way_on = porch.spend(started.code, knows_origin=False)
        assert isinstance(way_on, ByOwnWindow)
        opened = porch.spend(way_on.code, knows_origin=False)

        assert isinstance(opened, InOwnWindow)
        assert opened.started.session_id != started.session_id
        assert porch.stored(opened.started).person_id == TESS
        assert porch.spend(opened.started.code, opened.started.cookie) == ByCookie("/links")

    def test_is_none_for_a_code_that_is_spent_or_too_old(self, porch: Porch) -> None:
        spent, late = porch.launched(), porch.launched()
        porch.spend(spent.code)
        porch.clock.at += CODE_LIFE

        for code in (spent.code, late.code, "made up"):
            with pytest.raises(NotSignedIn):
                porch.spend(code)

    def test_is_none_once_the_session_is_over(self, porch: Porch) -> None:
        started = porch.launched()
        porch.sign_out(started.session_id)

        with pytest.raises(NotSignedIn):
            porch.spend(started.code, started.cookie)


class TestPathTokens:
    def test_land_from_another_site_once(self, porch: Porch) -> None:
        token = porch.token_of(porch.launched())

        landings = [porch.by_token(token, landing=True) is not None for _ in range(2)]

        assert landings == [True, False]
        assert porch.by_token(token) is not None

    def test_land_within_a_minute(self, porch: Porch) -> None:
        token = porch.token_of(porch.launched())
        porch.clock.at += CODE_LIFE

        assert porch.by_token(token, landing=True) is None

    def test_are_of_the_session_alone(self, porch: Porch) -> None:
        one, other = porch.launched(), porch.launched()
        token = porch.token_of(one)

        found = porch.by_token(token)

        assert found is not None
        assert found.session.id == one.session_id != other.session_id

    @pytest.mark.parametrize("token", ["", "made up"])
    def test_of_nobody_find_nothing(self, porch: Porch, token: str) -> None:
        porch.launched()

        assert porch.by_token(token) is None


class TestGoingOn:
    def test_is_noted_once_a_minute_at_most(self, porch: Porch) -> None:
        started = porch.launched()
        begun = porch.clock.now()

        porch.clock.advance(seconds=59)
        porch.by_cookie(started.cookie)
        first = porch.stored(started).seen_at
        porch.clock.advance(seconds=1)
        porch.by_cookie(started.cookie)

        assert (first, porch.stored(started).seen_at) == (begun, begun + timedelta(minutes=1))

    def test_ends_idle(self, porch: Porch) -> None:
        started = porch.launched()
        porch.clock.at += IDLE

        assert porch.by_cookie(started.cookie) is None

    def test_ends_after_its_longest_however_busy(self, porch: Porch) -> None:
        started = porch.launched()
        ends = porch.clock.now() + LONGEST
        while porch.clock.at < ends:
            assert porch.by_cookie(started.cookie) is not None
            porch.clock.advance(minutes=20)

        assert porch.by_cookie(started.cookie) is None

    def test_takes_the_first_cookie_that_lives(self, porch: Porch) -> None:
        ended, living = porch.launched(), porch.launched()
        porch.sign_out(ended.session_id)

        found = porch.by_cookie(ended.cookie, living.cookie)

        assert found is not None
        assert found.session.id == living.session_id

    def test_ends_with_the_person(self, porch: Porch) -> None:
        started = porch.launched()
        with porch.units() as unit:
            unit.roster.put_people([builders.a_person("tess", active=False)])
            unit.commit()

        assert porch.by_cookie(started.cookie) is None

    def test_signing_out_twice_is_harmless(self, porch: Porch) -> None:
        started = porch.launched()

        for _ in range(2):
            porch.sign_out(started.session_id)

        assert porch.by_cookie(started.cookie) is None

    def test_a_window_opens_only_from_a_living_session(self, porch: Porch) -> None:
        started = porch.launched()
        porch.sign_out(started.session_id)

        with pytest.raises(NotSignedIn):
            porch.open_window(OpenWindowCommand(started.session_id, "/links"))


class TestRoles:
    def test_of_a_sign_in_are_all_that_are_held_the_widest_first(self, porch: Porch) -> None:
        started = porch.sign_in(SignInPersonCommand(TESS, "Canvas"))

        found = porch.by_cookie(started.cookie)
        assert found is not None
        assert (found.session.role, {choice.role for choice in found.choices}) == (
            Role.COORDINATOR,
            {Role.COORDINATOR, Role.FACULTY},
        )

    def test_change_among_those_held(self, porch: Porch) -> None:
        started = porch.sign_in(SignInPersonCommand(TESS, "Canvas"))

        porch.change_role(ChangeRoleCommand(started.session_id, HeldRole(Role.FACULTY)))

        assert porch.stored(started).role is Role.FACULTY
        with pytest.raises(Forbidden):
            porch.change_role(ChangeRoleCommand(started.session_id, HeldRole(Role.DATA_STEWARD)))

    def test_of_a_launch_stay(self, porch: Porch) -> None:
        started = porch.launched()

        with pytest.raises(Forbidden):
            porch.change_role(ChangeRoleCommand(started.session_id, HeldRole(Role.COORDINATOR)))

    def test_none_held_lets_nobody_in(self, porch: Porch) -> None:
        with porch.units() as unit:
            unit.roster.put_people([builders.a_person("new")])
            unit.commit()

        with pytest.raises(Forbidden):
            porch.sign_in(SignInPersonCommand(PersonId("person-new"), "Canvas"))


class TestSignInLinks:
    def made(self, porch: Porch) -> str:
        return porch.new_link(NewSignInLinkCommand("command line", " Ctess ")).path

    def test_sign_in_once(self, porch: Porch) -> None:
        code = self.made(porch).rpartition("/")[2]

        assert porch.by_cookie(porch.by_link(code).cookie) is not None
        with pytest.raises(NotFound):
            porch.by_link(code)

    def test_are_good_for_a_day(self, porch: Porch) -> None:
        code = self.made(porch).rpartition("/")[2]
        porch.clock.at += SIGN_IN_LINK_LIFE

        with pytest.raises(NotFound):
            porch.by_link(code)

    def test_are_made_for_people_who_are_there(self, porch: Porch) -> None:
        with pytest.raises(NotFound):
            porch.new_link(NewSignInLinkCommand("command line", "ctess"))

    def test_are_audited_when_made_and_when_used(self, porch: Porch) -> None:
        porch.by_link(self.made(porch).rpartition("/")[2])

        with porch.units(write=False) as unit:
            deeds = [(entry.actor, entry.verb) for entry in unit.audit.entries()]
        assert deeds == [("command line", "made a sign-in link for"), (TESS, "signed in")]
