"""The media type that names the version, for programs that ask for it."""

from litestar.datastructures import MutableScopeHeaders
from litestar.types import Message, Scope

from adapters.inbound.http.bearer import JSON, VERSIONED


async def name_version(message: Message, scope: Scope) -> None:
    """A `before_send` hook: `Accept: application/vnd.attain.v1+json` is answered by that name."""
    if message["type"] != "http.response.start" or not scope["path"].startswith("/api/v1/"):
        return
    asked = dict(scope["headers"]).get(b"accept", b"").decode("latin-1")
    headers = MutableScopeHeaders.from_message(message)
    if VERSIONED in asked and headers.get("content-type", "").startswith(JSON):
        headers["content-type"] = VERSIONED
