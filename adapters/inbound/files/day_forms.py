"""Dates in the forms in which spreadsheets and student systems write them."""

import re
from dataclasses import dataclass
from datetime import date

_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_ISO_WITH_TIME = re.compile(r"(\d{4})-(\d{2})-(\d{2})[T ]\d{1,2}:\d{2}.*", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})([/.-]?)(\d{1,2})\2(\d{1,2})", re.ASCII)
_NUMBERS = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", re.ASCII)
_DAY_AND_NAME = re.compile(r"(\d{1,2})[ -]([a-z]{3,9})\.?[ -](\d{4}|\d{2})", re.ASCII)
_NAME_AND_DAY = re.compile(r"([a-z]{3,9})\.? (\d{1,2}),? (\d{4})", re.ASCII)
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_CENTURY = 2000
_TWO_DIGITS = 100
_MONTHS_A_YEAR = 12
_FORM = "write dates as YYYY-MM-DD"
_AMBIGUOUS = f"day and month cannot be told apart; {_FORM}"
_NONE_SUCH = "the calendar has no such date"


@dataclass(frozen=True, slots=True)
class DayRead:
    """`day` is None when `cause` says why there is none; a cause with a day is a warning."""

    day: date | None
    cause: str = ""


def read_day(text: str, *, times: bool = False) -> DayRead:
    """Every unambiguous form is a day; where day and month may be swapped there is none.

    With `times` the format has a time behind each date, and nothing is odd about it.
    """
    if match := _ISO.fullmatch(text):
        return _day(*map(int, match.groups()), warned=False)
    if match := _ISO_WITH_TIME.fullmatch(text):
        return _day(*map(int, match.groups()), warned=not times)
    if match := _YEAR_FIRST.fullmatch(text):
        year, _, month, day = match.groups()
        return _day(int(year), int(month), int(day))
    if match := _NUMBERS.fullmatch(text):
        return _day_or_month_first(*map(int, match.groups()))
    return _named(text.casefold())


def _day_or_month_first(first: int, second: int, year: int) -> DayRead:
    if first <= _MONTHS_A_YEAR and second <= _MONTHS_A_YEAR and first != second:
        return DayRead(None, _AMBIGUOUS)
    month, day = (first, second) if first <= _MONTHS_A_YEAR else (second, first)
    return _day(year, month, day)


def _named(text: str) -> DayRead:
    if match := _DAY_AND_NAME.fullmatch(text):
        day, name, year = match.groups()
    elif match := _NAME_AND_DAY.fullmatch(text):
        name, day, year = match.groups()
    else:
        return DayRead(None, _FORM)
    months = [n for n, month in enumerate(_MONTHS, 1) if month.startswith(name)]
    if len(months) != 1:
        return DayRead(None, _FORM)
    full = int(year) + (_CENTURY if int(year) < _TWO_DIGITS else 0)
    return _day(full, months[0], int(day))


def _day(year: int, month: int, day: int, *, warned: bool = True) -> DayRead:
    try:
        found = date(year, month, day)
    except ValueError:
        return DayRead(None, _NONE_SUCH)
    return DayRead(found, f"read as {found}; {_FORM}" if warned else "")
