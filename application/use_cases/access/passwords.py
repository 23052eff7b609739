"""Local passwords: set and removed by stewards, changed by their own person."""

from dataclasses import dataclass, field

from application.errors import Invalid, NotFound
from application.live_sessions import end_all
from application.ports.passwords import PasswordHasher
from application.ports.runtime import Clock
from application.ports.unit_of_work import UnitOfWorkFactory
from domain.audit import Deed
from domain.ids import PersonId, SessionId
from domain.password import LENGTH_RULE, LocalPassword, as_typed, is_long_enough


@dataclass(frozen=True, slots=True)
class SetPasswordCommand:
    """`but` is a session of the person that goes on; all others end."""

    actor: str
    person_id: PersonId
    password: str = field(repr=False)
    but: SessionId | None = None


@dataclass(frozen=True, slots=True)
class SetPassword:
    """By a steward. Whoever knew the former password is signed out with it."""

    units: UnitOfWorkFactory
    clock: Clock
    hasher: PasswordHasher

    def __call__(self, command: SetPasswordCommand) -> None:
        """Raises Invalid for a password that is too short or long, or an ended person."""
        hashed = _hashed(self.hasher, command.password)
        now = self.clock.now()
        with self.units() as unit:
            person = unit.roster.person(command.person_id)
            if not person.active:
                raise Invalid("password", "this person has ended and cannot sign in.")
            unit.passwords.put(LocalPassword(person.id, hashed, now, command.actor))
            end_all(unit, person.id, now, but=command.but)
            unit.audit.record(
                Deed(command.actor, "set the password of", f"person:{person.id}", "", now)
            )
            unit.commit()


@dataclass(frozen=True, slots=True)
class RemovePasswordCommand:
    actor: str
    person_id: PersonId


@dataclass(frozen=True, slots=True)
class RemovePassword:
    units: UnitOfWorkFactory
    clock: Clock

    def __call__(self, command: RemovePasswordCommand) -> None:
        """Other ways to sign in stay. Raises NotFound when there is no password."""
        with self.units() as unit:
            if not unit.passwords.remove(command.person_id):
                raise NotFound("A password of this person")
            subject = f"person:{command.person_id}"
            unit.audit.record(
                Deed(command.actor, "removed the password of", subject, "", self.clock.now())
            )
            unit.commit()


@dataclass(frozen=True, slots=True)
class ChangeOwnPasswordCommand:
    person_id: PersonId
    session_id: SessionId
    present: str = field(repr=False)
    new: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ChangeOwnPassword:
    units: UnitOfWorkFactory
    clock: Clock
    hasher: PasswordHasher

    def __call__(self, command: ChangeOwnPasswordCommand) -> None:
        """The person's other sessions end.

        Raises:
            NotFound: the person has no password; a steward may set one.
            Invalid: the present one is wrong, or the new one too short or long.
        """
        with self.units(write=False) as unit:
            kept = unit.passwords.of(command.person_id)
        if kept is None:
            raise NotFound("A password of yours")
        if not self.hasher.verify(kept.hash, as_typed(command.present)):
            raise Invalid("present", "this is not your present password.")
        hashed = _hashed(self.hasher, command.new)
        now, person_id = self.clock.now(), command.person_id
        with self.units() as unit:
            unit.passwords.put(LocalPassword(person_id, hashed, now, person_id))
            end_all(unit, person_id, now, but=command.session_id)
            unit.audit.record(Deed(person_id, "changed a password", f"person:{person_id}", "", now))
            unit.commit()


def _hashed(hasher: PasswordHasher, password: str) -> str:
    if not is_long_enough(password):
        raise Invalid("password", LENGTH_RULE)
    return hasher.hash(as_typed(password))
