"""A group of students with results on one SLO, and the college's rule about small ones."""

from collections.abc import Iterable
from dataclasses import dataclass

LEAST_MINIMUM = 3
"""A withheld group under a minimum of 2 would be known to be one student; so 2 counts as 3."""


@dataclass(frozen=True, slots=True)
class Group:
    """Students by level, lowest first; N/A and blank are in no level.

    `key` names the group among its kind and `org` where it stands in the college. `sections`
    is in how many sections these students were assessed.
    """

    key: str
    levels: tuple[int, ...]
    sections: int
    org: str = ""

    @property
    def students(self) -> int:
        return sum(self.levels)


@dataclass(frozen=True, slots=True)
class PrivacyRule:
    """Which groups are withheld (glossary 5 Faculty privacy rule, 8 Suppression).

    Groups of 1 to `minimum` - 1 students are. With `masks_single_sections` so are groups out
    of one section, whose results are those of one instructor. A minimum of 1 withholds none.
    """

    minimum: int
    masks_single_sections: bool = False

    @property
    def least(self) -> int:
        """The smallest group that is shown."""
        return max(self.minimum, LEAST_MINIMUM) if self.minimum > 1 else 1

    def withholds(self, group: Group) -> bool:
        return 0 < group.students < self.least or self.masks(group)

    def masks(self, group: Group) -> bool:
        """Whether it is withheld whatever its size."""
        return self.masks_single_sections and group.students > 0 and group.sections == 1


def added(groups: Iterable[Group], levels: int) -> tuple[int, ...]:
    """The students of several groups by level; nobody where there is no group."""
    rows = [group.levels for group in groups]
    return tuple(sum(row[level] for row in rows) for level in range(levels))
