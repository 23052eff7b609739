"""Faults that can be asked for: the next calls that match go wrong in a chosen way."""

import re
from collections.abc import Callable
from typing import Literal

import msgspec

FaultKind = Literal[
    "slow", "unauthorized", "throttled", "server_error", "half_body", "cut", "not_permitted"
]


class Fault(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """What goes wrong, for which calls, how often."""

    kind: FaultKind
    method: str = "*"
    path: str = ".*"
    """A regular expression that must match somewhere in the path."""
    times: int = 1
    skip: int = 0
    """How many matching calls go well first."""
    seconds: float = 0.0
    """How long `slow` waits before the call is worked on."""
    status: int = 0
    """403 or 429 for `throttled`; 0 is the installation's own, or 500 for `server_error`."""
    executed: bool = False
    """Whether the call takes effect although its answer goes wrong."""

    def concerns(self, method: str, path: str) -> bool:
        return self.method in {"*", method} and re.search(self.path, path) is not None


class Faults:
    """The faults that are still to happen; `listeners` hear of every call, for tests."""

    def __init__(self) -> None:
        self.pending: list[Fault] = []
        self.listeners: list[Callable[[str, str], None]] = []

    def add(self, fault: Fault | FaultKind, **details: object) -> Fault:
        """Ask for a fault: `faults.add("cut", method="POST", path="update_grades")`."""
        if isinstance(fault, Fault):
            asked = fault
        else:
            asked = msgspec.convert({"kind": fault, **details}, Fault)
        self.pending.append(asked)
        return asked

    def clear(self) -> None:
        self.pending.clear()

    def take(self, method: str, path: str) -> Fault | None:
        """The fault of this call, if any; each one happens as often as it says."""
        for listener in self.listeners:
            listener(method, path)
        for fault in self.pending:
            if not fault.concerns(method, path):
                continue
            if fault.skip:
                fault.skip -= 1
                continue
            fault.times -= 1
            if fault.times <= 0:
                self.pending.remove(fault)
            return fault
        return None
