"""The time of the college: on which day something falls, and when a day begins and ends.

Moments are kept in UTC. People mean the days of their own place: what is due on a day may be
done until the last minute of that day there.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

from domain.errors import NonsenseValue

_LAST_MINUTE = time(23, 59)
_ELSEWHERE = frozenset({"Etc", "SystemV", "US", "Canada", "Mexico", "Brazil", "Chile", "right"})
"""Regions that hold second names of zones, kept for old programs."""


@dataclass(frozen=True, slots=True)
class CollegeTime:
    """`zone` is a name of the IANA time zone database, such as `America/Chicago`.

    Raises NonsenseValue for another name.
    """

    zone: str = "UTC"

    def __post_init__(self) -> None:
        try:
            self._info()
        except (KeyError, ValueError, OSError):  # unknown, no name at all, a region
            cure = "write a name of the IANA time zones, such as America/Chicago"
            raise NonsenseValue("time zone", self.zone, cure) from None

    def local(self, at: datetime) -> datetime:
        """The same moment as clocks of the college show it."""
        return at.astimezone(self._info())

    def day_of(self, at: datetime) -> date:
        return self.local(at).date()

    def start_of(self, day: date) -> datetime:
        return self._moment(day, time.min)

    def end_of(self, day: date) -> datetime:
        """The last minute of the day."""
        return self._moment(day, _LAST_MINUTE)

    def moved(self, at: datetime, by: timedelta) -> datetime:
        """At the same time of the clock, whole days later, whichever time of the year it is."""
        there = self.local(at).replace(tzinfo=None) + by
        return there.replace(tzinfo=self._info()).astimezone(UTC)

    def _moment(self, day: date, clock: time) -> datetime:
        return datetime.combine(day, clock, self._info()).astimezone(UTC)

    def _info(self) -> ZoneInfo:
        return ZoneInfo(self.zone)


UTC_TIME = CollegeTime()
"""Of a college that has not said where it is."""


def known_zones() -> list[str]:
    """The zones to choose from, UTC first, then by region and city."""
    places = (name.partition("/") for name in available_timezones())
    cities = sorted(
        f"{region}/{city}" for region, _, city in places if city and region not in _ELSEWHERE
    )
    return ["UTC", *cities]
