"""Whether this process lives, whether it may be sent work, and what it has counted."""

from collections.abc import Callable, Mapping, Sequence

from litestar import MediaType, Response, get

from adapters.inbound.http.counters import Counters
from adapters.inbound.http.injection import Injected
from domain.access import Right

ReadyCheck = Callable[[], Sequence[str]]
"""What hinders this process from serving, one sentence each; nothing when all is well."""
Gauges = Callable[[], Mapping[str, float]]
"""Levels to be shown at `/metrics`, such as `attain_jobs{state="queued"}`."""


@get("/health/live", right=Right.OPEN_TO_ALL, sync_to_thread=False, media_type=MediaType.TEXT)
def live() -> str:
    return "live\n"


@get("/health/ready", right=Right.OPEN_TO_ALL, sync_to_thread=True)
def ready(ready_check: Injected[ReadyCheck]) -> Response[str]:
    hindrances = ready_check()
    text = "".join(f"{one}\n" for one in hindrances) or "ready\n"
    status = 503 if hindrances else 200
    return Response(text, status_code=status, media_type=MediaType.TEXT)


@get("/metrics", right=Right.OPEN_TO_ALL, sync_to_thread=True, media_type=MediaType.TEXT)
def metrics(counters: Injected[Counters], gauges: Injected[Gauges]) -> str:
    levels = [f"{name} {value:g}" for name, value in sorted(gauges().items())]
    return "\n".join((*counters.lines(), *levels, ""))
