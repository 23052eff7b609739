"""Launches signed by oauthlib's client, and a verifier over plain memory to try them on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

from oauthlib.oauth1 import SIGNATURE_HMAC_SHA1, SIGNATURE_TYPE_BODY, Client

from adapters.inbound.lti.verifier import LaunchRequest, LaunchVerifier
from application.errors import LaunchRejected

FORM = "application/x-www-form-urlencoded"
KEY, SECRET = "college", "b4e1c9d27f6a45d08c3e91ab5520f7de"
URL = "https://slo.example.edu/lti/launch"
NOW = datetime(2026, 11, 23, 19, 0, tzinfo=UTC)
NONCE = "kACN26CdbBYy7PIeCZ80X5UwhQM1XhGkK7GWXiBzK"
BASIC = {
    "lti_message_type": "basic-lti-launch-request",
    "lti_version": "LTI-1p0",
    "resource_link_id": "9f2c",
    "user_id": "5fbc",
    "roles": "Instructor",
}

Pairs = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class FixedClock:
    at: datetime = NOW

    def now(self) -> datetime:
        return self.at


@dataclass(frozen=True, slots=True)
class Secrets:
    known: Mapping[str, tuple[str, ...]]

    def secrets_of(self, consumer_key: str, now: datetime) -> tuple[str, ...]:
        return self.known.get(consumer_key, ())


@dataclass(frozen=True, slots=True)
class Nonces:
    spent: dict[tuple[str, str], datetime] = field(default_factory=dict)

    def remember(self, consumer_key: str, nonce: str, *, until: datetime) -> bool:
        if (consumer_key, nonce) in self.spent:
            return False
        self.spent[consumer_key, nonce] = until
        return True

    def forget_expired(self, now: datetime) -> int:
        expired = [spent for spent, until in self.spent.items() if until < now]
        for spent in expired:
            del self.spent[spent]
        return len(expired)


def a_verifier(
    secrets: Mapping[str, tuple[str, ...]] | None = None,
    nonces: Nonces | None = None,
    at: datetime = NOW,
) -> LaunchVerifier:
    known = {KEY: (SECRET,)} if secrets is None else secrets
    return LaunchVerifier(Secrets(known), nonces or Nonces(), FixedClock(at))


def a_launch(
    *,
    url: str = URL,
    signed_url: str | None = None,
    pairs: Pairs = (),
    without: str = "",
    key: str = KEY,
    secret: str = SECRET,
    nonce: str = NONCE,
    age: timedelta = timedelta(seconds=8),
    **params: str,
) -> LaunchRequest:
    """A complete basic launch, signed over `signed_url` and posted to `url`."""
    named = {name: value for name, value in (BASIC | params).items() if name != without}
    body = signed_body([*named.items(), *pairs], signed_url or url, key, secret, nonce, NOW - age)
    return LaunchRequest("POST", url, FORM, body)


def signed_body(pairs: Pairs, url: str, key: str, secret: str, nonce: str, at: datetime) -> bytes:
    client = Client(
        key,
        client_secret=secret,
        signature_method=SIGNATURE_HMAC_SHA1,
        signature_type=SIGNATURE_TYPE_BODY,
        nonce=nonce,
        timestamp=str(int(at.timestamp())),
    )
    signed: tuple[str, dict[str, str], str] = client.sign(
        url, "POST", urlencode(pairs), {"Content-Type": FORM}
    )
    return signed[2].encode("ascii")


def verdict(verifier: LaunchVerifier, request: LaunchRequest) -> str | None:
    """The slug of the refusal, or None where the launch is accepted."""
    try:
        verifier(request)
    except LaunchRejected as refusal:
        return refusal.rejected_as
    return None
