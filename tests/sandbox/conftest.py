import pytest

from tests.sandbox.college import Practice


@pytest.fixture
def practice() -> Practice:
    return Practice()
