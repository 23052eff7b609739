"""Hashing of local passwords."""

from typing import Protocol


class PasswordHasher(Protocol):
    """Slow on purpose; never called while a unit of work is open for writing."""

    def hash(self, password: str) -> str:
        """A text that holds salt and parameters, different each time."""

    def verify(self, stored: str, password: str) -> bool:
        """Whether `hash` made `stored` of this password; False for text it cannot read."""

    def is_stale(self, stored: str) -> bool:
        """Made with other parameters than present ones: worth hashing again."""
