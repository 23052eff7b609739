"""Broken rules of the subject.

DomainError
|- ScoreNotOnScale      a value that the row does not offer
|- RubricMismatch       a row that the rubric does not have
|- StaleVersion         somebody else changed the record first
|- NotScorable          an assessment that takes no scores of single students, or none now
|- WrongSum             counts of a row that are not the number enrolled
|- IllegalMove          a delivery or assessment cannot go from its state to that one
`- NonsenseValue        a field that no record may hold
"""

from typing import ClassVar


class DomainError(Exception):
    """A rule of the subject was broken; `slug` names it for pages, logs and scripts."""

    slug: ClassVar[str] = "invalid"


class NonsenseValue(DomainError):
    """`cure` tells what to write; a value that was written is quoted before it.

    `value` is empty where nothing was written, or nothing that a person would know again.
    """

    def __init__(self, field: str, value: str, cure: str) -> None:
        written = " ".join(value.split())
        told = f"{field} “{_shortened(written)}”: {cure}." if written else f"{cure}."
        super().__init__(told[:1].upper() + told[1:])
        self.field = field


_LONGEST_QUOTED = 60


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST_QUOTED else f"{text[: _LONGEST_QUOTED - 1].rstrip()}…"


class ScoreNotOnScale(DomainError):
    def __init__(self, value: str, row: str, offered: tuple[str, ...]) -> None:
        super().__init__(f"{value} is not a score of '{row}'; it offers {', '.join(offered)}.")


class RubricMismatch(DomainError):
    def __init__(self, row: str) -> None:
        super().__init__(f"The rubric of this assessment has no row {row}.")


class StaleVersion(DomainError):
    slug = "conflict"

    def __init__(self, what: str, seen: int, stored: int) -> None:
        super().__init__(f"{what} was changed meanwhile (version {seen} seen, {stored} stored).")


class NotScorable(DomainError):
    """The assessment takes no scores of single students, or takes none now.

    `title` names in a few words what is the case.
    """

    slug = "conflict"

    def __init__(self, sentence: str, *, title: str) -> None:
        super().__init__(sentence)
        self.title = title


class WrongSum(DomainError):
    """Counts of a row, N/A included, that do not add up to the number enrolled."""

    def __init__(self, row: str, counted: int, enrolled: int) -> None:
        apart = abs(enrolled - counted)
        cure = f"{apart} {'too many' if counted > enrolled else 'missing'}"
        super().__init__(f"{row}: {counted} counted of {enrolled} enrolled, {cure}.")
        self.row = row
        self.counted = counted
        self.enrolled = enrolled


class IllegalMove(DomainError):
    slug = "conflict"

    def __init__(self, what: str, state: str, wanted: str) -> None:
        super().__init__(f"{what} is {state} and cannot become {wanted}.")
