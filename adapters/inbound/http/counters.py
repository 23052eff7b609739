"""What this process has counted, for `/metrics`."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from threading import Lock


@dataclass(slots=True)
class Counters:
    """Counts rise only; labels are routes, methods, statuses and slugs, never addresses."""

    _requests: Counter[tuple[str, str, int]] = field(default_factory=Counter)
    _launches: Counter[str] = field(default_factory=Counter)
    _lock: Lock = field(default_factory=Lock)

    def request(self, method: str, route: str, status: int) -> None:
        with self._lock:
            self._requests[method, route, status] += 1

    def launch(self, slug: str) -> None:
        """Count a launch by its outcome, `ok` or the slug of its refusal."""
        with self._lock:
            self._launches[slug] += 1

    def lines(self) -> Iterator[str]:
        """Prometheus' text format."""
        with self._lock:
            requests, launches = dict(self._requests), dict(self._launches)
        yield "# TYPE attain_requests_total counter"
        for (method, route, status), count in sorted(requests.items()):
            labels = f'method="{method}",route="{route}",status="{status}"'
            yield f"attain_requests_total{{{labels}}} {count}"
        yield "# TYPE attain_launches_total counter"
        for slug, count in sorted(launches.items()):
            yield f'attain_launches_total{{outcome="{slug}"}} {count}'
