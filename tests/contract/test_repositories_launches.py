"""What the check of launches may rely on, over each kind of store."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest

from adapters.outbound.memory.launch_ledgers import MemoryConsumerSecrets, MemoryNonceLedger
from adapters.outbound.memory.unit_of_work import MemoryUnits
from adapters.outbound.persistence.engine import open_engines
from adapters.outbound.persistence.launch_ledgers import SqlConsumerSecrets, SqlNonceLedger
from adapters.outbound.persistence.unit_of_work import SqlUnits
from adapters.outbound.secrets.keyring import Keyring
from application.ports.launches import ConsumerSecrets, NonceLedger
from application.ports.secrets import consumer_key_row
from application.ports.unit_of_work import UnitOfWorkFactory
from domain.lti_registration import ConsumerKey
from tests.builders import a_consumer_key
from tests.stand_ins import NOON, NoQueue

KINDS = [
    pytest.param("memory", id="memory"),
    pytest.param("sqlite_url", id="sqlite"),
    pytest.param("emptied_postgres_url", id="postgres", marks=pytest.mark.postgres),
]
HOUR = timedelta(hours=1)
KEYRING = Keyring(["k" * 43])


@pytest.fixture(params=KINDS)
def ledger(request: pytest.FixtureRequest) -> Iterator[NonceLedger]:
    if request.param == "memory":
        yield MemoryNonceLedger()
        return
    engines = open_engines(request.getfixturevalue(request.param))
    yield SqlNonceLedger(engines)
    engines.close()


class TestNonces:
    def test_a_nonce_is_spent_once_for_each_key(self, ledger: NonceLedger) -> None:
        assert ledger.remember("key", "nonce", until=NOON)
        assert not ledger.remember("key", "nonce", until=NOON)
        assert not ledger.remember("key", "nonce", until=NOON + HOUR)
        assert ledger.remember("other", "nonce", until=NOON)
        assert ledger.remember("key", "Nonce", until=NOON)

    def test_of_eight_at_once_one_is_first(self, ledger: NonceLedger) -> None:
        gate = Barrier(8)

        def remember(_: int) -> bool:
            gate.wait()
            return ledger.remember("key", "nonce", until=NOON)

        with ThreadPoolExecutor(8) as threads:
            assert sum(threads.map(remember, range(8))) == 1

    def test_expired_ones_are_forgotten(self, ledger: NonceLedger) -> None:
        ledger.remember("key", "old", until=NOON)
        ledger.remember("key", "new", until=NOON + HOUR)

        assert ledger.forget_expired(NOON) == 1
        assert ledger.remember("key", "old", until=NOON)
        assert not ledger.remember("key", "new", until=NOON)

    def test_a_nonce_may_be_long(self, ledger: NonceLedger) -> None:
        """Longer than an entry of a PostgreSQL index may be."""
        long = "n\N{SNOWMAN}" * 20_000

        assert ledger.remember("key", long, until=NOON)
        assert ledger.remember("key", long + "x", until=NOON)
        assert not ledger.remember("key", long, until=NOON)

    def test_it_is_remembered_over_a_restart(self, migrated_url: str) -> None:
        for first in (True, False):
            engines = open_engines(migrated_url)
            assert SqlNonceLedger(engines).remember("key", "nonce", until=NOON) is first
            engines.close()


Served = tuple[UnitOfWorkFactory, ConsumerSecrets]


@pytest.fixture(params=KINDS)
def served(request: pytest.FixtureRequest, memory_units: MemoryUnits) -> Iterator[Served]:
    if request.param == "memory":
        yield memory_units, MemoryConsumerSecrets(memory_units, KEYRING)
        return
    engines = open_engines(request.getfixturevalue(request.param))
    yield SqlUnits(engines, lambda _: NoQueue()), SqlConsumerSecrets(engines, KEYRING)
    engines.close()


class TestConsumerSecrets:
    def test_a_key_has_its_secret(self, served: Served) -> None:
        units, secrets = served
        _store(units, lambda key: key)

        assert secrets.secrets_of("key", NOON) == ("first",)
        assert secrets.secrets_of("unknown", NOON) == ()

    def test_a_rotation_overlaps(self, served: Served) -> None:
        units, secrets = served
        second = KEYRING.seal("second", consumer_key_row("key"))
        _store(units, lambda key: key.rotated(second, overlap_until=NOON + HOUR))

        assert secrets.secrets_of("key", NOON) == ("second", "first")
        assert secrets.secrets_of("key", NOON + HOUR) == ("second",)

    def test_a_revoked_key_has_none(self, served: Served) -> None:
        units, secrets = served
        _store(units, lambda key: key.revoked(NOON))

        assert secrets.secrets_of("key", NOON) == ()


def _store(units: UnitOfWorkFactory, change: Callable[[ConsumerKey], ConsumerKey]) -> None:
    key = a_consumer_key(secret=KEYRING.seal("first", consumer_key_row("key")))
    with units() as unit:
        unit.registrations.save(change(key))
        unit.commit()
