"""Addresses that people write for others to open."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from domain.errors import NonsenseValue

_SCHEMES = frozenset({"http", "https"})
_CURE = "give a whole address that begins with https:// or http://"
LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class WebLink:
    """A web page somewhere else; never a script, a file or an address without its host."""

    address: str
    label: str = ""

    def __post_init__(self) -> None:
        if not _is_web(self.address):
            raise NonsenseValue("link", self.address, _CURE)

    @property
    def text(self) -> str:
        """What stands on the page for it."""
        return self.label or self.address


def links_from(written: str) -> tuple[WebLink, ...]:
    """One link a line: its address, then perhaps what it is. Raises NonsenseValue."""
    lines = (line.split(maxsplit=1) for line in written.splitlines() if line.strip())
    return tuple(WebLink(one[0], one[1].strip() if one[1:] else "") for one in lines)


def links_as_text(links: tuple[WebLink, ...]) -> str:
    return "\n".join(f"{link.address} {link.label}".strip() for link in links)


def _is_web(address: str) -> bool:
    if len(address) > LONGEST or any(char.isspace() or not char.isprintable() for char in address):
        return False
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        return False
    return parts.scheme in _SCHEMES and bool(host) and not parts.username
