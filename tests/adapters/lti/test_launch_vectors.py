from ipaddress import ip_network

import pytest

from adapters.inbound.lti.public_url import PublicAddress, SeenRequest
from adapters.inbound.lti.verifier import LaunchRequest
from tests.adapters.lti.signing import FORM, Nonces, a_verifier, verdict
from tests.adapters.lti.vectors import SLUGS, Vector, load_vectors

VECTORS = load_vectors()


def named(name: str) -> Vector:
    return next(vector for vector in VECTORS if vector.name.startswith(name))


def spent(vector: Vector) -> Nonces:
    nonces = Nonces()
    for seen in vector.seen:
        nonces.remember(seen.consumer_key, seen.nonce, until=vector.now)
    return nonces


def request_of(vector: Vector) -> LaunchRequest:
    return LaunchRequest(vector.method, vector.url, FORM, vector.body)


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector.name)
def test_each_recorded_launch_gets_its_verdict(vector: Vector) -> None:
    verifier = a_verifier(vector.registered, spent(vector), vector.now)

    assert verdict(verifier, request_of(vector)) == vector.slug


@pytest.mark.parametrize(
    "vector", [vector for vector in VECTORS if vector.slug is None], ids=lambda vector: vector.name
)
def test_an_accepted_launch_claims_what_was_signed(vector: Vector) -> None:
    claims = a_verifier(vector.registered, at=vector.now)(request_of(vector))

    assert {
        name: claims.params.get(name) for name in vector.values if name != "oauth_signature"
    } == {name: value for name, value in vector.values.items() if name != "oauth_signature"}


def test_all_thirty_are_there_and_every_verdict_but_one_is_among_them() -> None:
    assert len(VECTORS) == 30
    assert set(SLUGS) - {vector.expect for vector in VECTORS} == {"unsupported_message_type"}


def test_of_a_repeated_name_the_first_value_is_used() -> None:
    vector = named("s19")

    claims = a_verifier(vector.registered, at=vector.now)(request_of(vector))

    assert claims.params["custom_outcome"] == "PLO 2"


def test_signed_query_values_count_in_the_rfc_form() -> None:
    vector = named("s12")

    claims = a_verifier(vector.registered, at=vector.now)(request_of(vector))

    assert claims.params["assessment"] == "BIO101-3"


def test_the_launch_behind_a_tls_proxy_is_verified_over_its_public_address() -> None:
    vector = named("s15")
    assert vector.wire is not None
    seen = SeenRequest(
        scheme=vector.wire.scheme,
        host=vector.wire.headers["host"],
        raw_path=vector.wire.target.encode(),
        raw_query=b"",
        client="10.20.0.1",
        headers=vector.wire.headers,
    )
    trusting = PublicAddress(trusted_proxies=(ip_network("10.20.0.0/24"),))
    verifier = a_verifier(vector.registered, at=vector.now)

    unproxied = LaunchRequest("POST", PublicAddress().url_of(seen), FORM, vector.body)
    assert verdict(verifier, unproxied) == "launch-signature-invalid"
    proxied = LaunchRequest("POST", trusting.url_of(seen), FORM, vector.body)
    assert verdict(verifier, proxied) is None
