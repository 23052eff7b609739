"""`attain`: the command line over the house and the processes of this installation."""

import asyncio
import gc
import os
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

from adapters.inbound.cli.parser import build
from entrypoints.settings import BadSetting, Settings, load_settings
from entrypoints.startup import CannotStart

if TYPE_CHECKING:
    from adapters.inbound.cli.house import House as CommandHouse
    from entrypoints.bootstrap import House

T = TypeVar("T")

USAGE, REFUSED = 2, 3


def main() -> None:
    """Run one command; its exit code says how it went (`adapters.inbound.cli.messages`)."""
    build(house, Installation(), {BadSetting: USAGE, CannotStart: REFUSED})()


@contextmanager
def house() -> "Iterator[CommandHouse]":
    """The house for one command."""
    gc.disable()  # a tenth of the start went into garbage that imports do not make
    from entrypoints.bootstrap import opened  # noqa: PLC0415 quick help
    from entrypoints.logs import configure_logs  # noqa: PLC0415 quick help

    gc.enable()
    settings = load_settings(os.environ)
    configure_logs("warning")
    with opened(settings) as ready:
        yield cast("CommandHouse", Desk(ready))  # its use cases stand in the container by name


class Desk:
    """A use case by its name, made when a command asks for it.

    Only `examine` works on an old schema too: telling so is its task.
    """

    def __init__(self, house: "House") -> None:
        self._house = house
        self.base_url = house.settings.base_url
        self.canvas_callback = house.settings.canvas_callback
        self.jobs = house.jobs

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 whatever the container holds
        from entrypoints.bootstrap import require_current_schema  # noqa: PLC0415 quick help

        if name != "examine":
            require_current_schema(self._house.settings)
        return getattr(self._house.use_cases, name)()

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Run a use case that speaks to the network, with the LMS connections open."""
        from entrypoints.bootstrap import with_lms  # noqa: PLC0415 quick help

        async def with_connections() -> T:
            async with with_lms(self._house):
                return await work

        return asyncio.run(with_connections())


class Installation:
    """The processes of this installation, started with its settings."""

    def demo(self, *, port: int, browser: bool, as_json: bool) -> None:
        from entrypoints.demo import demo  # noqa: PLC0415 quick help

        demo(port=port, open_browser=browser, as_json=as_json)

    def serve(
        self, *, host: str, port: int, workers: int, with_jobs: bool, follow_parent: int | None
    ) -> None:
        gc.disable()  # a tenth of the start went into garbage that imports do not make
        from entrypoints.serve import serve  # noqa: PLC0415 quick help

        gc.enable()
        serve(
            self._settings(),
            host=host,
            port=port,
            workers=workers,
            with_jobs=with_jobs,
            follow_parent=follow_parent,
        )

    def worker(self, *, follow_parent: int | None) -> None:
        from entrypoints.worker import work  # noqa: PLC0415 quick help

        asyncio.run(work(self._settings(), follow_parent=follow_parent))

    def db_upgrade(self) -> None:
        from entrypoints.bootstrap import upgrade_schema  # noqa: PLC0415 quick help

        upgrade_schema(self._settings())

    def db_check(self) -> bool:
        from entrypoints.bootstrap import schema_is_current  # noqa: PLC0415 quick help

        return schema_is_current(self._settings())

    def db_differences(self) -> list[str]:
        from adapters.outbound.persistence.checking import (  # noqa: PLC0415 quick help
            differences_at,
        )

        return differences_at(self._settings().database)

    def db_rebuild(self) -> None:
        from adapters.outbound.persistence.summaries.mending import (  # noqa: PLC0415 quick help
            rebuild_at,
        )

        rebuild_at(self._settings().database)

    def db_backup(self, file: Path) -> None:
        from adapters.outbound.persistence.schema import backup  # noqa: PLC0415 quick help

        backup(self._settings().database, file)

    def _settings(self) -> Settings:
        return load_settings(os.environ)


if __name__ == "__main__":
    main()
