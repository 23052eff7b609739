from datetime import UTC, datetime

from application.ports.runtime import Clock


class SystemClock(Clock):
    def now(self) -> datetime:
        return datetime.now(UTC)
