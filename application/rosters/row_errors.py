"""What is wrong with a roster, each defect with its place."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    INFO = "info"
    """Nothing is wrong: what was left out on purpose, or done as asked."""
    WARNING = "warning"
    """Taken all the same; worth a look."""
    ERROR = "error"
    """This row is left out, the others go on."""
    FATAL = "fatal"
    """The load is refused and nothing is stored."""


@dataclass(frozen=True, slots=True)
class RowError:
    """A defect with its place. `line` counts from 1, the header included; 0 is the whole file.

    `value` is what stood there; names and addresses of people are masked by the reader.
    """

    file: str
    line: int
    column: str
    value: str
    cause: str
    severity: Severity = Severity.ERROR
