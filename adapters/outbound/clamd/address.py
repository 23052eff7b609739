"""`ATTAIN_CLAMD`: where the scanner listens."""

from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class ClamdAddress:
    """`path` of a Unix socket, or `host` and `port`."""

    path: str = ""
    host: str = ""
    port: int = 0


def clamd_address(url: str) -> ClamdAddress:
    """Raises: ValueError with a sentence."""
    parts = urlsplit(url)
    if parts.scheme == "unix" and parts.path and not parts.netloc:
        return ClamdAddress(path=parts.path)
    if parts.scheme == "tcp" and parts.hostname and not parts.path.strip("/"):
        return ClamdAddress(host=parts.hostname, port=parts.port or 3310)
    raise ValueError("give tcp://host:3310 or unix:///run/clamav/clamd.ctl")
