"""Complementary suppression of a total's parts, checked over every table there can be."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import product

import pytest

from domain.privacy.group import Group, PrivacyRule
from domain.privacy.split import Split, split

Row = tuple[int, ...]
Table = tuple[Row, ...]
Suppression = Callable[[Sequence[Group], PrivacyRule], Split]


def shares(total: int, parts: int) -> Iterator[Row]:
    """Every way to divide a number among so many parts."""
    if parts == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in shares(total - first, parts - 1):
            yield (first, *rest)


def tables_of(total: Row, parts: int) -> Iterator[Table]:
    """Every table with this bottom line: one row a part, one column a level."""
    for columns in product(*(list(shares(count, parts)) for count in total)):
        yield tuple(zip(*columns, strict=True))


def groups_of(table: Table, sections: Sequence[int]) -> list[Group]:
    return [Group(str(at), row, sections[at]) for at, row in enumerate(table)]


def told(
    total: Row, sections: Sequence[int], rule: PrivacyRule, suppress: Suppression
) -> list[str]:
    """What readers could work out: they see what is shown and know total and rule.

    All tables that look the same are compared, so the answer is exact.
    """
    alike: dict[tuple[frozenset[object], frozenset[str]], list[Table]] = defaultdict(list)
    for table in tables_of(total, len(sections)):
        seen = suppress(groups_of(table, sections), rule)
        shown: frozenset[object] = frozenset((part.key, part.levels) for part in seen.shown)
        alike[shown, frozenset(part.key for part in seen.withheld)].append(table)
    found = []
    for (_, withheld), tables in alike.items():
        for part in map(int, withheld):
            if len({sum(table[part]) for table in tables}) == 1:
                found.append(f"size of {part} in {tables[0]}")
            found += [
                f"level {level} of {part} in {tables[0]}"
                for level, count in enumerate(total)
                if count and len({table[part][level] for table in tables}) == 1
            ]
    return found


def without_complement(parts: Sequence[Group], rule: PrivacyRule) -> Split:
    """The usual mistake: only what is small itself is withheld."""
    small = tuple(part for part in parts if rule.withholds(part))
    return Split(tuple(part for part in parts if not rule.withholds(part)), small)


@pytest.mark.parametrize("minimum", [2, 3, 4, 5])
@pytest.mark.parametrize("parts", [2, 3])
def test_no_withheld_part_can_be_worked_out(minimum: int, parts: int) -> None:
    rule = PrivacyRule(minimum)
    totals = [total for total in product(range(6), repeat=2) if sum(total) >= rule.least]
    assert [told(total, [9] * parts, rule, split) for total in totals] == [[] for _ in totals]


def test_nor_with_three_levels() -> None:
    rule = PrivacyRule(3)
    for total in ((3, 3, 3), (1, 2, 3), (3, 0, 2), (1, 1, 1)):
        assert told(total, [9, 9, 9], rule, split) == []


@pytest.mark.parametrize("sections", [(1, 2, 2), (1, 1, 2), (2, 2, 1)])
def test_nor_a_part_of_one_section_where_those_are_withheld(sections: tuple[int, ...]) -> None:
    rule = PrivacyRule(3, masks_single_sections=True)
    for total in ((4, 4), (5, 1), (2, 5)):
        assert told(total, sections, rule, split) == []


def test_suppression_without_complement_is_found_out() -> None:
    assert told((5, 4), [9, 9], PrivacyRule(3), without_complement)


def test_parts_that_are_large_enough_are_all_shown() -> None:
    parts = [Group("a", (10, 2), 3), Group("b", (0, 0), 0), Group("c", (5, 7), 1)]
    assert split(parts, PrivacyRule(10)) == Split(tuple(parts), ())


def test_the_smallest_part_joins_what_is_withheld() -> None:
    parts = [Group("a", (20, 20), 3), Group("b", (4, 3), 2), Group("c", (8, 7), 2)]
    assert [part.key for part in split(parts, PrivacyRule(10)).shown] == ["a"]


def test_empty_parts_are_not_told_from_small_ones() -> None:
    parts = [Group("a", (20, 20), 3), Group("b", (4, 3), 2), Group("c", (8, 7), 2)]
    seen = split([*parts, Group("d", (0, 0), 0)], PrivacyRule(10))
    assert sorted(part.key for part in seen.withheld) == ["b", "c", "d"]


def test_a_minimum_of_one_withholds_nobody() -> None:
    parts = [Group("a", (1, 0), 1), Group("b", (0, 20), 1)]
    assert split(parts, PrivacyRule(1)).withheld == ()
