"""How a failure is written beside a job, and how a remembered one is raised again.

A handler may catch the error of a step and go on. After a crash the step is replayed, not
run, so the same kind of error has to come out of its record: else the handler would take
another path than the one it took before.
"""

from collections.abc import Mapping
from importlib import import_module

from application.errors import ApplicationError
from domain.errors import DomainError

Described = Mapping[str, object]

_HOMES = ("application.errors", "domain.errors")
"""Modules whose errors are raised again as what they were."""


class RememberedFailure(Exception):
    """A failure of a kind that cannot be made again from its record; only its sentence."""


class StepFailure(Exception):
    """Carries a step's error through dbos, which stores the text and `data`."""

    def __init__(self, error: Exception) -> None:
        super().__init__(sentence_of(error))
        self.error = error
        self.data = describe(error)


class JobFailure(Exception):
    """What stops a job, with the sentence that people read."""


def sentence_of(error: Exception) -> str:
    """The error's own words if it is ours; foreign ones may hold what must not be shown."""
    if isinstance(error, ApplicationError | DomainError | RememberedFailure):
        return str(error)
    return f"Unexpected {type(error).__name__}; the worker's log has the rest."


def describe(error: Exception) -> dict[str, object]:
    """The error as plain JSON: its class, arguments and fields where these are plain."""
    if type(error).__module__ not in _HOMES:
        return {"sentence": sentence_of(error)}
    return {
        "sentence": sentence_of(error),
        "module": type(error).__module__,
        "name": type(error).__name__,
        "args": [_plain(value) for value in error.args],
        "fields": {name: _plain(value) for name, value in vars(error).items()},
    }


def revive(described: Described) -> Exception:
    """The error that `describe` described."""
    found = _class_of(described)
    if found is None:
        return RememberedFailure(str(described["sentence"]))
    error = found.__new__(found)  # its constructor takes other arguments than it stores
    arguments, fields = described["args"], described["fields"]
    if isinstance(arguments, list) and isinstance(fields, dict):
        error.args = tuple(arguments)
        vars(error).update(fields)
    return error


def _class_of(described: Described) -> type[Exception] | None:
    if described.get("module") not in _HOMES:
        return None
    found = getattr(import_module(str(described["module"])), str(described["name"]), None)
    return found if isinstance(found, type) and issubclass(found, Exception) else None


def _plain(value: object) -> object:
    return value if isinstance(value, str | int | float | None) else str(value)
