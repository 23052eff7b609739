"""Where calls may go: to the configured site's own origin, and to no private address."""

from collections.abc import Awaitable, Callable
from ipaddress import ip_address
from socket import SOCK_STREAM

import anyio
import httpx

from application.errors import LmsRefused

Resolve = Callable[[str], Awaitable[list[str]]]
"""The addresses of a host name; raises OSError when it has none."""

_PRIVATE_SUFFIXES = (".localhost", ".local", ".internal", ".test")


async def resolve(host: str) -> list[str]:
    found = await anyio.getaddrinfo(host, None, type=SOCK_STREAM)
    return sorted({str(entry[4][0]) for entry in found})


def origin_of(url: httpx.URL) -> str:
    """Scheme, host and port, the port only where it is not the scheme's own."""
    return str(url.copy_with(raw_path=b"/", fragment=None, username="", password="")).rstrip("/")


def same_origin(url: httpx.URL, origin: str) -> bool:
    return origin_of(url) == origin_of(httpx.URL(origin))


class AddressGuard:
    """Refuses private hosts, so that a mistyped site cannot reach into the college's network.

    A name is resolved once for each opened adapter, before its first call. Checking again at
    each connect would need httpx' private parts, and the address is typed by a steward, not
    by a visitor.
    """

    def __init__(self, *, allow_private: bool, resolve: Resolve | None) -> None:
        self._allow_private = allow_private
        self._resolve = resolve
        self._passed: set[str] = set()

    def check_name(self, url: httpx.URL) -> None:
        """Judge by scheme and name alone. Raises LmsRefused."""
        if self._allow_private:
            return
        if url.scheme != "https":
            raise LmsRefused("The address of the LMS must begin with https.")
        if _is_private_name(url.host):
            raise _private()

    async def check(self, url: httpx.URL) -> None:
        """Judge by name and addresses. Raises LmsRefused."""
        self.check_name(url)
        if self._allow_private or self._resolve is None or url.host in self._passed:
            return
        try:
            found = await self._resolve(url.host)
        except OSError:
            # No such name from here: the connection fails by itself, or a proxy knows it.
            return
        if any(_is_private_address(address) for address in found):
            raise _private()
        self._passed.add(url.host)


def _private() -> LmsRefused:
    return LmsRefused(
        "The address of the LMS lies in a private network. ATTAIN_CANVAS_ALLOW_PRIVATE_HOSTS "
        "allows that for test machines."
    )


def _is_private_name(host: str) -> bool:
    try:
        return _is_private_address(host)
    except ValueError:
        return "." not in host or host.rstrip(".").endswith(_PRIVATE_SUFFIXES)


def _is_private_address(address: str) -> bool:
    return not ip_address(address.partition("%")[0]).is_global
