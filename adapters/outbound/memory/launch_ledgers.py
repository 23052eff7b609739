"""Consumer secrets and spent nonces in memory."""

from datetime import datetime
from threading import Lock

from application.ports.launches import ConsumerSecrets, NonceLedger
from application.ports.secrets import Sealer, consumer_key_row
from application.ports.unit_of_work import UnitOfWorkFactory


class MemoryConsumerSecrets(ConsumerSecrets):
    def __init__(self, units: UnitOfWorkFactory, sealer: Sealer) -> None:
        self._units = units
        self._sealer = sealer

    def secrets_of(self, consumer_key: str, now: datetime) -> tuple[str, ...]:
        with self._units(write=False) as unit:
            key = unit.registrations.find(consumer_key)
        sealed = () if key is None else key.accepted_secrets(now)
        return tuple(self._sealer.open(one, consumer_key_row(consumer_key)) for one in sealed)


class MemoryNonceLedger(NonceLedger):
    def __init__(self) -> None:
        self._spent: dict[tuple[str, str], datetime] = {}
        self._changing = Lock()

    def remember(self, consumer_key: str, nonce: str, *, until: datetime) -> bool:
        with self._changing:
            if (consumer_key, nonce) in self._spent:
                return False
            self._spent[consumer_key, nonce] = until
        return True

    def forget_expired(self, now: datetime) -> int:
        with self._changing:
            over = [key for key, until in self._spent.items() if until <= now]
            for key in over:
                del self._spent[key]
        return len(over)
