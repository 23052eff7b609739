"""Argon2id, at the parameters that OWASP's password storage guide gives for a shared server."""

from argon2 import PasswordHasher as Argon2
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.low_level import Type

from application.ports.passwords import PasswordHasher

MEMORY_KIB, PASSES, LANES = 19 * 1024, 2, 1


class Argon2Passwords(PasswordHasher):
    def __init__(self, memory_kib: int = MEMORY_KIB, passes: int = PASSES) -> None:
        self._argon2 = Argon2(
            time_cost=passes, memory_cost=memory_kib, parallelism=LANES, type=Type.ID
        )

    def hash(self, password: str) -> str:
        return self._argon2.hash(password)

    def verify(self, stored: str, password: str) -> bool:
        try:
            return self._argon2.verify(stored, password)
        except (VerificationError, InvalidHashError):
            return False

    def is_stale(self, stored: str) -> bool:
        return self._argon2.check_needs_rehash(stored)
