"""What the check of an LTI launch needs, each in a short transaction of its own."""

from datetime import datetime
from hashlib import sha256

from sqlalchemy import bindparam, delete

from adapters.outbound.persistence.engine import Engines
from adapters.outbound.persistence.repositories.registrations import SqlRegistrations
from adapters.outbound.persistence.tables import access
from adapters.outbound.persistence.writing import InsertNew
from application.ports.launches import ConsumerSecrets, NonceLedger
from application.ports.secrets import Sealer, consumer_key_row

_REMEMBER = InsertNew(access.nonces)
_FORGET = delete(access.nonces).where(access.nonces.c.until <= bindparam("now"))


class SqlConsumerSecrets(ConsumerSecrets):
    def __init__(self, engines: Engines, sealer: Sealer) -> None:
        self._engines = engines
        self._sealer = sealer

    def secrets_of(self, consumer_key: str, now: datetime) -> tuple[str, ...]:
        with self._engines.reader.connect() as connection:
            key = SqlRegistrations(connection).find(consumer_key)
        sealed = () if key is None else key.accepted_secrets(now)
        return tuple(self._sealer.open(one, consumer_key_row(consumer_key)) for one in sealed)


class SqlNonceLedger(NonceLedger):
    """Only a hash of the nonce is kept: nonces may be longer than an index entry."""

    def __init__(self, engines: Engines) -> None:
        self._engines = engines

    def remember(self, consumer_key: str, nonce: str, *, until: datetime) -> bool:
        row = (consumer_key, sha256(nonce.encode()).hexdigest(), until)
        with self._engines.writer.begin() as connection:
            return _REMEMBER(connection, [row]) == 1

    def forget_expired(self, now: datetime) -> int:
        with self._engines.writer.begin() as connection:
            return connection.execute(_FORGET, {"now": now}).rowcount
