"""The tables of docs/faults.md as data: faults, the calls that they strike, and what follows."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sandbox.canvas.faults import Fault, Faults
from tests.contract.harness import LmsHarness

DOCUMENT = Path(__file__).parents[2] / "docs" / "faults.md"
WITHDRAWN = "withdrawn"
ALWAYS = 1000
LATE = 0.01
"""Seconds."""
_NOT_ASKED = "—"
_QUOTED = re.compile(r"`([^`]+)`")


@dataclass(frozen=True, slots=True)
class NamedFault:
    """`words` ask the practice Canvas for it: a kind, and how it is done."""

    name: str
    words: tuple[str, ...]

    def strike(self, harness: LmsHarness, faults: Faults, struck: "Struck") -> None:
        """Let it happen at the call that is struck."""
        if self.words[0] == WITHDRAWN:
            faults.listeners.append(_once(struck, harness.withdraw_consent))
            return
        kind, *how = self.words
        status = next((int(word) for word in how if word.isdigit()), 0)
        asked: dict[str, object] = {
            "kind": kind,
            "method": struck.method,
            "path": struck.pattern,
            "skip": struck.which - 1,
            "times": ALWAYS if "always" in how else 1,
            "executed": "executed" in how,
            "status": status,
            "seconds": LATE if kind == "slow" else 0.0,
        }
        faults.pending.append(Fault(**asked))  # type: ignore[arg-type] # fields of a fault


@dataclass(frozen=True, slots=True)
class Struck:
    """A call in the middle of an operation: the `which`-th `of` so many when nothing fails."""

    operation: str
    method: str
    pattern: str
    which: int
    of: int

    def is_this(self, method: str, path: str) -> bool:
        return method == self.method and re.search(self.pattern, path) is not None


@dataclass(frozen=True, slots=True)
class Cell:
    """What the document promises: a state, the slug beside it, and whether the call is repeated."""

    fault: NamedFault
    struck: Struck
    state: str
    slug: str
    again: bool

    def __str__(self) -> str:
        return f"{self.struck.operation}: {self.fault.name}"


@cache
def cells() -> tuple[Cell, ...]:
    """One for each fault and operation that the document does not leave out."""
    faults = {row[0]: _fault(row) for row in _rows("fault", "asked of the practice Canvas")}
    struck = operations()
    found = []
    for header, rows in _tables():
        if header[0] != "fault" or header[1] not in struck:
            continue
        for name, *promises in rows:
            for operation, promise in zip(header[1:], promises, strict=True):
                if promise != _NOT_ASKED:
                    found.append(_cell(faults[name], struck[operation], promise))
    return tuple(found)


@cache
def operations() -> dict[str, Struck]:
    return {row[0]: _struck(row) for row in _rows("operation", "call that is struck")}


def _cell(fault: NamedFault, struck: Struck, promise: str) -> Cell:
    state, *more = promise.split(", ")
    slug = next((quoted.group(1) for word in more if (quoted := _QUOTED.match(word))), "")
    return Cell(fault, struck, state, slug, "again" in more)


def _fault(row: list[str]) -> NamedFault:
    (words,) = _QUOTED.findall(row[-1])
    return NamedFault(row[0], tuple(words.split()))


def _struck(row: list[str]) -> Struck:
    (call,) = _QUOTED.findall(row[1])
    method, path = call.split()
    which, of = (int(number) for number in re.findall(r"\d+", row[2]))
    return Struck(row[0], method, re.sub(r":\w+", "[^/]+", path) + "$", which, of)


def _rows(first: str, last: str) -> list[list[str]]:
    """Those of the one table that has both columns."""
    (found,) = [rows for header, rows in _tables() if header[0] == first and last in header]
    return found


def _tables() -> Iterator[tuple[list[str], list[list[str]]]]:
    for block in re.findall(r"(?:^\|.*\n)+", DOCUMENT.read_text(), re.MULTILINE):
        header, _, *rows = [
            [cell.strip() for cell in line.strip().strip("|").split("|")]
            for line in block.splitlines()
        ]
        yield header, rows


def _once(struck: Struck, deed: Callable[[], None]) -> Callable[[str, str], None]:
    left = struck.which

    def heard(method: str, path: str) -> None:
        nonlocal left
        left -= struck.is_this(method, path)
        if left == 0:
            left = -1
            deed()

    return heard
