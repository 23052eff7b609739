"""The thirty recorded launches, signed by other people's libraries, and the verdict on each."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "recorded"

SLUGS: Mapping[str, str | None] = {
    "valid": None,
    "missing_param": "launch-malformed",
    "duplicate_param": "launch-malformed",
    "unsupported_method": "launch-malformed",
    "bad_signature": "launch-signature-invalid",
    "expired": "launch-expired",
    "future": "launch-expired",
    "unknown_key": "launch-key-unknown",
    "replayed": "launch-replayed",
    "unsupported_version": "launch-version-unsupported",
    "unsupported_message_type": "launch-message-unsupported",
}
"""The slug that each `expect` answers; None where the launch is accepted."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A nonce that was spent before."""

    consumer_key: str
    timestamp: int
    nonce: str


@dataclass(frozen=True, slots=True)
class Wire:
    """What the application server sees behind a TLS proxy."""

    scheme: str
    target: str
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Vector:
    """One launch; `secret` is on record for `consumer_key` unless the key shall be unknown."""

    name: str
    method: str
    url: str
    params: tuple[tuple[str, str], ...]
    body: bytes
    consumer_key: str
    secret: str
    now: datetime
    expect: str
    query_style: str
    seen: tuple[Seen, ...]
    wire: Wire | None

    @property
    def slug(self) -> str | None:
        return SLUGS[self.expect]

    @property
    def registered(self) -> dict[str, tuple[str, ...]]:
        """The keys that the tool knows."""
        return {} if self.expect == "unknown_key" else {self.consumer_key: (self.secret,)}

    @property
    def values(self) -> dict[str, str]:
        return dict(reversed(self.params))


def load_vectors() -> list[Vector]:
    """All of them, in order of their names."""
    return [_vector(json.loads(path.read_text("utf-8"))) for path in sorted(FOLDER.glob("*.json"))]


def _vector(raw: dict[str, Any]) -> Vector:
    seen = (
        Seen(entry["consumer_key"], int(entry["timestamp"]), entry["nonce"])
        for entry in raw.get("seen", [])
    )
    return Vector(
        name=raw["name"],
        method=raw["method"],
        url=raw["url"],
        params=tuple((name, value) for name, value in raw["params"]),
        body=raw["body"].encode("ascii"),
        consumer_key=raw["consumer_key"],
        secret=raw["shared_secret"],
        now=datetime.fromtimestamp(raw["now"], UTC),
        expect=raw["expect"],
        query_style=raw["query_style"],
        seen=tuple(seen),
        wire=_wire(raw.get("wire")),
    )


def _wire(raw: dict[str, Any] | None) -> Wire | None:
    if raw is None:
        return None
    headers = {name.lower(): value for name, value in raw["headers"].items()}
    return Wire(raw["scheme"], raw["target"], headers)
