"""Days as options of commands: YYYY-MM-DD, meant in UTC."""

from datetime import UTC, datetime, time

import rich_click as click

DAY = click.DateTime(["%Y-%m-%d"])
_END = time(23, 59)


def end_of(day: datetime) -> datetime:
    """Its last minute: what is due on a day may be done all that day."""
    return datetime.combine(day, _END, UTC)
