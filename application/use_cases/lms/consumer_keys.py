"""LTI consumer keys and their shared secrets: made, shown, rotated, revoked."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from application.errors import Conflict, Invalid
from application.ports.runtime import Clock, NewSecret
from application.ports.secrets import Sealer
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from domain.audit import Deed
from domain.lti_registration import ConsumerKey

OVERLAP = timedelta(days=7)
"""How long the former secret stays good when a rotation names no overlap."""
LONGEST_OVERLAP = timedelta(days=90)
_LONGEST = 200


def key_row(key: str) -> str:
    """The row that a shared secret is sealed for."""
    return f"consumer-key:{key}"


@dataclass(frozen=True, slots=True)
class Credentials:
    """What is typed into the LMS. The secret is shown once and never logged."""

    key: str
    secret: str


@dataclass(frozen=True, slots=True)
class ConsumerKeyLine:
    """A consumer key as stewards see it, without its secret."""

    key: str
    label: str
    state: str
    """`active`, `rotating` (two secrets are good) or `revoked`."""
    created_at: datetime
    last_used_at: datetime | None
    previous_until: datetime | None
    revoked_at: datetime | None

    @property
    def active(self) -> bool:
        return self.state != "revoked"


@dataclass(frozen=True, slots=True)
class ListConsumerKeys:
    units: UnitOfWorkFactory
    clock: Clock

    def __call__(self) -> list[ConsumerKeyLine]:
        """Newest first, revoked ones too."""
        now = self.clock.now()
        with self.units(write=False) as unit:
            return [_line(key, now) for key in unit.registrations.keys()]  # noqa: SIM118 no dict


@dataclass(frozen=True, slots=True)
class NewConsumerKeyCommand:
    """`key` and `secret` are made when they are not given. `actor` as in `Deed`."""

    actor: str
    label: str = ""
    key: str | None = None
    secret: str | None = None


@dataclass(frozen=True, slots=True)
class NewConsumerKey:
    units: UnitOfWorkFactory
    clock: Clock
    sealer: Sealer
    new_secret: NewSecret

    def __call__(self, command: NewConsumerKeyCommand) -> Credentials:
        """Make the pair. Raises Invalid, and Conflict when the key exists already."""
        made = Credentials(self._key(command.key), self._secret(command.secret))
        now = self.clock.now()
        with self.units() as unit:
            if unit.registrations.find(made.key) is not None:
                raise Conflict("This consumer key exists already. Choose another one.")
            unit.registrations.save(self._record(made, command.label.strip(), now))
            _audit(unit, command.actor, "made", made.key, now)
            unit.commit()
        return made

    def _key(self, given: str | None) -> str:
        made = f"attain-{fresh_hex(self.new_secret)[:16]}"
        return made if given is None else typed("key", given)

    def _secret(self, given: str | None) -> str:
        return fresh_hex(self.new_secret) if given is None else typed("secret", given)

    def _record(self, made: Credentials, label: str, now: datetime) -> ConsumerKey:
        sealed = self.sealer.seal(made.secret, key_row(made.key))
        return ConsumerKey(made.key, label, sealed, None, None, now, None, None, 0)


@dataclass(frozen=True, slots=True)
class ShowSharedSecretCommand:
    actor: str
    key: str


@dataclass(frozen=True, slots=True)
class ShowSharedSecret:
    units: UnitOfWorkFactory
    clock: Clock
    sealer: Sealer

    def __call__(self, command: ShowSharedSecretCommand) -> Credentials:
        """Read the secret; the audit trail tells who did. Raises NotFound."""
        with self.units() as unit:
            record = unit.registrations.key(command.key.strip())
            secret = self.sealer.open(record.secret, key_row(record.key))
            _audit(unit, command.actor, "showed the secret of", record.key, self.clock.now())
            unit.commit()
        return Credentials(record.key, secret)


@dataclass(frozen=True, slots=True)
class RotateConsumerKeyCommand:
    actor: str
    key: str
    overlap: timedelta = OVERLAP
    secret: str | None = None


@dataclass(frozen=True, slots=True)
class RotateConsumerKey:
    units: UnitOfWorkFactory
    clock: Clock
    sealer: Sealer
    new_secret: NewSecret

    def __call__(self, command: RotateConsumerKeyCommand) -> Credentials:
        """Give the key a new secret; the former one stays good for the overlap.

        Raises: NotFound, Invalid (overlap out of range), Conflict (the key is revoked).
        """
        if not timedelta(0) <= command.overlap <= LONGEST_OVERLAP:
            raise Invalid("overlap", f"give 0 to {LONGEST_OVERLAP.days} days.")
        given = command.secret
        secret = fresh_hex(self.new_secret) if given is None else typed("secret", given)
        now = self.clock.now()
        with self.units() as unit:
            record = unit.registrations.key(command.key.strip())
            if not record.active:
                raise Conflict("This consumer key is revoked. Make a new one.")
            sealed = self.sealer.seal(secret, key_row(record.key))
            unit.registrations.save(record.rotated(sealed, overlap_until=now + command.overlap))
            _audit(unit, command.actor, "rotated", record.key, now)
            unit.commit()
        return Credentials(record.key, secret)


@dataclass(frozen=True, slots=True)
class RevokeConsumerKeyCommand:
    actor: str
    key: str


@dataclass(frozen=True, slots=True)
class RevokeConsumerKey:
    units: UnitOfWorkFactory
    clock: Clock

    def __call__(self, command: RevokeConsumerKeyCommand) -> None:
        """Launches with this key are refused from now on. Twice is harmless. Raises NotFound."""
        now = self.clock.now()
        with self.units() as unit:
            record = unit.registrations.key(command.key.strip())
            if record.active:
                unit.registrations.save(record.revoked(now))
                _audit(unit, command.actor, "revoked", record.key, now)
            unit.commit()


def fresh_hex(new_secret: NewSecret) -> str:
    """256 random bits in hex: nothing in it that a form or a person could mangle."""
    return sha256(new_secret().encode()).hexdigest()


def typed(field: str, given: str) -> str:
    """A key or secret that a person typed: outer blanks go, the rest must be printable ASCII.

    Canvas trims what is typed into its own form, so inner and outer blanks never match.
    """
    text = given.strip()
    if not text:
        raise Invalid(field, "it must not be empty.")
    if len(text) > _LONGEST or not all("!" <= char <= "~" for char in text):
        raise Invalid(field, f"use up to {_LONGEST} letters, digits and signs without blanks.")
    return text


def _line(key: ConsumerKey, now: datetime) -> ConsumerKeyLine:
    rotating = len(key.accepted_secrets(now)) > 1
    state = "revoked" if not key.active else "rotating" if rotating else "active"
    until = key.previous_until if rotating else None
    return ConsumerKeyLine(
        key.key, key.label, state, key.created_at, key.last_used_at, until, key.revoked_at
    )


def _audit(unit: UnitOfWork, actor: str, verb: str, key: str, at: datetime) -> None:
    unit.audit.record(Deed(actor, verb, key_row(key), "", at))
