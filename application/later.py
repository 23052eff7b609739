"""Imports that wait until what they name is used: who starts loads only the rooms it enters.

    with imported_later(__name__):
        from application.use_cases.scoring.reflect import Reflect

To readers, mypy and import-linter this is an import like any other. At run time `Reflect` stands
for the class; the first call of it imports the module. So it may be called, passed on and stand
in annotations; who asks `isinstance`, catches an error or derives a class imports at once.
"""

import builtins
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib import import_module
from threading import Lock
from types import ModuleType
from typing import Any

_ONE_AT_A_TIME = Lock()


class StandIn:
    """A class or function of a module that is imported at the first call."""

    def __init__(self, module: str, name: str) -> None:
        self.module = module
        self.name = name

    def found(self) -> Any:  # noqa: ANN401 whatever has the name
        """Raises ImportError or AttributeError where nothing has it; a test asks for each."""
        return getattr(import_module(self.module), self.name)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 as what it stands for
        return self.found()(*args, **kwargs)


class _NotYet(ModuleType):
    """A module of which only the names are known."""

    def __getattr__(self, name: str) -> StandIn:
        return StandIn(self.__name__, name)


@contextmanager
def imported_later(importer: str) -> Iterator[None]:
    """Within it, `from module import name` in the module `importer` imports nothing.

    Other threads may import meanwhile; what they import is imported.
    """
    with _ONE_AT_A_TIME:
        at_once = builtins.__import__

        def import_(
            name: str,
            globals: Mapping[str, object] | None = None,  # noqa: A002 of the builtin
            locals: Mapping[str, object] | None = None,  # noqa: A002
            fromlist: Sequence[str] | None = (),
            level: int = 0,
        ) -> ModuleType:
            if fromlist and globals and globals.get("__name__") == importer:
                return _NotYet(name)
            return at_once(name, globals, locals, fromlist, level)

        builtins.__import__ = import_
        try:
            yield
        finally:
            builtins.__import__ = at_once
