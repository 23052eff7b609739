"""One real launch verified by Attain, PyLTI and oauthlib, by processor time.

Each side starts from the body as it came over the wire. PyLTI is also measured with a form
that its web framework has parsed.
"""

import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from urllib.parse import parse_qsl

from oauthlib.oauth1 import RequestValidator, SignatureOnlyEndpoint

from adapters.inbound.lti.verifier import LaunchRequest, LaunchVerifier
from tests.adapters.lti.signing import FORM, FixedClock, Secrets, signed_body
from tests.adapters.lti.vectors import Vector, load_vectors
from tests.benchmark.figures import Figure, NotMeasurable, against, medians

LAUNCHES = 400
TARGETS = {
    "PyLTI": "at least 2x",
    "PyLTI, form parsed": "at least 2x",
    "oauthlib SignatureOnlyEndpoint": "at least 3x",
}


class ForgetfulNonces:
    """Takes every nonce for new, so that one launch can be verified many times."""

    def remember(self, consumer_key: str, nonce: str, *, until: datetime) -> bool:
        return True

    def forget_expired(self, now: datetime) -> int:
        return 0


class Validator(RequestValidator):  # type: ignore[misc] # oauthlib ships no types
    """oauthlib's rules with room for the keys and nonces that Canvas really sends."""

    allowed_signature_methods = ("HMAC-SHA1",)
    client_key_length = nonce_length = (3, 64)
    safe_characters = frozenset(map(chr, range(0x21, 0x7F)))
    dummy_client = "nobody"

    def __init__(self, secret: str) -> None:
        super().__init__()
        self.secret = secret

    def validate_client_key(self, client_key: str, request: object) -> bool:
        return True

    def validate_timestamp_and_nonce(self, *args: object, **kwargs: object) -> bool:
        return True

    def get_client_secret(self, client_key: str, request: object) -> str:
        return self.secret


def attain(launch: Vector, body: bytes, now: datetime) -> Callable[[], object]:
    verifier = LaunchVerifier(Secrets(launch.registered), ForgetfulNonces(), FixedClock(now))
    request = LaunchRequest("POST", launch.url, FORM, body)
    return lambda: verifier(request)


def oauthlib(launch: Vector, body: bytes) -> Callable[[], object]:
    endpoint = SignatureOnlyEndpoint(Validator(launch.secret))
    text, headers = body.decode(), {"Content-Type": FORM}

    def verify() -> None:
        valid, _ = endpoint.validate_request(launch.url, "POST", text, headers)
        if not valid:
            raise NotMeasurable("oauthlib refuses the launch: nothing to compare")

    return verify


def pylti(launch: Vector, body: bytes) -> Mapping[str, Callable[[], object]]:
    try:
        from pylti.common import verify_request_common
    except ImportError:
        return {}
    consumers, text = {launch.consumer_key: {"secret": launch.secret}}, body.decode()
    parsed = dict(parse_qsl(text, keep_blank_values=True))

    def verify(params: dict[str, str]) -> object:
        return verify_request_common(consumers, launch.url, "POST", {}, params)

    return {
        "PyLTI": lambda: verify(dict(parse_qsl(text, keep_blank_values=True))),
        "PyLTI, form parsed": lambda: verify(dict(parsed)),
    }


def microseconds(verify: Callable[[], object]) -> Callable[[], float]:
    """Processor time of one call, over so many."""

    def measured() -> float:
        started = time.process_time()
        for _ in range(LAUNCHES):
            verify()
        return (time.process_time() - started) / LAUNCHES * 1e6

    return measured


def measure() -> list[Figure]:
    launch = next(vector for vector in load_vectors() if vector.name.startswith("s04"))
    now = datetime.now(UTC)
    unsigned = [pair for pair in launch.params if not _is_set_by_the_signer(pair[0])]
    body = signed_body(unsigned, launch.url, launch.consumer_key, launch.secret, "n" * 42, now)
    peers = {"oauthlib SignatureOnlyEndpoint": oauthlib(launch, body), **pylti(launch, body)}
    contestants = {"Attain": attain(launch, body, now), **peers}
    times = medians({name: microseconds(verify) for name, verify in contestants.items()})
    what = f"verify a launch of {body.count(b'=')} fields"
    figures = [
        against(what, times["Attain"], times[name], "us", peer_name=name, target=TARGETS[name])
        for name in peers
    ]
    if "PyLTI" not in peers:
        figures.append(Figure(what, "not measured: PyLTI is in the dependency group `bench`"))
    return figures


def _is_set_by_the_signer(name: str) -> bool:
    return name.startswith("oauth_") and name != "oauth_callback"
