"""Files of very many rows: the ordinary ones are read by the portion, column after column."""

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby, islice
from typing import TypeVar

from adapters.inbound.files.row_reader import LONGEST_ID, is_plain_id

T = TypeVar("T")
Rows = Sequence[list[str]]
Column = tuple[str, ...]
Take = Callable[[Sequence[int], Rows], Iterator[int]]
"""Takes the ordinary ones among rows of one width, given with their lines, in their order.

It yields the place of each other row when all before it are taken. The cells are as they
stand in the file, with an empty one behind the last.
"""
BindTake = Callable[[Mapping[str, int]], Take]
"""Given the places of the columns."""
_PORTION = 1_000


def portions(lines: Iterator[str]) -> Iterator[list[str]]:
    while portion := list(islice(lines, _PORTION)):
        yield portion


def one_row_a_line(lines: Iterable[str], separator: str, count: int) -> Rows | None:
    """The rows of `count` lines; None when not each line is a row, as with breaks in values."""
    try:
        rows = list(csv.reader(lines, strict=True, delimiter=separator))
    except csv.Error:
        return None
    return rows if len(rows) == count else None


def runs(rows: Rows, width: int) -> Iterator[tuple[bool, list[int]]]:
    """The places of rows in their order, parted into those of the right width and others."""
    if set(map(len, rows)) == {width}:
        yield True, list(range(len(rows)))
        return
    for fits, places in groupby(range(len(rows)), lambda place: len(rows[place]) == width):
        yield fits, list(places)


def columns_of(rows: Rows, places: Iterable[int]) -> list[Column]:
    every = list(zip(*rows, strict=True))
    return [every[place] for place in places]


def plain_ids(values: Column) -> Sequence[str]:
    """The ids that are beyond any doubt; others are empty, to be looked at more closely."""
    text = "".join(values)
    odd = " " in text or "+" in text or not text.isprintable()
    if odd or max(map(len, values)) > LONGEST_ID:
        return [value if is_plain_id(value) else "" for value in values]
    return values


def row_by_row(
    read: Callable[[int, list[str]], T | None],
) -> Callable[[Sequence[int], Rows], list[T | None]]:
    return lambda lines, rows: [read(*one) for one in zip(lines, rows, strict=True)]
