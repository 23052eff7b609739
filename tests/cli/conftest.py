import pytest

from adapters.outbound.jobs.memory_jobs import MemoryJobs
from adapters.outbound.memory.unit_of_work import MemoryUnits
from tests.application.sending import Classroom
from tests.cli.cli_house import MemoryHouse, Terminal
from tests.stand_ins import FixedClock


@pytest.fixture
def terminal(memory_units: MemoryUnits, memory_jobs: MemoryJobs, clock: FixedClock) -> Terminal:
    return Terminal(MemoryHouse(Classroom(memory_units, memory_jobs, clock)), memory_units)
