"""Signing as VC-JWT: the credential is the payload of a compact JWS.

https://www.imsglobal.org/spec/ob/v3p0/#jwt-proof: RS256 is what every verifier knows, `kid` is
the address of the public key, and no other header may stand beside `alg`, `kid`, `typ`.
"""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from jwt.algorithms import RSAAlgorithm

from adapters.outbound.credentials import documents
from adapters.outbound.credentials.documents import Json
from application.ports.credentials import CredentialWriter, KeyPair, Signer
from domain.credential import Achieved, Issuer, LearnerRecord, SigningKey, StatusList
from domain.ids import SigningKeyId

_ALGORITHM = "RS256"
_BITS = 2048
_EXPONENT = 65537


class JwtCredentials(CredentialWriter):
    def new_key(self, key_id: SigningKeyId) -> KeyPair:
        private = rsa.generate_private_key(_EXPONENT, _BITS)
        public: dict[str, Any] = RSAAlgorithm.to_jwk(private.public_key(), as_dict=True)
        public = {**public, "kid": key_id, "alg": _ALGORITHM, "use": "sig"}
        public.pop("key_ops", None)  # RFC 7517 4.3: not beside `use`
        pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        return KeyPair(json.dumps(public), pem.decode())

    def badge(self, achieved: Achieved, issuer: Issuer, signer: Signer) -> str:
        return _signed(documents.badge(achieved, issuer), issuer, achieved.at, signer)

    def record(self, record: LearnerRecord, issuer: Issuer, signer: Signer) -> str:
        return _signed(documents.record(record, issuer), issuer, record.at, signer)

    def status_list(self, listed: StatusList, issuer: Issuer, signer: Signer) -> str:
        until = int((listed.at + documents.LONGEST).timestamp())
        return _signed(documents.status_list(listed, issuer), issuer, listed.at, signer, exp=until)

    def profile(self, issuer: Issuer) -> str:
        return json.dumps(documents.published_profile(issuer))

    def key_set(self, keys: Sequence[SigningKey]) -> str:
        return json.dumps({"keys": [json.loads(key.public) for key in keys]})


def _signed(credential: Json, issuer: Issuer, at: datetime, signer: Signer, **more: int) -> str:
    claims = {
        "iss": issuer.id,
        "jti": credential["id"],
        "sub": credential["credentialSubject"]["id"],
        "nbf": int(at.timestamp()),
        **more,
    }
    headers = {"kid": signer.url}
    return jwt.encode({**credential, **claims}, signer.private, _ALGORITHM, headers)
