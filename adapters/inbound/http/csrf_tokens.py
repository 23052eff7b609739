"""Form tokens: bound to the session, masked in each answer so that compression tells nothing."""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import sha256
from secrets import token_bytes

from domain.ids import SessionId

_SIZE = 32


def issue(session_id: SessionId) -> str:
    mask = token_bytes(_SIZE)
    return urlsafe_b64encode(mask + _xor(mask, _digest(session_id))).decode()


def holds(token: str, session_id: SessionId) -> bool:
    try:
        raw = urlsafe_b64decode(token.encode())
    except ValueError:
        return False
    if len(raw) != 2 * _SIZE:
        return False
    return hmac.compare_digest(_xor(raw[:_SIZE], raw[_SIZE:]), _digest(session_id))


def _digest(session_id: SessionId) -> bytes:
    """The session's id is a hash that no browser ever sees, so it can serve as the key."""
    return hmac.new(session_id.encode(), b"attain form token", sha256).digest()


def _xor(left: bytes, right: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(left, right, strict=True))
