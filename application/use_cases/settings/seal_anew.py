"""Seal stored secrets with the present key, so that a former key can be given up."""

from dataclasses import dataclass

from application.ports.runtime import Clock
from application.ports.secrets import Sealer, SecretUnreadable
from application.ports.unit_of_work import UnitOfWorkFactory
from application.sealed_rows import SealedRow, sealed_rows
from domain.audit import Deed


@dataclass(frozen=True, slots=True)
class SealReport:
    """How many records were sealed anew, and how many were so already.

    `shut` names records in use whose secrets no key of this installation opens; they stay as
    they are.
    """

    sealed: int
    present: int
    shut: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SealAnew:
    """In one transaction, while the server runs. Again is harmless.

    Raises Conflict when a token was refreshed at that moment: nothing is changed then.
    """

    units: UnitOfWorkFactory
    clock: Clock
    sealer: Sealer

    def __call__(self, actor: str) -> SealReport:
        with self.units() as unit:
            rows = list(sealed_rows(unit))
            stale = [one for one in rows if any(map(self.sealer.is_stale, one.secrets))]
            shut = [one for one in stale if not self._seal(one)]
            done = len(stale) - len(shut)
            if done:
                details = f"{done} of {len(rows)} records"
                unit.audit.record(
                    Deed(actor, "sealed anew", "secret-keys", details, self.clock.now())
                )
            unit.commit()
        names = tuple(one.row for one in shut if one.used)
        return SealReport(done, len(rows) - len(stale), names)

    def _seal(self, one: SealedRow) -> bool:
        """Answers whether the secrets could be opened."""
        try:
            plain = [self.sealer.open(secret, one.row) for secret in one.secrets]
        except SecretUnreadable:
            return False
        one.put(tuple(self.sealer.seal(secret, one.row) for secret in plain))
        return True
