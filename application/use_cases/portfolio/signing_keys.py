"""The keys with which the college signs credentials: made, followed by newer ones, listed."""

from dataclasses import dataclass

from application.ports.credentials import CredentialWriter
from application.ports.runtime import Clock, NewId
from application.ports.secrets import Sealer, signing_key_row
from application.ports.unit_of_work import UnitOfWorkFactory
from domain.audit import Deed
from domain.credential import SigningKey
from domain.ids import SigningKeyId


@dataclass(frozen=True, slots=True)
class MakeSigningKey:
    """A new key signs from now on; those before it stay published and sign nothing more."""

    units: UnitOfWorkFactory
    clock: Clock
    new_id: NewId
    sealer: Sealer
    writer: CredentialWriter

    def __call__(self, actor: str) -> SigningKey:
        made = self._made()
        with self.units() as unit:
            for key in unit.signing_keys.all():
                if key.active:
                    unit.signing_keys.put(key.retired(made.made_at))
            unit.signing_keys.put(made)
            unit.audit.record(Deed(actor, "made", f"signing-key:{made.id}", "", made.made_at))
            unit.commit()
        return made

    def where_missing(self, actor: str) -> None:
        """The college's first key, made when the first student may need it.

        Of two that are made at once the later one signs; both stay published.
        """
        with self.units(write=False) as unit:
            there = any(key.active for key in unit.signing_keys.all())
        if not there:
            self(actor)

    def _made(self) -> SigningKey:
        key_id = SigningKeyId(self.new_id())
        pair = self.writer.new_key(key_id)
        sealed = self.sealer.seal(pair.private, signing_key_row(key_id))
        return SigningKey(key_id, pair.public, sealed, self.clock.now())


@dataclass(frozen=True, slots=True)
class ListSigningKeys:
    """Newest first, retired ones too."""

    units: UnitOfWorkFactory

    def __call__(self) -> list[SigningKey]:
        with self.units(write=False) as unit:
            return unit.signing_keys.all()
