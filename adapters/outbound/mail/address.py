"""The mail server's address, as the setting writes it."""

from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit

_PORTS = {"smtp": 587, "smtps": 465}


@dataclass(frozen=True, slots=True)
class SmtpServer:
    """`smtps` speaks TLS from the start, `smtp` asks for it unless `plain`."""

    host: str
    port: int
    implicit_tls: bool
    plain: bool
    user: str
    password: str


def smtp_server(url: str) -> SmtpServer:
    """From `smtp://user:password@host:587` or `smtps://host`; `?tls=off` for a relay nearby.

    Raises:
        ValueError: it cannot be used; the message never repeats it, since it may hold a password.
    """
    parts = urlsplit(url)
    try:
        port = parts.port
    except ValueError:
        raise ValueError("its port is not a number") from None
    if parts.scheme not in _PORTS:
        raise ValueError("it must begin with smtp:// or smtps://")
    if not parts.hostname or parts.path.strip("/"):
        raise ValueError("it must name a host and nothing after it")
    options = parse_qs(parts.query)
    if set(options) - {"tls"} or options.get("tls", ["on"]) not in (["on"], ["off"]):
        raise ValueError("the only option is ?tls=off")
    return SmtpServer(
        parts.hostname,
        port or _PORTS[parts.scheme],
        parts.scheme == "smtps",
        options.get("tls") == ["off"],
        unquote(parts.username or ""),
        unquote(parts.password or ""),
    )
