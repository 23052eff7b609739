"""Credentials: the fields that 1EdTech requires, and signatures that others can check."""

import base64
import json
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicNumbers
from cryptography.hazmat.primitives.hashes import SHA256

from adapters.outbound.credentials.vc_jwt import JwtCredentials
from application.ports.credentials import KeyPair, Signer
from domain.credential import (
    Achieved,
    AchievedLevel,
    Issuer,
    Learner,
    LearnerRecord,
    SigningKey,
    StatusList,
    StatusPlace,
)
from domain.ids import PersonId, RowId, SectionAssessmentId, SigningKeyId
from tests.adapters.credentials.test_bitstring import bits
from tests.stand_ins import NOON

ISSUER = Issuer("https://a.test/credentials/issuer", "Côte College", "https://a.test")
WRITER = JwtCredentials()
KEY_URL = "https://a.test/credentials/keys/key-1"
LEVELS = tuple(
    AchievedLevel(f"urn:uuid:level-{points}", str(points), label, f"{label} work.")
    for points, label in enumerate(("Beginning", "Meets", "Exceeds"), start=1)
)
LEARNER = Learner("urn:uuid:learner", "阮 Ngọc", "Ngoc@a.test")
ACHIEVED = Achieved(
    "urn:uuid:credential", "urn:uuid:achievement", LEARNER, "SLO 1", "Reasoning", "Can reason.",
    "Lab report", "BIOL 101 Biology", "Fall 2026", LEVELS, LEVELS[1].id, LEVELS[2].id, NOON,
    SectionAssessmentId("work-lab"), PersonId("person-ngoc"), RowId("row-1"),
)  # fmt: skip


@pytest.fixture(scope="module")
def pair() -> KeyPair:
    return WRITER.new_key(SigningKeyId("key-1"))


@pytest.fixture(scope="module")
def badge(pair: KeyPair) -> str:
    return WRITER.badge(ACHIEVED, ISSUER, Signer(KEY_URL, pair.private))


def part(token: str, number: int) -> Any:
    """Read without the library that wrote it."""
    return json.loads(octets(token.split(".")[number]))


def octets(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def check_signature(token: str, jwk: dict[str, str]) -> None:
    """RFC 7515 5.2 by hand; raises InvalidSignature."""
    numbers = (int.from_bytes(octets(jwk[name])) for name in ("e", "n"))
    signed, _, signature = token.rpartition(".")
    key = RSAPublicNumbers(*numbers).public_key()
    key.verify(octets(signature), signed.encode(), PKCS1v15(), SHA256())


class TestSignature:
    def test_the_public_key_checks_it_and_nothing_can_be_changed(
        self, badge: str, pair: KeyPair
    ) -> None:
        public = json.loads(pair.public)
        check_signature(badge, public)

        header, body, signature = badge.split(".")
        better = {**part(badge, 1), "name": "Doctor"}
        forged = base64.urlsafe_b64encode(json.dumps(better).encode()).decode().rstrip("=")
        with pytest.raises(InvalidSignature):
            check_signature(f"{header}.{forged}.{signature}", public)
        with pytest.raises(InvalidSignature):
            check_signature(badge, json.loads(WRITER.new_key(SigningKeyId("other")).public))
        assert body

    def test_the_header_names_the_key_by_its_address_and_nothing_else(self, badge: str) -> None:
        """Additional headers are not allowed by the specification."""
        assert part(badge, 0) == {"alg": "RS256", "typ": "JWT", "kid": KEY_URL}

    def test_the_claims_equal_the_credential(self, badge: str) -> None:
        body = part(badge, 1)

        assert body["iss"] == body["issuer"]["id"] == ISSUER.id
        assert body["jti"] == body["id"] == ACHIEVED.id
        assert body["sub"] == body["credentialSubject"]["id"] == LEARNER.id
        valid_from = datetime.strptime(body["validFrom"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
        assert body["nbf"] == valid_from.timestamp() == NOON.timestamp()

    def test_published_keys_hold_no_private_part(self, pair: KeyPair) -> None:
        key = SigningKey(SigningKeyId("key-1"), pair.public, b"", NOON)
        published = json.loads(WRITER.key_set([key, replace(key, retired_at=NOON)]))

        for jwk in published["keys"]:
            assert set(jwk) == {"kty", "n", "e", "kid", "alg", "use"}


REQUIRED = {
    "VerifiableCredential": {"@context", "id", "type", "issuer", "validFrom", "credentialSubject"},
    "OpenBadgeCredential": {"name"},
    "ClrCredential": {"name"},
    "Profile": {"id", "type"},
    "AchievementSubject": {"type", "achievement"},
    "ClrSubject": {"type", "verifiableCredential"},
    "Achievement": {"id", "type", "name", "description", "criteria"},
    "ResultDescription": {"id", "type", "name", "resultType"},
    "RubricCriterionLevel": {"id", "type", "name"},
    "Result": {"type"},
    "IdentityObject": {"type", "hashed", "identityHash", "identityType"},
    "BitstringStatusListEntry": {
        "type", "statusPurpose", "statusListIndex", "statusListCredential",
    },
    "BitstringStatusListCredential": set(),
    "BitstringStatusList": {"type", "statusPurpose", "encodedList"},
}  # fmt: skip
"""Properties of multiplicity 1 and 1..* in the data models of OB 3.0 and CLR 2.0, and those that
Bitstring Status List v1.0 asks for."""


def faults(node: Any, path: str = "$") -> list[str]:
    """What the specifications ask for and is not there, wherever a type is named."""
    if isinstance(node, list):
        return [one for n, below in enumerate(node) for one in faults(below, f"{path}[{n}]")]
    if not isinstance(node, dict):
        return []
    named = node.get("type", [])
    types = [named] if isinstance(named, str) else named
    missing = [
        f"{path}.{name}" for kind in types for name in sorted(REQUIRED[kind]) if not has(node, name)
    ]
    return missing + [one for key, below in node.items() for one in faults(below, f"{path}.{key}")]


def has(node: dict[str, Any], name: str) -> bool:
    return name in node and node[name] not in ("", [], {})


class TestBadge:
    def test_has_every_field_that_open_badges_requires(self, badge: str) -> None:
        body = part(badge, 1)

        assert faults(body) == []
        assert body["@context"] == [
            "https://www.w3.org/ns/credentials/v2",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        ]
        assert set(body["type"]) == {"VerifiableCredential", "OpenBadgeCredential"}

    def test_a_missing_field_would_be_found(self, badge: str) -> None:
        body = part(badge, 1)
        del body["credentialSubject"]["achievement"]["criteria"]

        assert faults(body) == ["$.credentialSubject.achievement.criteria"]

    def test_says_which_level_was_reached_of_which(self, badge: str) -> None:
        subject = part(badge, 1)["credentialSubject"]
        (described,) = subject["achievement"]["resultDescription"]
        (result,) = subject["result"]
        names = {one["id"]: one["name"] for one in described["rubricCriterionLevel"]}

        assert result["resultDescription"] == described["id"]
        assert names[result["achievedLevel"]] == "Exceeds"
        assert names[described["requiredLevel"]] == "Meets"
        assert "Meets" in subject["achievement"]["criteria"]["narrative"]

    def test_whoever_knows_the_address_recognises_it_and_others_do_not_read_it(
        self, badge: str
    ) -> None:
        name, mail = part(badge, 1)["credentialSubject"]["identifier"]

        assert name["identityHash"] == LEARNER.name
        told = sha256(f"ngoc@a.test{mail['salt']}".encode()).hexdigest()
        assert mail["identityHash"] == f"sha256${told}"
        assert "a.test" not in mail["identityHash"]

    def test_a_learner_without_an_address_is_known_by_name_alone(self, pair: KeyPair) -> None:
        nameless = replace(ACHIEVED, learner=replace(LEARNER, email=""))
        made = WRITER.badge(nameless, ISSUER, Signer(KEY_URL, pair.private))

        (only,) = part(made, 1)["credentialSubject"]["identifier"]
        assert only["identityType"] == "name"


class TestStatus:
    PLACED = replace(ACHIEVED, status=StatusPlace(3, 94_567))

    def test_a_credential_names_its_place_in_a_list(self, pair: KeyPair) -> None:
        made = WRITER.badge(self.PLACED, ISSUER, Signer(KEY_URL, pair.private))

        body = part(made, 1)
        assert faults(body) == []
        assert body["credentialStatus"] == {
            "id": "https://a.test/credentials/status/3#94567",
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": "94567",
            "statusListCredential": "https://a.test/credentials/status/3",
        }

    def test_each_credential_in_a_record_has_its_own(self, pair: KeyPair) -> None:
        record = LearnerRecord("urn:uuid:record", "Record", LEARNER, (self.PLACED,), NOON)
        made = WRITER.record(record, ISSUER, Signer(KEY_URL, pair.private))

        (held,) = part(made, 1)["credentialSubject"]["verifiableCredential"]
        assert held["credentialStatus"]["statusListIndex"] == "94567"

    def test_the_list_is_signed_and_tells_of_no_person(self, pair: KeyPair) -> None:
        listed = StatusList(3, frozenset({94_567}), NOON)
        made = WRITER.status_list(listed, ISSUER, Signer(KEY_URL, pair.private))

        check_signature(made, json.loads(pair.public))
        assert part(made, 0) == {"alg": "RS256", "typ": "JWT", "kid": KEY_URL}
        body = part(made, 1)
        subject = body["credentialSubject"]
        assert faults(body) == []
        assert body["@context"] == ["https://www.w3.org/ns/credentials/v2"]
        assert body["type"] == ["VerifiableCredential", "BitstringStatusListCredential"]
        assert body["id"] == body["jti"] == "https://a.test/credentials/status/3"
        assert body["issuer"] == body["iss"] == ISSUER.id
        assert (body["validFrom"], body["validUntil"]) == (
            "2026-09-14T12:00:00Z", "2026-09-15T12:00:00Z",
        )  # fmt: skip
        assert (body["nbf"], body["exp"] - body["nbf"]) == (NOON.timestamp(), 86_400)
        assert body["sub"] == subject["id"] == f"{body['id']}#list"
        assert subject["type"] == "BitstringStatusList"
        assert (subject["statusPurpose"], subject["ttl"]) == ("revocation", 300_000)
        read = bits(subject["encodedList"])
        assert (read.index("1"), read.count("1")) == (94_567, 1)


class TestRecord:
    def test_holds_each_credential_under_one_signature(self, pair: KeyPair, badge: str) -> None:
        record = LearnerRecord("urn:uuid:record", "Record", LEARNER, (ACHIEVED,), NOON)
        made = WRITER.record(record, ISSUER, Signer(KEY_URL, pair.private))

        check_signature(made, json.loads(pair.public))
        body = part(made, 1)
        assert faults(body) == []
        assert body["@context"][1].startswith("https://purl.imsglobal.org/spec/clr/v2p0/")
        (held,) = body["credentialSubject"]["verifiableCredential"]
        alone = {key: value for key, value in part(badge, 1).items() if key in held}
        assert held == alone

    def test_the_issuer_publishes_who_it_is(self) -> None:
        told = json.loads(WRITER.profile(ISSUER))

        assert faults(told) == []
        assert (told["id"], told["name"]) == (ISSUER.id, ISSUER.name)
