"""One HTTP exchange with Canvas: address checked, throttled, retried where that is safe."""

from dataclasses import dataclass
from http.cookiejar import CookieJar, DefaultCookiePolicy

import httpx

from adapters.outbound.canvas.addresses import AddressGuard, Resolve, resolve
from adapters.outbound.canvas.settings import CanvasSettings
from adapters.outbound.canvas.throttle import Pacing, Throttle, Throttles, is_throttled
from application.errors import LmsRateLimited, LmsSpokeNonsense, LmsUnavailable

ACCEPT = "application/json+canvas-string-ids"
"""Canvas then writes all ids as text; some are larger than what a float holds exactly."""


def open_http(
    settings: CanvasSettings, user_agent: str, transport: httpx.AsyncBaseTransport | None
) -> httpx.AsyncClient:
    """One pool for all sites and people. It follows no redirect and keeps no cookie.

    Canvas sets a session cookie even for API calls; kept, it would travel with the calls of
    the next person. Proxies and certificates of the environment (`HTTPS_PROXY`,
    `SSL_CERT_FILE`) are honoured.
    """
    return httpx.AsyncClient(
        headers={"User-Agent": user_agent, "Accept": ACCEPT},
        timeout=httpx.Timeout(settings.read_timeout, connect=settings.connect_timeout),
        limits=httpx.Limits(max_connections=settings.max_connections),
        http2=settings.http2,
        cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),
        follow_redirects=False,
        transport=transport,
    )


@dataclass(slots=True, eq=False, repr=False)
class Wire:
    """What all calls of an opened adapter share."""

    http: httpx.AsyncClient
    settings: CanvasSettings
    pacing: Pacing
    guard: AddressGuard
    throttles: Throttles

    async def exchange(
        self, request: httpx.Request, throttle: Throttle, *, repeatable: bool
    ) -> httpx.Response:
        """Send and return whatever answer came, but for a throttled one.

        A throttled call was not executed and is tried again whatever its verb. After a server
        error or a broken connection only a `repeatable` one is.

        Raises:
            LmsRateLimited, LmsUnavailable, LmsSpokeNonsense, LmsRefused (address).
        """
        await self.guard.check(request.url)
        failures = 0
        while True:
            response = error = None
            try:
                response = await self._unthrottled(request, throttle)
            except httpx.TransportError as caught:
                error = caught
            if response is not None and not response.is_server_error:
                return response
            failures += 1
            if repeatable and failures < self.settings.tries:
                await self.pacing.sleep(self.pacing.backoff(self.settings.first_pause, failures))
            elif response is not None:
                return response
            else:
                where = f"{request.method} {request.url.path}"
                raise LmsUnavailable(f"Canvas did not answer ({where}).") from error

    async def _unthrottled(self, request: httpx.Request, throttle: Throttle) -> httpx.Response:
        for _ in range(self.settings.throttle_tries):
            try:
                response = await throttle.run(lambda: self.http.send(request))
            except httpx.DecodingError as error:
                raise LmsSpokeNonsense("Canvas' answer cannot be unpacked.") from error
            if not is_throttled(response):
                return response
        raise LmsRateLimited(
            "Canvas asks us to slow down.", retry_after=max(1.0, throttle.seconds_to_wait())
        )


def make_wire(
    http: httpx.AsyncClient, settings: CanvasSettings, pacing: Pacing, *, resolving: bool = True
) -> Wire:
    def throttle() -> Throttle:
        return Throttle(pacing, most=settings.max_concurrency, first_pause=settings.first_pause)

    resolver: Resolve | None = resolve if resolving else None
    guard = AddressGuard(allow_private=settings.allow_private_hosts, resolve=resolver)
    return Wire(http, settings, pacing, guard, Throttles(throttle))
