"""Signed lists that tell anybody which credentials stand, and nothing of whose they are."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock

from application.credential_status import revoked_places
from application.credentials import college, signer
from application.errors import NotFound
from application.ports.credentials import CredentialWriter
from application.ports.runtime import Clock
from application.ports.secrets import Sealer
from application.ports.unit_of_work import UnitOfWorkFactory
from domain.credential import StatusList

KEPT_FOR = timedelta(minutes=5)


@dataclass(slots=True)
class KeptLists:
    """Lists that were signed lately.

    One is made at a time, as it reads many results; whoever asks meanwhile gets the one before,
    and waits only where there is none.
    """

    _kept: dict[int, tuple[datetime, str]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def get(self, number: int, now: datetime, make: Callable[[], str]) -> str:
        text, is_fresh = self._found(number, now)
        if is_fresh or not self._lock.acquire(blocking=not text):
            return text
        try:
            text, is_fresh = self._found(number, now)
            if not is_fresh:
                text = make()
                self._kept[number] = now, text
            return text
        finally:
            self._lock.release()

    def _found(self, number: int, now: datetime) -> tuple[str, bool]:
        """A clock that was put back makes no list fresher than it is."""
        made_at, text = self._kept.get(number, (now, ""))
        return text, bool(text) and timedelta() <= now - made_at < KEPT_FOR


@dataclass(frozen=True, slots=True)
class StatusLists:
    units: UnitOfWorkFactory
    clock: Clock
    sealer: Sealer
    writer: CredentialWriter
    base_url: str
    kept: KeptLists

    def __call__(self, number: int) -> str:
        """The signed list as `KeptLists` has it. Raises NotFound."""
        now = self.clock.now()
        return self.kept.get(number, now, lambda: self._made(number, now))

    def _made(self, number: int, now: datetime) -> str:
        with self.units(write=False) as unit:
            last, _ = unit.issued_credentials.last_list()
            if not 1 <= number <= last:
                raise NotFound("This list")
            issued = unit.issued_credentials.of_list(number)
            issuer = college(unit, self.base_url)
            listed = StatusList(number, revoked_places(unit, issued), now)
            key = signer(unit, issuer, self.sealer)
        return self.writer.status_list(listed, issuer, key)
