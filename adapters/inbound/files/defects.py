"""What is wrong with an upload, gathered while it is read."""

from dataclasses import dataclass, field

from application.rosters.row_errors import RowError, Severity

_TOLD_ONE_BY_ONE = 100
_ALIKE = 16
"""Causes that begin with as many same signs are of one kind."""


@dataclass(slots=True)
class Defects:
    """Every error by its line; warnings that repeat are told a hundred times, then counted.

    An export with the same small fault in each of 300,000 rows is no longer than a screen
    that somebody reads, and takes no memory.
    """

    found: list[RowError] = field(default_factory=list)
    _alike: dict[tuple[str, str, str], int] = field(default_factory=dict)

    def add(
        self,
        file: str,
        line: int,
        column: str,
        value: str,
        cause: str,
        severity: Severity = Severity.ERROR,
    ) -> None:
        if severity is Severity.WARNING and line:
            kind = (file, column, cause[:_ALIKE])
            before = self._alike.get(kind, 0)
            self._alike[kind] = before + 1
            if before >= _TOLD_ONE_BY_ONE:
                return
        self.found.append(RowError(file, line, column, value, cause, severity))

    def note(self, file: str, cause: str, severity: Severity = Severity.WARNING) -> None:
        """Something about a whole file."""
        self.add(file, 0, "", "", cause, severity)

    def all(self) -> tuple[RowError, ...]:
        return (*self.found, *self._counted())

    def _counted(self) -> list[RowError]:
        more = ((kind, told - _TOLD_ONE_BY_ONE) for kind, told in self._alike.items())
        return [
            RowError(file, 0, column, "", f"{rest} more rows: {start}...", Severity.WARNING)
            for (file, column, start), rest in more
            if rest > 0
        ]
