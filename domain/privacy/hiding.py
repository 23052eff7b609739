"""Whether the sum of some groups may be known without giving away a number of any of them."""

from collections.abc import Collection, Sequence

from domain.privacy.group import Group, PrivacyRule, added


def hides(pool: Collection[Group], rule: PrivacyRule, at_stake: Sequence[int]) -> bool:
    """True when every number of every group could be another one, the sum being what it is.

    `at_stake` are the levels that are not known to be empty anyway. A level at which nobody of
    the pool stands would tell that nobody of each group does; with one student a group, or
    with as many as withheld groups can have, the sizes would be told.
    """
    filled = [group for group in pool if group.students]
    if len(filled) < 2 or not at_stake:  # noqa: PLR2004 one group alone is its own sum
        return False
    total = added(filled, len(filled[0].levels))
    students = sum(total)
    return (
        students >= rule.least
        and students > len(filled)
        and (students < _most(filled, rule) or any(rule.masks(group) for group in filled))
        and all(total[level] for level in at_stake)
    )


def _most(filled: Sequence[Group], rule: PrivacyRule) -> int:
    """What the pool can hold at most as far as a reader can tell.

    A pool with a group that is large enough to show holds groups of any size.
    """
    large = max(group.students for group in filled)
    return (rule.least - 1 if large < rule.least else sum(g.students for g in filled)) * len(filled)
