"""Days as options of commands: YYYY-MM-DD, in the time zone of the college."""

from datetime import datetime

import rich_click as click

from domain.college_time import CollegeTime

DAY = click.DateTime(["%Y-%m-%d"])


def start_of(day: datetime | None, time: CollegeTime) -> datetime | None:
    return None if day is None else time.start_of(day.date())


def end_of(day: datetime | None, time: CollegeTime) -> datetime | None:
    """Its last minute: what is due on a day may be done all that day."""
    return None if day is None else time.end_of(day.date())
