"""What click's context carries to every command; light, so that `--help` is quick."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from adapters.inbound.cli.house import House


class Processes(Protocol):
    """What runs longer than a command, and the schema of the database."""

    def demo(self, *, port: int, browser: bool, as_json: bool) -> None:
        """Run the sample college until Ctrl-C; prints its addresses itself."""

    def serve(
        self, *, host: str, port: int, workers: int, with_jobs: bool, follow_parent: int | None
    ) -> None:
        """Serve until told to stop, or until the parent with this process id has gone."""

    def worker(self, *, follow_parent: int | None) -> None:
        """Execute jobs until told to stop, or until the parent with this id has gone."""

    def db_upgrade(self) -> None: ...
    def db_check(self) -> bool:
        """Whether the schema is the one of this program."""

    def db_differences(self) -> list[str]:
        """A sentence for each count kept for reports that the scores do not bear out."""

    def db_rebuild(self) -> None:
        """Count again what reports read."""

    def db_backup(self, file: Path) -> None: ...


@dataclass(frozen=True, slots=True)
class Workbench:
    """The house on demand. `refusals` are errors of starting, with their exit codes."""

    open_house: Callable[[], AbstractContextManager["House"]]
    processes: Processes
    refusals: Mapping[type[Exception], int] = field(default_factory=dict)
