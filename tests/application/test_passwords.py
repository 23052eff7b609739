"""Local passwords and sessions: set, changed, used, guessed at, and ended."""

from dataclasses import dataclass

import pytest

from adapters.outbound.memory.unit_of_work import MemoryUnits
from adapters.outbound.secrets.passwords import Argon2Passwords
from application.errors import Forbidden, Invalid, NotFound, NotSignedIn
from application.queries.access.session_list import ListSessions, SessionLine
from application.use_cases.access.end_sessions import (
    EndSession,
    EndSessionCommand,
    SignOutEverywhere,
    SignOutEverywhereCommand,
)
from application.use_cases.access.password_sign_in import (
    PasswordSignInCommand,
    PasswordsInUse,
    SignInByPassword,
)
from application.use_cases.access.passwords import (
    ChangeOwnPassword,
    ChangeOwnPasswordCommand,
    RemovePassword,
    RemovePasswordCommand,
    SetPassword,
    SetPasswordCommand,
)
from application.use_cases.access.session_starts import Started
from application.use_cases.access.sign_in import SignInPerson, SignInPersonCommand
from domain.access import Role
from domain.ids import PersonId
from domain.password import LocalPassword
from tests.builders import a_person, a_role_grant
from tests.stand_ins import NOON, CountedIds, FixedClock, QuickPasswords

TESS = PersonId("person-tess")
GOOD = "correct horse battery"
DECOMPOSED, COMPOSED = "Cafe\u0301 au lait, bitte", "Café au lait, bitte"


@dataclass
class Counting(QuickPasswords):
    """Counts how often it worked."""

    work: int = 0

    def hash(self, password: str) -> str:
        self.work += 1
        return super().hash(password)


@dataclass
class Porch:
    units: MemoryUnits
    clock: FixedClock

    def __post_init__(self) -> None:
        self.hasher = Counting()
        self.set_password = SetPassword(self.units, self.clock, self.hasher)
        self.remove_password = RemovePassword(self.units, self.clock)
        self.change = ChangeOwnPassword(self.units, self.clock, self.hasher)
        self.sign_in_person = SignInPerson(self.units, self.clock, CountedIds("secret"))
        self.by_password = SignInByPassword(
            self.units, self.clock, self.hasher, self.sign_in_person
        )
        self.list_sessions = ListSessions(self.units, self.clock)
        self.end = EndSession(self.units, self.clock)
        self.sign_out = SignOutEverywhere(self.units, self.clock)
        with self.units() as unit:
            unit.roster.put_people([a_person("tess"), a_person("ben", active=False)])
            unit.roster.grant(a_role_grant("tess"))
            unit.commit()

    def given(self, password: str = GOOD) -> None:
        self.set_password(SetPasswordCommand("person-stew", TESS, password))

    def tried(self, login: str, password: str) -> Started:
        return self.by_password(PasswordSignInCommand(login, password))

    def signed_in(self) -> Started:
        return self.sign_in_person(SignInPersonCommand(TESS, "Canvas"))

    def lines(self) -> list[SessionLine]:
        return self.list_sessions(TESS)

    def verbs(self) -> list[str]:
        with self.units(write=False) as unit:
            return [entry.verb for entry in unit.audit.entries()]


@pytest.fixture
def porch(memory_units: MemoryUnits, clock: FixedClock) -> Porch:
    return Porch(memory_units, clock)


class TestSetting:
    def test_lets_in_and_is_written_down_without_the_password(self, porch: Porch) -> None:
        assert not PasswordsInUse(porch.units)()
        porch.given()

        assert porch.tried(" TESS ", GOOD).session_id
        assert PasswordsInUse(porch.units)()
        assert porch.verbs() == ["set the password of", "signed in"]
        with porch.units(write=False) as unit:
            assert GOOD not in str(unit.audit.entries())
        assert GOOD not in repr(SetPasswordCommand("x", TESS, GOOD))
        assert GOOD not in repr(PasswordSignInCommand("tess", GOOD))

    @pytest.mark.parametrize("password", ["", "elevenchars", "x" * 257])
    def test_asks_for_length(self, porch: Porch, password: str) -> None:
        with pytest.raises(Invalid, match="12 to 256") as refusal:
            porch.given(password)
        assert not password or password not in str(refusal.value)

    @pytest.mark.parametrize("password", ["aaaaaaaaaaaa", "            ", "x" * 256])
    def test_asks_for_nothing_else(self, porch: Porch, password: str) -> None:
        porch.given(password)

        assert porch.tried("tess", password).session_id

    def test_the_same_letters_typed_otherwise_are_the_same(self, porch: Porch) -> None:
        porch.given(DECOMPOSED)

        assert porch.tried("tess", COMPOSED).session_id

    def test_ends_the_sessions_of_the_person(self, porch: Porch) -> None:
        porch.signed_in()

        porch.given()

        assert porch.lines() == []

    def test_of_somebody_who_has_ended_is_refused(self, porch: Porch) -> None:
        with pytest.raises(Invalid, match="ended"):
            porch.set_password(SetPasswordCommand("x", PersonId("person-ben"), GOOD))

    def test_removed_lets_nobody_in(self, porch: Porch) -> None:
        porch.given()
        porch.remove_password(RemovePasswordCommand("x", TESS))

        with pytest.raises(NotSignedIn):
            porch.tried("tess", GOOD)
        with pytest.raises(NotFound):
            porch.remove_password(RemovePasswordCommand("x", TESS))


class TestGuessing:
    @pytest.mark.parametrize(
        ("login", "password"),
        [("tess", "correct horse batter"), ("nobody", GOOD), ("ben", GOOD), ("", ""),
         ("tess@example.edu", GOOD), ("tess", GOOD * 40)],
    )  # fmt: skip
    def test_learns_nothing_and_costs_the_same(
        self, porch: Porch, login: str, password: str
    ) -> None:
        porch.given()
        before = porch.hasher.work

        with pytest.raises(NotSignedIn) as refusal:
            porch.tried(login, password)

        assert str(refusal.value) == "This login and password do not belong together."
        assert porch.hasher.work in {before + 1, before + 2}

    def test_two_people_of_one_login_are_nobody(self, porch: Porch) -> None:
        porch.given()
        with porch.units() as unit:
            unit.roster.put_people([a_person("twin", login="Tess")])
            unit.commit()

        with pytest.raises(NotSignedIn):
            porch.tried("tess", GOOD)

    def test_a_right_password_without_a_role_says_so(self, porch: Porch) -> None:
        porch.given()
        with porch.units() as unit:
            unit.directory.revoke(a_role_grant("tess"))
            unit.commit()

        with pytest.raises(Forbidden):
            porch.tried("tess", GOOD)

    def test_an_old_hash_is_renewed(self, porch: Porch) -> None:
        old = LocalPassword(TESS, f"old-{porch.hasher.hash(GOOD)}", NOON, "x")
        with porch.units() as unit:
            unit.passwords.put(old)
            unit.commit()

        porch.tried("tess", GOOD)

        with porch.units(write=False) as unit:
            renewed = unit.passwords.of(TESS)
        assert renewed is not None
        assert (renewed.hash, renewed.changed_by) == (porch.hasher.hash(GOOD), "x")


class TestChanging:
    def command(self, started: Started, present: str, new: str) -> ChangeOwnPasswordCommand:
        return ChangeOwnPasswordCommand(TESS, started.session_id, present, new)

    def test_keeps_this_session_and_ends_the_others(self, porch: Porch) -> None:
        porch.given()
        other, own = porch.signed_in(), porch.signed_in()

        porch.change(self.command(own, GOOD, "a longer sentence"))

        assert len(porch.lines()) == 1
        assert porch.list_sessions(TESS, own.session_id)[0].current
        assert not porch.list_sessions(TESS, other.session_id)[0].current
        assert porch.tried("tess", "a longer sentence").session_id

    def test_asks_for_the_present_one(self, porch: Porch) -> None:
        porch.given()
        own = porch.signed_in()

        with pytest.raises(Invalid, match="present"):
            porch.change(self.command(own, "wrong wrong wrong", "a longer sentence"))
        with pytest.raises(Invalid, match="12 to 256"):
            porch.change(self.command(own, GOOD, "short"))

    def test_is_for_people_who_have_one(self, porch: Porch) -> None:
        with pytest.raises(NotFound):
            porch.change(self.command(porch.signed_in(), "", GOOD))


class TestSessions:
    def test_tell_how_and_when_they_began(self, porch: Porch) -> None:
        porch.given()
        first = porch.signed_in()
        porch.clock.advance(minutes=5)
        porch.tried("tess", GOOD)

        newest, oldest = porch.lines()

        assert (newest.opened, oldest.opened) == ("password", "Canvas")
        assert (oldest.started_at, oldest.role) == (NOON, Role.FACULTY)
        assert first.session_id not in str(porch.lines())

    def test_end_one_by_one(self, porch: Porch) -> None:
        porch.signed_in()
        porch.signed_in()
        handle = porch.lines()[0].handle

        porch.end(EndSessionCommand(TESS, TESS, handle))

        assert handle not in [line.handle for line in porch.lines()]
        assert len(porch.lines()) == 1
        for person, named in ((TESS, handle), (PersonId("person-ben"), porch.lines()[0].handle)):
            with pytest.raises(NotFound):
                porch.end(EndSessionCommand(TESS, person, named))

    def test_end_all_at_once(self, porch: Porch) -> None:
        porch.signed_in()
        stays = porch.signed_in()

        assert porch.sign_out(SignOutEverywhereCommand(TESS, TESS, but=stays.session_id)) == 1
        assert len(porch.lines()) == 1
        assert porch.sign_out(SignOutEverywhereCommand("x", TESS)) == 1
        assert porch.sign_out(SignOutEverywhereCommand("x", TESS)) == 0
        assert porch.verbs()[-2:] == ["signed out", "signed out"]


class TestArgon2:
    def test_each_hash_is_another_and_holds(self) -> None:
        hasher = Argon2Passwords()
        first, second = hasher.hash(GOOD), hasher.hash(GOOD)

        assert first != second
        assert first.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
        assert hasher.verify(first, GOOD)
        assert not hasher.verify(first, GOOD + "!")
        assert not hasher.verify("nonsense", GOOD)
        assert not hasher.is_stale(first)
        assert Argon2Passwords(memory_kib=20 * 1024).is_stale(first)
