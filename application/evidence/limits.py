"""How much evidence is taken, and how long it is kept."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

_MEGA = 1_000_000


@dataclass(frozen=True, slots=True)
class EvidenceLimits:
    """`files` is how many pieces one student's result, section or action plan takes."""

    megabytes: int
    files: int
    keep_days: int

    @property
    def largest(self) -> int:
        """Of one file, in bytes."""
        return self.megabytes * _MEGA

    def keep_until(self, now: datetime) -> date:
        return (now + timedelta(days=self.keep_days)).date()
