"""Canvas' leaky bucket, one for each access token.

One update is: leak (only from a bucket that holds something), add, cap, floor, remember the
moment. This is the order of Canvas' own script.
"""

import hashlib
from dataclasses import dataclass, field

from sandbox.canvas.moments import Clock

IDLE_SECONDS = 3600


@dataclass(slots=True)
class Bucket:
    """Units in the bucket, and the moment of the last update in seconds."""

    count: float = 0.0
    touched: float = 0.0

    def update(self, amount: float, now: float, outflow: float, maximum: float) -> None:
        if self.count > 0:
            self.count -= outflow * (now - self.touched)
        self.count = max(0.0, min(maximum, self.count + amount))
        self.touched = now


@dataclass(slots=True)
class Throttle:
    """The buckets with Canvas' defaults, which an installation may change."""

    clock: Clock
    high_water_mark: float = 600.0
    maximum: float = 800.0
    outflow: float = 10.0
    """Units a second."""
    up_front_cost: float = 50.0
    """Units that each request holds while it is in flight."""
    buckets: dict[str, Bucket] = field(default_factory=dict)

    def enter(self, caller: str) -> bool:
        """Reserve the cost of a request in flight; False when it must be refused."""
        bucket = self.buckets.get(caller)
        now = self.clock().timestamp()
        if bucket is None or now - bucket.touched > IDLE_SECONDS:
            bucket = self.buckets[caller] = Bucket(touched=now)
        self._update(bucket, self.up_front_cost)
        return bucket.count < self.high_water_mark

    def leave(self, caller: str, cost: float) -> float:
        """Release the reservation, charge the real cost; what remains below the mark."""
        bucket = self.buckets[caller]
        self._update(bucket, cost - self.up_front_cost)
        return self.high_water_mark - bucket.count

    def _update(self, bucket: Bucket, amount: float) -> None:
        bucket.update(amount, self.clock().timestamp(), self.outflow, self.maximum)


def caller_of(secret: str) -> str:
    """The name of a bucket: the token itself is never kept."""
    return hashlib.sha256(secret.encode()).hexdigest()
