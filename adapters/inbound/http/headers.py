"""The headers that stand on every answer, errors too."""

from collections.abc import Awaitable, Callable, Sequence

from litestar.datastructures import MutableScopeHeaders
from litestar.types import Message, Scope

from adapters.inbound.http.visit import STATE_KEY, House, Visit

Origins = Callable[[], Sequence[str]]
_OFF = (
    "accelerometer=(), autoplay=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), "
    "magnetometer=(), microphone=(), midi=(), payment=(), usb=(), xr-spatial-tracking=()"
)


def policy(lms_origins: Sequence[str]) -> str:
    """The Content-Security-Policy.

    `form-action` names the LMS too: browsers apply it to the redirect that answers a form,
    such as the way to the LMS' consent page.
    """
    lms = "".join(f" {origin}" for origin in lms_origins)
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "font-src 'self'; connect-src 'self'; base-uri 'none'; "
        f"form-action 'self'{lms}; frame-ancestors 'self'{lms}"
    )


def header_hook(house: House, lms_origins: Origins) -> Callable[[Message, Scope], Awaitable[None]]:
    """A `before_send` hook. A page's own `Cache-Control` and policy are kept.

    Besides the configured sites, the one from which this session was launched may frame us:
    the launch that named it was signed.
    """

    async def add_headers(message: Message, scope: Scope) -> None:
        if message["type"] != "http.response.start":
            return
        headers = MutableScopeHeaders.from_message(message)
        visit = scope["state"].get(STATE_KEY)
        launched_from = visit.lms_origin if isinstance(visit, Visit) else ""
        origins = [*lms_origins(), *([launched_from] if launched_from else [])]
        headers.setdefault("Content-Security-Policy", policy(origins))
        headers.setdefault("Cache-Control", "no-store")
        headers["X-Content-Type-Options"] = "nosniff"
        headers["Referrer-Policy"] = "same-origin"
        headers["Cross-Origin-Resource-Policy"] = "same-origin"
        headers["Permissions-Policy"] = _OFF
        if house.is_secure:
            headers["Strict-Transport-Security"] = "max-age=31536000"
        if isinstance(visit, Visit):
            headers["X-Request-ID"] = visit.reference

    return add_headers
