"""What an import of our own files did or would do, or why it did nothing."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class _Identified(Protocol):
    @property
    def id(self) -> str: ...


@dataclass(frozen=True, slots=True)
class ImportProblem:
    """A defect: `path` is its place in the file, `slos[3].course`; the cause says the cure."""

    path: str
    cause: str


@dataclass(frozen=True, slots=True)
class ImportCount:
    what: str
    added: int
    changed: int
    same: int

    def __str__(self) -> str:
        return f"{self.what} {self.added} added, {self.changed} changed, {self.same} the same"


class LineState(StrEnum):
    ADDED = "added"
    WORDING = "new version"
    CORRECTION = "correction"
    CHANGED = "changed"
    """Something else than its words."""
    SAME = "same"


@dataclass(frozen=True, slots=True)
class ImportLine:
    """What becomes of one entry. `before` are title and statement where they differ."""

    path: str
    code: str
    title: str
    statement: str
    state: LineState
    changed: tuple[str, ...] = ()
    before: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class ImportReport:
    """With problems nothing was stored and there are no counts.

    `lines` name each SLO, those beside the problems too. `applied` False: nothing was stored.
    """

    counts: tuple[ImportCount, ...]
    problems: tuple[ImportProblem, ...]
    lines: tuple[ImportLine, ...] = ()
    applied: bool = True

    @property
    def changes(self) -> bool:
        return any(count.added or count.changed for count in self.counts)


def counted(
    what: str, listed: int, changes: Sequence[_Identified], known: Collection[str]
) -> ImportCount:
    """`known` are the ids stored before; changes can outnumber what the file lists."""
    changed = sum(change.id in known for change in changes)
    added = len(changes) - changed
    return ImportCount(what, added, changed, max(listed - len(changes), 0))
