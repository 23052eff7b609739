"""Files of very many rows: the ordinary ones are read by the portion, column after column."""

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby, islice, repeat
from typing import overload

from adapters.inbound.files.row_reader import LONGEST_ID, is_plain_id

Rows = Sequence[list[str]]
Column = Sequence[str]
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


class FlatRows(Sequence[list[str]]):
    """Rows of one width as the cells of all of them, one after the other.

    Each row has an empty cell behind the last.
    """

    def __init__(self, cells: list[str], width: int) -> None:
        self.cells, self._width = cells, width

    def __len__(self) -> int:
        return len(self.cells) // self._width

    @overload
    def __getitem__(self, place: int) -> list[str]: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[list[str]]: ...
    def __getitem__(self, place: int | slice) -> list[str] | Sequence[list[str]]:
        if isinstance(place, slice):
            return [self[one] for one in range(len(self))[place]]
        start = range(len(self))[place] * self._width
        return [*self.cells[start : start + self._width], ""]

    def column(self, place: int) -> Column:
        return self.cells[place :: self._width] if place < self._width else [""] * len(self)


def flat_rows(lines: list[str], separator: str, width: int) -> FlatRows | None:
    """The rows of lines without quotation marks; None where anything is to be looked at.

    The csv module says the same of them, and takes twice as long.
    """
    text = "".join(lines).replace("\r\n", "\n")
    if '"' in text or "\r" in text or width == 1:  # of one cell a blank line has none
        return None
    if set(map(str.count, lines, repeat(separator))) != {width - 1}:
        return None
    if max(map(len, lines)) > csv.field_size_limit():
        return None
    return FlatRows(text.removesuffix("\n").replace("\n", separator).split(separator), width)


def one_row_a_line(lines: Iterable[str], separator: str, count: int) -> Rows | None:
    """The rows of `count` lines; None when not each line is a row, as with breaks in values."""
    try:
        rows = list(csv.reader(lines, strict=True, delimiter=separator))
    except csv.Error:
        return None
    return rows if len(rows) == count else None


def runs(rows: Rows, width: int) -> Iterator[tuple[bool, int, Rows]]:
    """The rows in their order, those of the right width apart, with the place of the first.

    Those of the right width get their empty cell behind the last.
    """
    if isinstance(rows, FlatRows):
        yield True, 0, rows
        return
    at = 0
    for fits, group in groupby(rows, lambda cells: len(cells) == width):
        run = list(group)
        for cells in run if fits else ():
            cells.append("")
        yield fits, at, run
        at += len(run)


def columns_of(rows: Rows, places: Iterable[int]) -> list[Column]:
    if isinstance(rows, FlatRows):
        return [rows.column(place) for place in places]
    every = list(zip(*rows, strict=True))
    return [every[place] for place in places]


def text_of(rows: Rows) -> str:
    """All cells in one."""
    return "".join(rows.cells if isinstance(rows, FlatRows) else map("".join, rows))


def plain_ids(values: Column) -> Sequence[str]:
    """The ids that are beyond any doubt; others are empty, to be looked at more closely."""
    text = "".join(values)
    odd = " " in text or "+" in text or not text.isprintable()
    if odd or max(map(len, values)) > LONGEST_ID:
        return [value if is_plain_id(value) else "" for value in values]
    return values
