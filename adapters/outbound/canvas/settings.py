"""What an installation may set for its Canvas sites: `ATTAIN_CANVAS_*`."""

from typing import Annotated

from msgspec import Meta, Struct

_Seconds = Annotated[float, Meta(gt=0)]
_Pause = Annotated[float, Meta(ge=0)]
_Count = Annotated[int, Meta(ge=1)]


class CanvasSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Times are in seconds. The defaults suit Canvas' documented throttle."""

    connect_timeout: _Seconds = 5.0
    read_timeout: _Seconds = 30.0
    max_connections: _Count = 40
    max_concurrency: _Count = 10
    """Calls in flight for one authorisation; fewer when Canvas' throttle asks for it.

    An empty bucket of the usual size bears ten, with room left for other processes.
    """
    tries: _Count = 3
    """How often a read is tried when Canvas fails or does not answer."""
    throttle_tries: _Count = 6
    """How often a throttled call is tried; Canvas did not execute it, so any may be repeated."""
    first_pause: _Pause = 0.5
    """The wait before the second try; it doubles with each further one."""
    page_cap: _Count = 1000
    """Pages of one list, up to 100 entries each; a longer list is taken for a circle."""
    http2: bool = False
    """Needs the package `h2`."""
    purpose: str = "Attain"
    """The label of our tokens in a person's Canvas settings."""
    ask_scopes: bool = True
    """Name the scopes that Attain needs; a key that enforces none ignores them."""
    allow_private_hosts: bool = False
    """Let sites be at private addresses and plain http: the practice Canvas, a test machine."""
