"""An Attain of its own in a temporary folder, with one class, for benches that need it served."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from entrypoints.bootstrap import House, opened, upgrade_schema
from entrypoints.ports import free_port
from entrypoints.settings import load_settings
from tests.benchmark.processes import HOST, Child, child, first_answer
from tests.browser.scoring_server import fill, score_some

STUDENTS, ROWS = 100, 8


@dataclass(frozen=True, slots=True)
class Installation:
    """`house` is for arranging; the environment is that of the processes to be started."""

    folder: Path
    environment: Mapping[str, str]
    house: House
    port: int

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.port}"

    @property
    def log(self) -> Path:
        return self.folder / "server.log"

    @contextmanager
    def served(self, *options: str) -> Iterator[Child]:
        """`attain serve` with one web worker, answering."""
        arguments = ("serve", "--port", str(self.port), *options)
        with child(
            "entrypoints.cli", *arguments, environment=self.environment, log=self.log
        ) as server:
            first_answer(self.port, "/health/live", server)
            yield server


@contextmanager
def installation(
    students: int = STUDENTS, rows: int = ROWS, **settings: str
) -> Iterator[Installation]:
    """A class of so many students, scored on so many rows but for some gaps, over SQLite."""
    port = free_port(HOST, 0)
    with TemporaryDirectory(prefix="attain-bench-") as name:
        environment = {
            "ATTAIN_DATA_DIR": name,
            "ATTAIN_BASE_URL": f"http://{HOST}:{port}",
            "ATTAIN_CANVAS_ALLOW_PRIVATE_HOSTS": "true",
            **settings,
        }
        loaded = load_settings(environment)
        upgrade_schema(loaded)
        with opened(loaded) as house:
            with house.use_cases.units()() as unit:
                fill(unit, students, rows)
                score_some(unit, rows)
                unit.commit()
            yield Installation(Path(name), environment, house, port)
