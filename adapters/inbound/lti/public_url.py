"""The address that the LMS signed, rebuilt from what reached us behind a proxy."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

Network = IPv4Network | IPv6Network

_HOST = re.compile(r"(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?", re.ASCII)
_PORT = re.compile(r"[0-9]{1,5}", re.ASCII)


@dataclass(frozen=True, slots=True)
class SeenRequest:
    """A request as the application server sees it; header names are in lower case.

    `raw_path` and `raw_query` are the bytes of the wire, because a signature covers them so.
    `client` is the address of the peer, empty where there is none (a Unix socket).
    """

    scheme: str
    host: str
    raw_path: bytes
    raw_query: bytes
    client: str
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class PublicAddress:
    """Where browsers find us: the configured base URL, else what a trusted proxy says.

    Forwarded headers of anybody else are ignored; then the request's own host counts.
    """

    base_url: str = ""
    trusted_proxies: tuple[Network, ...] = ()

    def url_of(self, seen: SeenRequest) -> str:
        """The public URL with path and query exactly as they were sent."""
        # Some servers leave the query in ASGI's raw_path.
        path = seen.raw_path.partition(b"?")[0].decode("latin-1")
        query = seen.raw_query.decode("latin-1")
        return f"{self._start_of(seen, path)}{path}{'?' if query else ''}{query}"

    def _start_of(self, seen: SeenRequest, path: str) -> str:
        if self.base_url:
            return _base_before(self.base_url.rstrip("/"), path)
        if self.trusts(seen.client):
            scheme, host = _forwarded(seen)
            return f"{scheme}://{host}"
        return f"{seen.scheme}://{seen.host}"

    def trusts(self, client: str) -> bool:
        """Whether the peer is one of the named proxies."""
        try:
            address = ip_address(client.partition("%")[0])
        except ValueError:
            return False
        if isinstance(address, IPv6Address) and address.ipv4_mapped:
            address = address.ipv4_mapped
        return any(address in network for network in self.trusted_proxies)


def _base_before(base_url: str, path: str) -> str:
    """The base without its own path where the proxy has left that in the request's."""
    parts = urlsplit(base_url)
    if parts.path and (path == parts.path or path.startswith(f"{parts.path}/")):
        return f"{parts.scheme}://{parts.netloc}"
    return base_url


def _forwarded(seen: SeenRequest) -> tuple[str, str]:
    """Scheme and host of the nearest proxy's word; what it does not say is the request's own."""
    scheme = _last(seen.headers, "x-forwarded-proto").lower()
    host = _last(seen.headers, "x-forwarded-host")
    port = _last(seen.headers, "x-forwarded-port")
    scheme = scheme if scheme in {"http", "https"} else seen.scheme
    if not _HOST.fullmatch(host):
        return scheme, seen.host
    has_port = host.rpartition("]")[2].count(":") > 0
    return scheme, host if has_port or not _PORT.fullmatch(port) else f"{host}:{port}"


def _last(headers: Mapping[str, str], name: str) -> str:
    # A proxy appends to the list that it received, so only the last entry is its own.
    return headers.get(name, "").rpartition(",")[2].strip()
