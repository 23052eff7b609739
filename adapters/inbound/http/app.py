"""The web application, put together from what the entrypoint supplies."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from functools import partial

from litestar import Litestar
from litestar.config.compression import CompressionConfig
from litestar.types import ControllerRouterHandler

from adapters.inbound.http.api.media import name_version
from adapters.inbound.http.bearer import BearerGuard
from adapters.inbound.http.cookies import SessionCookies
from adapters.inbound.http.counters import Counters
from adapters.inbound.http.csrf import check_origin_and_token
from adapters.inbound.http.headers import Origins, header_hook
from adapters.inbound.http.health import Gauges, ReadyCheck
from adapters.inbound.http.limits import FailureLimit
from adapters.inbound.http.problems import exception_handlers
from adapters.inbound.http.proxies import TrustedProxies
from adapters.inbound.http.request_log import RequestLog
from adapters.inbound.http.rights import check_right
from adapters.inbound.http.roof import Roof
from adapters.inbound.http.routes import ROUTES, VIEWS
from adapters.inbound.http.session_layer import SessionLayer
from adapters.inbound.http.supplies import Provider, provide, supplied
from adapters.inbound.http.visit import House
from application.college_rules import CollegeRules
from application.ports.runtime import Clock, Transact
from application.use_cases.access.sessions import ContinueSession

Lifespan = Callable[[Litestar], AbstractAsyncContextManager[None]]
_LARGEST_BODY = 2_000_000
_GUESSES = 10
"""Wrong passwords for one login, before it waits: docs/decisions/0009-local-passwords.md."""


def _no_gauges() -> Mapping[str, float]:
    return {}


@dataclass(frozen=True, slots=True)
class AppParts:
    """What the entrypoint supplies.

    `providers` are the use cases by the name under which handlers ask for them; each call
    makes or hands out one. `lms_origins` are the sites that may frame us and `words` the
    college's own; both are asked at every answer, so they must be quick. `routes` are all
    pages unless a test wants fewer.
    """

    base_url: str
    clock: Clock
    transact: Transact
    continue_session: ContinueSession
    providers: Mapping[str, Provider]
    lms_origins: Origins
    ready_check: ReadyCheck
    routes: Sequence[ControllerRouterHandler] = ROUTES
    proxies: TrustedProxies = field(default_factory=TrustedProxies)
    gauges: Gauges = _no_gauges
    rules: Callable[[], CollegeRules] = CollegeRules
    lifespan: Sequence[Lifespan] = ()
    """Opens and closes what the process holds."""


def create_app(parts: AppParts) -> Litestar:
    house, counters = House(parts.base_url.rstrip("/"), parts.rules), Counters()
    cookies = SessionCookies(house.is_secure)
    failures = FailureLimit(parts.clock)
    bearer = BearerGuard(
        partial(_provided, parts, "use_token"), parts.transact, failures, parts.proxies
    )
    own: dict[str, object] = {
        "house": house,
        "session_cookies": cookies,
        "counters": counters,
        "failures": failures,
        "password_failures": FailureLimit(
            parts.clock, most=_GUESSES, sentence="Too many attempts with this login failed."
        ),
        "proxies": parts.proxies,
        "transact": parts.transact,
        "continue_session": parts.continue_session,
        "ready_check": parts.ready_check,
        "gauges": parts.gauges,
    }
    supplies = {
        **VIEWS,
        **{name: provide(_constant(value)) for name, value in own.items()},
        **{name: provide(provider) for name, provider in parts.providers.items()},
    }
    app = Litestar(
        route_handlers=[Roof(supplied(parts.routes, supplies))],
        guards=[bearer, check_right, check_origin_and_token],
        exception_handlers=exception_handlers(),
        before_send=[header_hook(house, parts.lms_origins), name_version],
        compression_config=CompressionConfig(
            backend="gzip", minimum_size=1000, exclude_opt_key="uncompressed"
        ),
        request_max_body_size=_LARGEST_BODY,
        lifespan=list(parts.lifespan),
        openapi_config=None,
        logging_config=None,
    )
    layer = SessionLayer(app.asgi_handler, house, cookies, parts.transact, parts.continue_session)
    app.asgi_handler = RequestLog(layer, counters)
    return app


def _constant(value: object) -> Provider:
    return lambda: value


def _provided(parts: AppParts, name: str) -> object:
    """Looked for when it is needed: an app with a few pages only may lack it."""
    return parts.providers[name]()
