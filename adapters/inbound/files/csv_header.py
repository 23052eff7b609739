"""The header of a CSV file: which column stands where, and what is odd about it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from adapters.inbound.files.defects import Defects
from application.rosters.row_errors import Severity

_SIGNS_WITHOUT_MEANING = str.maketrans("", "", " _-\ufeff\u200b\u00a0")
_EXTENSION = "metadata."
_NEAR = 0.8


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a file; the first required one is the key of its rows, unless `keyless`.

    `personal` hold what must not be printed in full. With `open` further columns are kept
    without a word. With `times` dates have a time behind them.
    """

    required: tuple[str, ...]
    optional: tuple[str, ...] = ()
    personal: frozenset[str] = frozenset()
    open: bool = False
    times: bool = False
    keyless: bool = False

    @property
    def known(self) -> tuple[str, ...]:
        return (*self.required, *self.optional)


@dataclass(frozen=True, slots=True)
class Header:
    """`places` are the columns by their right name; `width` counts the cells of a row.

    A known column that is absent has the place behind the last cell, which is always empty.
    """

    places: Mapping[str, int]
    width: int


def bare(name: str) -> str:
    """A name of a column without what people and programs write differently."""
    return name.translate(_SIGNS_WITHOUT_MEANING).casefold()


def read_header(
    file: str, line: int, found: list[str], columns: Columns, defects: Defects
) -> Header | None:
    """The header with the right names, or None when it cannot be used."""
    written = [name.strip() for name in found]
    while written and not written[-1]:
        written.pop()
    by_bare = {bare(name): name for name in columns.known}
    names = [by_bare.get(bare(name), name) for name in written]
    missing = [name for name in columns.required if name not in names]
    doubled = sorted({name for name in names if names.count(name) > 1})
    unknown = [name for name in names if name not in columns.known]
    for before, name in zip(found, names, strict=False):
        if name in columns.known and before != name:
            cause = f"written '{before}', read as {name}"
            defects.add(file, line, name, before, cause, Severity.WARNING)
        elif name in unknown and not columns.open and not name.startswith(_EXTENSION):
            cause = f"unknown column; it is not read{_or_is_it(name, columns.known, names)}"
            defects.add(file, line, name, "", cause, Severity.WARNING)
    for name in missing:
        cause = f"this required column is missing{_or_is_it(name, unknown, ())}"
        defects.add(file, line, name, "", cause, Severity.FATAL)
    for name in doubled:
        defects.add(file, line, name, "", "this column stands here twice", Severity.FATAL)
    if missing or doubled:
        return None
    absent = dict.fromkeys(columns.known, len(names))
    places = {name: place for place, name in enumerate(names)}
    return Header({**absent, **places}, len(names))


def _or_is_it(name: str, others: Iterable[str], taken: Iterable[str]) -> str:
    """A question whether a misspelt column was meant."""
    free = {bare(other): other for other in others if other not in taken}
    near = get_close_matches(bare(name), free, 1, _NEAR)
    return f"; is it a misspelt {free[near[0]]}?" if near and others else ""
