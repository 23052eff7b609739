from pathlib import Path

import pytest

from adapters.outbound.memory.unit_of_work import MemoryUnits
from tests.adapters.outcome_files.files import Files
from tests.application.keeping import Keeping


@pytest.fixture
def files(memory_units: MemoryUnits, tmp_path: Path) -> Files:
    return Files(Keeping(memory_units), tmp_path)
