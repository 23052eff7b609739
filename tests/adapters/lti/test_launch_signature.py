"""Signatures against oauthlib: its client, its functions and its whole endpoint."""

from collections.abc import Iterator
from types import SimpleNamespace
from unittest.mock import patch
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from oauthlib.oauth1 import RequestValidator, SignatureOnlyEndpoint
from oauthlib.oauth1.rfc5849 import signature as oauthlib_signature
from oauthlib.oauth1.rfc5849.endpoints import base as oauthlib_endpoint

from adapters.inbound.lti.signature import (
    base_string,
    holds,
    parameters_of,
    parameters_of_form,
    sign,
)
from adapters.inbound.lti.verifier import LaunchRequest
from application.errors import LaunchRejected
from tests.adapters.lti.signing import (
    BASIC,
    FORM,
    KEY,
    NONCE,
    NOW,
    SECRET,
    URL,
    a_launch,
    a_verifier,
    signed_body,
    verdict,
)

EXAMPLE = [
    ("custom_empty", ""),
    ("lis_person_name_full", "Zoë O'Neil+1~"),
    ("oauth_consumer_key", "k1"),
    ("oauth_nonce", "abcDEF123"),
    ("oauth_signature_method", "HMAC-SHA1"),
    ("oauth_timestamp", "1795424400"),
    ("oauth_version", "1.0"),
    ("resource_link_id", "r 1"),
    ("term", "2026FA"),
]
EXAMPLE_SECRET = "s&cret é"

awkward = st.text(st.sampled_from("aZ09-._~ +%&=*/:'\"\x01\x00\n\r;<é日🧪"), max_size=12)
values = st.one_of(awkward, st.text(max_size=30))
names = st.one_of(awkward, st.sampled_from(["custom_1", "custom_10", "custom", "term"])).filter(
    lambda name: not name.startswith("oauth_")
)
pairs = st.lists(st.tuples(names, values), max_size=12)
secrets = st.text(min_size=1, max_size=40)
paths = st.lists(st.text(st.sampled_from("abAB09-._~%é "), max_size=6), max_size=3).map(
    lambda parts: "/".join(["", *(quote(part) for part in parts)])
)
addresses = st.builds(
    "{}://{}{}{}".format,
    st.sampled_from(["https", "http"]),
    st.sampled_from(["slo.example.edu", "127.0.0.1", "[2001:db8::1]", "SLO.Example.EDU"]),
    st.sampled_from(["", ":443", ":80", ":8443"]),
    paths,
)


@st.composite
def raw_forms(draw: st.DrawFn) -> bytes:
    """Anything that passes for form-encoded, in usual and in unusual spelling."""
    plain = st.sampled_from(list("aZ5-._~*+=&!'():;/?$,@"))
    escape = st.integers(0, 0x7F).flatmap(
        lambda code: st.sampled_from([f"%{code:02X}", f"%{code:02x}"])
    )
    foreign = st.sampled_from(["%C3%A9", "%c3%a9", "%F0%9F%A7%AA", "oauth_signature"])
    parts = draw(st.lists(st.one_of(plain, escape, foreign), max_size=40))
    return "".join(parts).encode()


class TestBaseString:
    def test_the_worked_example(self) -> None:
        text = base_string("POST", URL, parameters_of(EXAMPLE))

        assert text == (
            "POST&https%3A%2F%2Fslo.example.edu%2Flti%2Flaunch&custom_empty%3D%26"
            "lis_person_name_full%3DZo%25C3%25AB%2520O%2527Neil%252B1~%26oauth_consumer_key%3Dk1"
            "%26oauth_nonce%3DabcDEF123%26oauth_signature_method%3DHMAC-SHA1"
            "%26oauth_timestamp%3D1795424400%26oauth_version%3D1.0"
            "%26resource_link_id%3Dr%25201%26term%3D2026FA"
        )
        assert sign(text, EXAMPLE_SECRET) == "UcBK5Ur9u4oVKnq7GaNlEn3npRk="
        assert holds("UcBK5Ur9u4oVKnq7GaNlEn3npRk=", text, ["other", EXAMPLE_SECRET])
        assert not holds("UcBK5Ur9u4oVKnq7GaNlEn3npRk=", text, [])

    @given(st.sampled_from(["POST", "post"]), addresses, pairs)
    @example("POST", URL, [("custom_10", "a"), ("custom_1", "b"), ("custom_1", "")])
    def test_it_is_that_of_oauthlib(
        self, method: str, url: str, signed: list[tuple[str, str]]
    ) -> None:
        theirs = oauthlib_signature.signature_base_string(
            method,
            oauthlib_signature.base_string_uri(url),
            oauthlib_signature.normalize_parameters(
                oauthlib_signature.collect_parameters(body=signed)
            ),
        )

        assert base_string(method, url, parameters_of(signed)) == theirs

    @given(pairs)
    def test_parameters_of_what_a_browser_sends_are_those_of_its_pairs(
        self, sent: list[tuple[str, str]]
    ) -> None:
        form = urlencode(sent).encode()

        assert parameters_of_form(form, sent) == parameters_of(sent)

    @given(raw_forms())
    @example(b"a=1=2&b&&=&oauth_signature=x&oauth%5Fsignature=y")
    @example(b"a=%7E%7e%41%2A*&b=c=")
    def test_parameters_of_any_form_are_those_of_its_pairs(self, form: bytes) -> None:
        decoded = parse_qsl(form.decode(), keep_blank_values=True)

        assert parameters_of_form(form, decoded) == parameters_of(decoded)


class TestAnyLaunch:
    @given(addresses, pairs, pairs, secrets)
    def test_signed_by_oauthlibs_client_it_verifies(
        self, url: str, extra: list[tuple[str, str]], query: list[tuple[str, str]], secret: str
    ) -> None:
        full = f"{url}?{urlencode(query)}" if query else url
        launch = a_launch(url=full, pairs=extra, secret=secret)

        claims = a_verifier({KEY: (secret,)})(launch)

        expected = dict(reversed([*BASIC.items(), *extra, *query]))
        assert {name: claims.params[name] for name in expected} == expected

    @given(st.data(), pairs.filter(bool))
    def test_with_another_name_or_value_it_does_not(
        self, data: st.DataObject, extra: list[tuple[str, str]]
    ) -> None:
        launch = a_launch(pairs=extra)
        sent = parse_qsl(launch.body.decode(), keep_blank_values=True)
        at = data.draw(st.integers(0, len(sent) - 1))
        side = data.draw(st.integers(0, 1))
        changed = list(sent[at])
        changed[side] = data.draw(values.filter(lambda value: value != sent[at][side]))
        forged = [*sent[:at], (changed[0], changed[1]), *sent[at + 1 :]]
        assume(sorted(forged) != sorted(sent))

        request = LaunchRequest("POST", URL, FORM, urlencode(forged).encode())

        assert verdict(a_verifier(), request) is not None

    @given(st.integers(min_value=0), st.integers(0x21, 0x7E))
    def test_with_another_byte_it_does_not(self, position: int, byte: int) -> None:
        launch = a_launch(custom_title="Zoë's 100% + 1")
        at = position % len(launch.body)
        body = launch.body[:at] + bytes([byte]) + launch.body[at + 1 :]
        same = parse_qsl(launch.body.decode(), keep_blank_values=True)
        # `%c3` is another spelling of `%C3`, and the same launch.
        assume(parse_qsl(body.decode(), keep_blank_values=True) != same)

        assert verdict(a_verifier(), LaunchRequest("POST", URL, FORM, body)) is not None

    @given(st.integers(min_value=0), st.sampled_from("abzA/09-._~%:@?"))
    def test_at_another_address_it_does_not(self, position: int, char: str) -> None:
        launch = a_launch()
        at = position % len(URL)
        url = URL[:at] + char + URL[at + 1 :]
        assume(_address(url) != _address(URL))

        request = LaunchRequest("POST", url, FORM, launch.body)

        assert verdict(a_verifier(), request) is not None

    @pytest.mark.parametrize(
        "url",
        [
            "http://slo.example.edu/lti/launch",
            "https://slo.example.edu:8443/lti/launch",
            "https://slo.example.org/lti/launch",
            "https://slo.example.edu/lti/Launch",
            "https://slo.example.edu/lti/launch/",
            "https://slo.example.edu/lti%2Flaunch",
        ],
    )
    def test_an_address_that_looks_alike_is_another(self, url: str) -> None:
        request = LaunchRequest("POST", url, FORM, a_launch().body)

        assert verdict(a_verifier(), request) == "launch-signature-invalid"


def _address(url: str) -> object:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    host = (parts.hostname or "").lower()
    return parts.scheme.lower(), host, port or 443, parts.path, parts.query


class Validator(RequestValidator):  # type: ignore[misc] # oauthlib ships no types
    """oauthlib's own rules, but for its limits on keys and nonces (lti.md 2.6)."""

    allowed_signature_methods = ("HMAC-SHA1",)
    dummy_client = "nobody"
    timestamp_lifetime = 3600

    def check_client_key(self, client_key: str) -> bool:
        return bool(client_key)

    def check_nonce(self, nonce: str) -> bool:
        return bool(nonce)

    def validate_client_key(self, client_key: str, request: object) -> bool:
        return client_key == KEY

    def validate_timestamp_and_nonce(self, *args: object, **kwargs: object) -> bool:
        return True

    def get_client_secret(self, client_key: str, request: object) -> str:
        return SECRET


@pytest.fixture(scope="module")
def endpoint() -> Iterator[SignatureOnlyEndpoint]:
    clock = SimpleNamespace(time=NOW.timestamp)
    with patch.object(oauthlib_endpoint, "time", clock):
        yield SignatureOnlyEndpoint(Validator())


def accepted_by(endpoint: SignatureOnlyEndpoint, request: LaunchRequest) -> bool:
    headers = {"Content-Type": request.content_type}
    try:
        valid, _ = endpoint.validate_request(
            request.url, request.method, request.body.decode(), headers
        )
    except ValueError:  # for characters that no form may hold
        return False
    return bool(valid)


@st.composite
def mistakes(draw: st.DrawFn) -> bytes:
    """A signed launch, some of whose fields were dropped, doubled, moved or rewritten."""
    extra = draw(pairs)
    body = signed_body([*BASIC.items(), *extra], URL, KEY, SECRET, NONCE, NOW)
    fields = body.decode().split("&")
    for _ in range(draw(st.integers(0, 2))):
        at = draw(st.integers(0, len(fields) - 1))
        name = fields[at].partition("=")[0]
        rewritten = [
            [],
            [fields[at], fields[at]],
            [fields[at].lower()],
            [name],
            [f"{name}={draw(st.sampled_from(['', '1', '1.0', 'HMAC-SHA1', '%', '<', '%41']))}"],
            [fields[at].replace("%", "%25")],
        ]
        fields[at : at + 1] = draw(st.sampled_from(rewritten))
        fields = draw(st.permutations(fields)) or ["a=b"]
    return "&".join(fields).encode()


# What an LTI launch must have beyond a signature, and where we are stricter than OAuth.
BEYOND_OAUTH = {
    "launch-version-unsupported",
    "launch-message-unsupported",
    "resource-link-missing",
    "two-values",
}


@given(body=mistakes())
def test_the_verdict_is_that_of_oauthlibs_endpoint(
    endpoint: SignatureOnlyEndpoint, body: bytes
) -> None:
    # oauthlib decodes `%` in oauth_ fields twice and so takes a signature that is encoded twice.
    assume(not any(f.startswith(b"oauth_") and b"%25" in f for f in body.split(b"&")))
    request = LaunchRequest("POST", URL, FORM, body)
    try:
        a_verifier()(request)
    except LaunchRejected as refused:
        ours = bool({refused.rejected_as, refused.reason} & BEYOND_OAUTH)
        assume(not ours)
        assert not accepted_by(endpoint, request)
    else:
        assert accepted_by(endpoint, request)


@given(extra=pairs, query=pairs, secret=st.sampled_from([SECRET, "wrong"]))
def test_the_verdict_on_signed_queries_is_that_of_oauthlibs_endpoint(
    endpoint: SignatureOnlyEndpoint,
    extra: list[tuple[str, str]],
    query: list[tuple[str, str]],
    secret: str,
) -> None:
    launch = a_launch(url=f"{URL}?{urlencode(query)}", pairs=extra, secret=secret)

    accepted = verdict(a_verifier(), launch) is None

    assert accepted == accepted_by(endpoint, launch) == (secret == SECRET)
