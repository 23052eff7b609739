"""Schools on both databases, and the processes that serve them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.crash.processes import Processes
from tests.crash.school import School, school_at

LARGE, SMALL = 200, 12


@pytest.fixture
def large_school(migrated_url: str, tmp_path: Path) -> Iterator[School]:
    """On each database: 200 students, scored; one press of *Send* away from Canvas."""
    with school_at(migrated_url, tmp_path, LARGE) as school:
        school.make_ready_to_send()
        yield school


@pytest.fixture
def small_school(migrated_url: str, tmp_path: Path) -> Iterator[School]:
    """On each database: nothing authorised, linked or scored yet."""
    with school_at(migrated_url, tmp_path, SMALL) as school:
        school.open_for_launches()
        yield school


@pytest.fixture
def lone_school(sqlite_url: str, tmp_path: Path) -> Iterator[School]:
    """On SQLite: nothing authorised, linked or scored yet."""
    with school_at(sqlite_url, tmp_path, SMALL) as school:
        school.open_for_launches()
        yield school


@pytest.fixture
def ready_school(sqlite_url: str, tmp_path: Path) -> Iterator[School]:
    """On SQLite: a few students, scored; one press of *Send* away from Canvas."""
    with school_at(sqlite_url, tmp_path, SMALL) as school:
        school.make_ready_to_send()
        yield school


@pytest.fixture
def busy_school(sqlite_url: str, tmp_path: Path) -> Iterator[School]:
    """On SQLite: 200 students, scored; one press of *Send* away from Canvas."""
    with school_at(sqlite_url, tmp_path, LARGE) as school:
        school.make_ready_to_send()
        yield school


@pytest.fixture
def processes(request: pytest.FixtureRequest, tmp_path: Path) -> Processes:
    """Those of whichever school the test asks for."""
    name = next(name for name in request.fixturenames if name.endswith("_school"))
    school: School = request.getfixturevalue(name)
    return Processes(school.environment, tmp_path / "log")
