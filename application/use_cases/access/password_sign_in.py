"""Signing in by login and local password."""

from dataclasses import dataclass, field

from application.errors import NotSignedIn
from application.ports.passwords import PasswordHasher
from application.ports.runtime import Clock
from application.ports.unit_of_work import UnitOfWorkFactory
from application.use_cases.access.session_starts import Started
from application.use_cases.access.sign_in import SignInPerson, SignInPersonCommand
from domain.identity import LocalField
from domain.password import LONGEST, LocalPassword, as_typed


@dataclass(frozen=True, slots=True)
class PasswordSignInCommand:
    login: str
    password: str = field(repr=False)
    target: str = "/"


@dataclass(frozen=True, slots=True)
class SignInByPassword:
    """Whoever guesses learns nothing: no account, no password and a wrong one answer alike.

    They also take alike long: where there is nothing to compare with, the password is
    hashed all the same.
    """

    units: UnitOfWorkFactory
    clock: Clock
    hasher: PasswordHasher
    sign_in: SignInPerson

    def __call__(self, command: PasswordSignInCommand) -> Started:
        """Raises NotSignedIn; and Forbidden once the password was right but no role is held."""
        typed = as_typed(command.password)[: LONGEST + 1]
        kept = self._kept(command.login)
        if kept is None:
            self.hasher.hash(typed)
        if kept is None or not self.hasher.verify(kept.hash, typed):
            raise NotSignedIn("This login and password do not belong together.")
        self._renew(kept, typed)
        return self.sign_in(SignInPersonCommand(kept.person_id, "password", command.target))

    def _kept(self, login: str) -> LocalPassword | None:
        with self.units(write=False) as unit:
            people = unit.roster.people_where(LocalField.LOGIN, login)
            active = [person for person in people if person.active]
            return unit.passwords.of(active[0].id) if len(active) == 1 else None

    def _renew(self, kept: LocalPassword, typed: str) -> None:
        """Hash again what was hashed with weaker parameters, unless it was changed meanwhile."""
        if not self.hasher.is_stale(kept.hash):
            return
        hashed = self.hasher.hash(typed)
        with self.units() as unit:
            if unit.passwords.of(kept.person_id) == kept:
                renewed = LocalPassword(kept.person_id, hashed, kept.changed_at, kept.changed_by)
                unit.passwords.put(renewed)
                unit.commit()


@dataclass(frozen=True, slots=True)
class PasswordsInUse:
    units: UnitOfWorkFactory

    def __call__(self) -> bool:
        """Whether the sign-in page need offer passwords at all."""
        with self.units(write=False) as unit:
            return unit.passwords.are_in_use()
