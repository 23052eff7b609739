"""A limit on failed launches and sign-ins of one source or account, in this process' memory.

Only failures count: a whole class sits behind one address.
"""

from collections import OrderedDict, deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock

from application.errors import RateLimited
from application.ports.runtime import Clock


@dataclass(slots=True)
class FailureLimit:
    """At most `most` failures in `span`; at most `sources` sources are remembered."""

    clock: Clock
    most: int = 30
    span: timedelta = timedelta(minutes=5)
    sources: int = 10_000
    sentence: str = "Too many attempts from your address failed."
    _failures: OrderedDict[str, deque[datetime]] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def check(self, source: str) -> None:
        """Raises RateLimited for a source that failed too often."""
        with self._lock:
            recent = self._recent(source)
            if recent is not None and len(recent) >= self.most:
                raise RateLimited(self.sentence)

    def failed(self, source: str) -> None:
        with self._lock:
            recent = self._recent(source)
            if recent is None:
                recent = self._failures[source] = deque(maxlen=self.most)
            recent.append(self.clock.now())
            self._failures.move_to_end(source)
            if len(self._failures) > self.sources:
                self._failures.popitem(last=False)

    def _recent(self, source: str) -> deque[datetime] | None:
        recent = self._failures.get(source)
        if recent is None:
            return None
        oldest = self.clock.now() - self.span
        while recent and recent[0] <= oldest:
            recent.popleft()
        return recent
