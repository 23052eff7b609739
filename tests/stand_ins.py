"""Stand-ins for time, ids and work that a test does not want to happen."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Never

from application.ports.jobs import JobQueue, Payload
from application.ports.passwords import PasswordHasher
from application.ports.runtime import Clock

NOON = datetime(2026, 9, 14, 12, 0, tzinfo=UTC)


class FixedClock(Clock):
    """Stands still until a test moves it."""

    def __init__(self, at: datetime = NOON) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at

    def advance(self, **parts: float) -> datetime:
        """`advance(minutes=5)`."""
        self.at += timedelta(**parts)
        return self.at


@dataclass(slots=True)
class CountedIds:
    """`id-0001`, `id-0002`, ...: unique and rising, as those of the product."""

    prefix: str = "id"
    _numbers: Iterator[int] | None = None

    def __call__(self) -> str:
        if self._numbers is None:
            self._numbers = count(1)
        return f"{self.prefix}-{next(self._numbers):04}"

    def many(self, count: int) -> list[str]:
        return [self() for _ in range(count)]


class QuickPasswords(PasswordHasher):
    """Tells at a glance what was hashed; nothing for a real server."""

    def hash(self, password: str) -> str:
        return f"quick:{password[::-1]}"

    def verify(self, stored: str, password: str) -> bool:
        return stored.removeprefix("old-") == self.hash(password)

    def is_stale(self, stored: str) -> bool:
        return stored.startswith("old-")


class NoQueue(JobQueue):
    """For tests in which no job may be asked for."""

    def enqueue(self, kind: str, payload: Payload, *, key: str, lane: str) -> Never:
        raise AssertionError(f"A {kind} job was asked for, which this test does not expect.")
