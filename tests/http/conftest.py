from collections.abc import Iterator

import pytest

from adapters.outbound.memory.unit_of_work import MemoryUnits
from adapters.outbound.secrets.keyring import Keyring
from tests.http.support import KEYS, Backstage, Browser, a_web_app, browsing
from tests.stand_ins import FixedClock


@pytest.fixture
def backstage(memory_units: MemoryUnits, clock: FixedClock) -> Backstage:
    return Backstage(memory_units, clock, Keyring(KEYS))


@pytest.fixture
def browser(backstage: Backstage) -> Iterator[Browser]:
    """Over https, with the pages of the foundation and of stewards."""
    with browsing(a_web_app(backstage)) as opened:
        yield opened
