"""The installation itself: address, database, keys, clock, background work."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import ip_address
from urllib.parse import urlsplit

from application.doctor.findings import Finding, bad, good, note
from application.ports.jobs import Jobs, JobState
from application.ports.runtime import Clock
from application.ports.secrets import Sealer, SecretUnreadable
from application.ports.unit_of_work import UnitOfWork
from application.sealed_rows import sealed_rows

_CLOCK_SLACK = timedelta(minutes=5)
_LONG_QUEUED = timedelta(minutes=10)
_JOBS = 200


@dataclass(frozen=True, slots=True)
class Installation:
    """`schema_is_current` and `workers_alive` look where the doctor cannot."""

    clock: Clock
    sealer: Sealer
    jobs: Jobs
    base_url: str
    schema_is_current: Callable[[], bool]
    workers_alive: Callable[[], int]

    def address(self) -> Finding:
        parts = urlsplit(self.base_url)
        if parts.scheme == "https":
            return good("base URL", self.base_url)
        if _is_loopback(parts.hostname or ""):
            cure = "set ATTAIN_BASE_URL to the https address that people use"
            return note("base URL", f"{self.base_url}, this machine only", cure)
        cure = "put a TLS proxy in front and set ATTAIN_BASE_URL to https"
        return bad("base URL", f"{self.base_url} is not encrypted", cure)

    def schema(self) -> Finding:
        if self.schema_is_current():
            return good("schema", "current")
        says = "the database is of another version than this program"
        return bad("schema", says, "run `attain db upgrade`")

    def stored(self, unit: UnitOfWork) -> Iterator[Finding]:
        """What only a current schema can tell."""
        yield self._worker()
        yield self._queue()
        yield self._clock(unit)
        yield self._keys(unit)

    def _worker(self) -> Finding:
        alive = self.workers_alive()
        if alive:
            return good("worker", f"{alive} at work")
        return bad("worker", "none is alive", "run `attain serve` or `attain worker`")

    def _queue(self) -> Finding:
        """The oldest of the newest jobs that still waits for a worker."""
        queued = [j.created_at for j in self.jobs.recent(_JOBS) if j.state is JobState.QUEUED]
        if not queued:
            return good("queue", "empty")
        minutes = int((self.clock.now() - min(queued)).total_seconds() // 60)
        says = f"{len(queued)} waiting, the oldest for {minutes} min"
        if self.clock.now() - min(queued) < _LONG_QUEUED:
            return good("queue", says)
        return bad("queue", says, "look at `attain jobs list`, and start another worker")

    def _clock(self, unit: UnitOfWork) -> Finding:
        """Launches are signed with the time, so a wrong clock refuses all of them."""
        now = self.clock.now()
        latest = max((record.at for record in unit.identities.recent(1)), default=now)
        if latest > now + _CLOCK_SLACK:
            cure = "let the machine keep its time by NTP"
            return bad("clock", f"{now:%Y-%m-%d %H:%M} UTC is before the last launch", cure)
        return good("clock", f"{now:%Y-%m-%d %H:%M} UTC")

    def _keys(self, unit: UnitOfWork) -> Finding:
        """Whether the present keys open what is stored."""
        used = [one for one in sealed_rows(unit) if one.used]
        shut = [one for one in used if not all(self._opens(one.row, s) for s in one.secrets)]
        if shut:
            cure = "put the former key back into ATTAIN_SECRET_KEYS, behind the present one"
            return bad("secret keys", f"{len(shut)} stored secrets cannot be opened", cure)
        if any(self.sealer.is_stale(secret) for one in used for secret in one.secrets):
            cure = "run `attain db reseal`; until then keep the former key in ATTAIN_SECRET_KEYS"
            return note("secret keys", "some secrets are sealed with a former key", cure)
        return good("secret keys", f"{len(used)} stored secrets can be opened")

    def _opens(self, row: str, secret: bytes) -> bool:
        try:
            self.sealer.open(secret, row)
        except SecretUnreadable:
            return False
        return True


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
