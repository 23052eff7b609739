"""AES-256-GCM with a ring of keys.

A sealed secret is: format (1 byte), key id (8), nonce (12), ciphertext with its tag. Format,
key id and row are authenticated, so that no secret can be moved to another row.
"""

import os
from collections.abc import Sequence
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from application.errors import Invalid
from application.ports.secrets import Sealer, SecretUnreadable

_FORMAT = b"\x01"
_ID_LENGTH = 8
_NONCE_LENGTH = 12
_HEADER_LENGTH = len(_FORMAT) + _ID_LENGTH
_SHORTEST_KEY = 32
_PURPOSE = b"attain/secrets/v1"


class Keyring(Sealer):
    """The first key seals, all of them open. A key is known by its own id, not its place."""

    def __init__(self, keys: Sequence[str]) -> None:
        """Raises Invalid for an empty ring or a key of fewer than 32 characters."""
        if not keys or any(len(key.strip()) < _SHORTEST_KEY for key in keys):
            cure = f"give at least one key; each needs {_SHORTEST_KEY} random characters or more."
            raise Invalid("secret keys", cure)
        derived = [_derived(key.strip()) for key in keys]
        self._ciphers = {_id(key): AESGCM(key) for key in derived}
        self._current = _id(derived[0])

    def seal(self, secret: str, row: str) -> bytes:
        header = _FORMAT + self._current
        nonce = os.urandom(_NONCE_LENGTH)
        cipher = self._ciphers[self._current]
        return header + nonce + cipher.encrypt(nonce, secret.encode(), header + row.encode())

    def open(self, sealed: bytes, row: str) -> str:
        header, rest = sealed[:_HEADER_LENGTH], sealed[_HEADER_LENGTH:]
        cipher = self._ciphers.get(header[len(_FORMAT) :])
        if cipher is None or not header.startswith(_FORMAT):
            raise SecretUnreadable(f"No key of this installation opens the secret of {row}.")
        nonce, ciphertext = rest[:_NONCE_LENGTH], rest[_NONCE_LENGTH:]
        try:
            return cipher.decrypt(nonce, ciphertext, header + row.encode()).decode()
        except (InvalidTag, ValueError) as error:
            raise SecretUnreadable(f"The secret of {row} is damaged or another row's.") from error

    def is_stale(self, sealed: bytes) -> bool:
        return sealed[:_HEADER_LENGTH] != _FORMAT + self._current


def _derived(key: str) -> bytes:
    return HKDF(SHA256(), 32, None, _PURPOSE).derive(key.encode())


def _id(derived: bytes) -> bytes:
    return sha256(b"key id" + derived).digest()[:_ID_LENGTH]
