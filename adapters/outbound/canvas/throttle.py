"""Canvas' throttle, met with as many calls at once as it bears.

Canvas keeps a leaky bucket for each token: every call in flight holds 50 units, a call is
refused when the bucket stands at its mark (600 by default), and 10 units leak a second.
`X-Rate-Limit-Remaining` tells mark minus level, the calls in flight included.
"""

import random
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import anyio
import httpx

UP_FRONT = 50.0
OUTFLOW = 10.0
RESERVE = 2 * UP_FRONT
"""Room left for other processes that use the same token, and for dear calls."""
LONGEST_WAIT = 30.0
_FIRST = 4
"""Calls at once before the first answer has told the mark: a third of the usual bucket."""
_MOST_THROTTLES = 1000


@dataclass(frozen=True, slots=True)
class Pacing:
    """Time and chance of all waiting, handed in so that tests need neither."""

    monotonic: Callable[[], float] = time.monotonic
    sleep: Callable[[float], Awaitable[None]] = anyio.sleep
    chance: Callable[[], float] = random.random

    def backoff(self, first: float, failures: int) -> float:
        """Seconds to wait after so many failures: doubling, and never the same for two."""
        wait = min(LONGEST_WAIT, first * 2.0 ** (failures - 1))
        return wait * (0.75 + 0.5 * self.chance())


def is_throttled(response: httpx.Response) -> bool:
    """429, or the older 403 whose text says so; any other 403 is a refusal of another kind."""
    if response.status_code == httpx.codes.FORBIDDEN:
        return "rate limit exceeded" in response.text.lower()
    return response.status_code == httpx.codes.TOO_MANY_REQUESTS


def retry_after(response: httpx.Response) -> float | None:
    """Seconds, if the header says so in seconds; Canvas itself sends none."""
    text = response.headers.get("Retry-After", "")
    return float(text) if text.isdecimal() else None


class Throttle:
    """The gate of one authorisation: calls beyond its present width wait their turn.

    It starts narrow, widens by one with each good answer as far as the bucket has room, and
    closes to one call after a refusal. `refusals` counts how often Canvas throttled us.
    """

    def __init__(self, pacing: Pacing, *, most: int, first_pause: float) -> None:
        self._pacing = pacing
        self._most = most
        self._first_pause = first_pause
        self._gate = anyio.CapacityLimiter(min(_FIRST, most))
        self._in_flight = 0
        self._mark = 0.0
        self._row = 0
        self._quiet_until = 0.0
        self.refusals = 0

    async def run(self, send: Callable[[], Awaitable[httpx.Response]]) -> httpx.Response:
        """Send when there is room, and learn from the answer."""
        async with self._gate:
            await self._wait_out()
            self._in_flight += 1
            try:
                response = await send()
            finally:
                self._in_flight -= 1
            self._learn(response)
            return response

    @property
    def mark(self) -> float | None:
        """The most that Canvas said was left, in its units; None: it said nothing yet."""
        return self._mark or None

    @property
    def width(self) -> int:
        """How many calls may be in flight at present."""
        return int(self._gate.total_tokens)

    def seconds_to_wait(self) -> float:
        return max(0.0, self._quiet_until - self._pacing.monotonic())

    async def _wait_out(self) -> None:
        while (wait := self.seconds_to_wait()) > 0:
            await self._pacing.sleep(wait)

    def _learn(self, response: httpx.Response) -> None:
        if is_throttled(response):
            self._refused(response)
            return
        self._row = 0
        remaining = _remaining(response)
        if remaining is not None:
            self._mark = max(self._mark, remaining)
            self._fit(min(self._mark, remaining + UP_FRONT * self._in_flight))

    def _refused(self, response: httpx.Response) -> None:
        self.refusals += 1
        self._row += 1
        self._gate.total_tokens = 1
        said = retry_after(response)
        self._be_quiet(self._pacing.backoff(self._first_pause, self._row) if said is None else said)

    def _fit(self, free: float) -> None:
        """Set the width to what the bucket would bear, were none of our calls in flight."""
        bears = int((free - RESERVE) // UP_FRONT)
        self._gate.total_tokens = max(1, min(bears, self.width + 1, self._most))
        if free < RESERVE + UP_FRONT:
            self._be_quiet((RESERVE + UP_FRONT - free) / OUTFLOW)

    def _be_quiet(self, seconds: float) -> None:
        until = self._pacing.monotonic() + min(seconds, LONGEST_WAIT)
        self._quiet_until = max(self._quiet_until, until)


def _remaining(response: httpx.Response) -> float | None:
    try:
        return float(response.headers["X-Rate-Limit-Remaining"])
    except (KeyError, ValueError):
        return None


class Throttles:
    """The throttle of each authorisation; the one not used for longest is forgotten first.

    Equal keys share one. Keys are token sources, not tokens: a renewed token goes on with
    what was learned. Keys must be hashable.
    """

    def __init__(self, make: Callable[[], Throttle]) -> None:
        self._make = make
        self._held: OrderedDict[object, Throttle] = OrderedDict()

    def of(self, key: object) -> Throttle:
        if key not in self._held:
            self._held[key] = self._make()
        self._held.move_to_end(key)
        while len(self._held) > _MOST_THROTTLES:
            self._held.popitem(last=False)
        return self._held[key]

    def __len__(self) -> int:
        return len(self._held)
