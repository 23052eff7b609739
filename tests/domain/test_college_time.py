"""Days of the college: what falls on which, and when each begins and ends."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.college_time import CollegeTime, known_zones
from domain.errors import NonsenseValue

ZONES = st.sampled_from(known_zones())
DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2035, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 the zone is given beside them
CHICAGO = CollegeTime("America/Chicago")


@given(zone=ZONES, day=DAYS)
def test_a_day_begins_and_ends_on_itself(zone: str, day: date) -> None:
    time = CollegeTime(zone)
    assert time.day_of(time.start_of(day)) == day == time.day_of(time.end_of(day))
    assert time.day_of(time.end_of(day) + timedelta(minutes=1)) == day + timedelta(days=1)


@given(zone=ZONES, at=MOMENTS)
def test_every_moment_falls_within_its_day(zone: str, at: datetime) -> None:
    time = CollegeTime(zone)
    day = time.day_of(at)
    assert time.start_of(day) <= at < time.end_of(day) + timedelta(minutes=1)


@given(zone=ZONES, day=DAYS, weeks=st.integers(1, 60))
def test_what_is_due_at_the_end_of_a_day_is_so_after_being_moved(
    zone: str, day: date, weeks: int
) -> None:
    time, by = CollegeTime(zone), timedelta(weeks=weeks)
    assert time.moved(time.end_of(day), by) == time.end_of(day + by)


def test_moments_are_kept_in_utc() -> None:
    assert CHICAGO.end_of(date(2026, 12, 4)) == datetime(2026, 12, 5, 5, 59, tzinfo=UTC)
    assert CHICAGO.end_of(date(2026, 7, 4)).tzinfo is UTC


def test_clocks_of_the_college() -> None:
    winter = CHICAGO.local(datetime(2026, 12, 5, 5, 59, tzinfo=UTC))
    summer = CHICAGO.local(datetime(2026, 7, 5, 4, 59, tzinfo=UTC))
    assert (f"{winter:%d %H:%M %Z}", f"{summer:%d %H:%M %Z}") == ("04 23:59 CST", "04 23:59 CDT")


@pytest.mark.parametrize("name", ["", "America", "Chicago", "../etc/passwd", "Mars/Olympus", "/"])
def test_no_other_names(name: str) -> None:
    with pytest.raises(NonsenseValue, match="America/Chicago"):
        CollegeTime(name)


def test_each_zone_to_choose_is_one() -> None:
    zones = known_zones()
    assert zones[0] == "UTC"
    assert {"America/Chicago", "Europe/Berlin", "Pacific/Auckland"} <= set(zones)
    assert len(zones) == len(set(zones))
    assert [CollegeTime(zone).zone for zone in zones] == zones
