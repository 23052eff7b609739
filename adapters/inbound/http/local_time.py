"""The time of the college, in which pages write moments and days."""

from contextvars import ContextVar
from datetime import date, datetime

from domain.college_time import UTC_TIME, CollegeTime

_kept: ContextVar[CollegeTime] = ContextVar("college_time", default=UTC_TIME)


def keep_time(time: CollegeTime) -> None:
    """From here on in this request, write moments in this time."""
    _kept.set(time)


def local(at: datetime) -> datetime:
    return _kept.get().local(at)


def day_there(value: date) -> date:
    """The day on which a moment falls at the college; a day is that day everywhere."""
    return _kept.get().day_of(value) if isinstance(value, datetime) else value
