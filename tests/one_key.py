"""Credentials signed with a key that is made once for all tests: RSA takes its time."""

import json
from functools import cache

from adapters.outbound.credentials.vc_jwt import JwtCredentials
from application.ports.credentials import KeyPair
from domain.ids import SigningKeyId


class OneKey(JwtCredentials):
    """Every key of its making is the same one under another name."""

    def new_key(self, key_id: SigningKeyId) -> KeyPair:
        pair = _pair()
        return KeyPair(json.dumps({**json.loads(pair.public), "kid": key_id}), pair.private)


@cache
def _pair() -> KeyPair:
    return JwtCredentials().new_key(SigningKeyId("first"))
