"""`attain`: the command line over the house and the processes of this installation."""

import asyncio
import atexit
import gc
import os
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar, cast

from adapters.inbound.cli.parser import build
from application.later import imported_later
from entrypoints.settings import BadSetting, Settings, load_settings
from entrypoints.startup import CannotStart

with imported_later(__name__):
    from adapters.inbound.cli.house import House as CommandHouse
    from adapters.outbound.persistence.checking import differences_at
    from adapters.outbound.persistence.schema import backup
    from adapters.outbound.persistence.summaries.mending import rebuild_at
    from entrypoints.bootstrap import (
        House,
        opened,
        require_current_schema,
        schema_is_current,
        upgrade_schema,
        with_lms,
    )
    from entrypoints.demo import demo
    from entrypoints.logs import configure_logs
    from entrypoints.serve import serve
    from entrypoints.worker import work

T = TypeVar("T")

USAGE, REFUSED = 2, 3
_SELDOM = 10_000
"""Objects between two looks for garbage: a start makes many and leaves none behind."""


def main() -> None:
    """Run one command; its exit code says how it went (`adapters.inbound.cli.messages`)."""
    gc.set_threshold(_SELDOM)
    atexit.register(gc.freeze)  # what ends with the process needs no tidying before
    build(house, Installation(), {BadSetting: USAGE, CannotStart: REFUSED})()


@contextmanager
def house() -> "Iterator[CommandHouse]":
    """The house for one command."""
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
        if name != "examine":
            require_current_schema(self._house.settings)
        return getattr(self._house.use_cases, name)()

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Run a use case that speaks to the network, with the LMS connections open."""

        async def with_connections() -> T:
            async with with_lms(self._house):
                return await work

        return asyncio.run(with_connections())


class Installation:
    """The processes of this installation, started with its settings."""

    def demo(self, *, port: int, browser: bool, as_json: bool) -> None:
        demo(port=port, open_browser=browser, as_json=as_json)

    def serve(
        self, *, host: str, port: int, workers: int, with_jobs: bool, follow_parent: int | None
    ) -> None:
        serve(
            self._settings(),
            host=host,
            port=port,
            workers=workers,
            with_jobs=with_jobs,
            follow_parent=follow_parent,
        )

    def worker(self, *, follow_parent: int | None) -> None:
        asyncio.run(work(self._settings(), follow_parent=follow_parent))

    def db_upgrade(self) -> None:
        upgrade_schema(self._settings())

    def db_check(self) -> bool:
        return schema_is_current(self._settings())

    def db_differences(self) -> list[str]:
        return differences_at(self._settings().database)

    def db_rebuild(self) -> None:
        rebuild_at(self._settings().database)

    def db_backup(self, file: Path) -> None:
        backup(self._settings().database, file)

    def _settings(self) -> Settings:
        return load_settings(os.environ)


if __name__ == "__main__":
    main()
