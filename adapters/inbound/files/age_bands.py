"""Ages in bands wide enough to tell nobody's birthday."""

from datetime import date
from itertools import pairwise

FIRST_BIRTH = 1900
"""An earlier year of birth is a mistake."""
_FROM = (20, 25, 30, 35, 40, 50)


def age_band(born: date, on: date) -> str:
    """The band of somebody's age on a day: `under 20`, `20-24`, ..., `50 and over`."""
    age = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    if age < _FROM[0]:
        return f"under {_FROM[0]}"
    for lower, upper in pairwise(_FROM):
        if age < upper:
            return f"{lower}-{upper - 1}"
    return f"{_FROM[-1]} and over"
