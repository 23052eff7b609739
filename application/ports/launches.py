"""What the check of an LTI launch needs to know and to remember."""

from datetime import datetime
from typing import Protocol


class ConsumerSecrets(Protocol):
    def secrets_of(self, consumer_key: str, now: datetime) -> tuple[str, ...]:
        """The secrets that may have signed for this key now.

        One, or two while a rotation overlaps; none for an unknown or revoked key.
        """


class NonceLedger(Protocol):
    def remember(self, consumer_key: str, nonce: str, *, until: datetime) -> bool:
        """Spend a nonce for all processes; False when it was spent before.

        One atomic insert, to be asked only after the signature held. Kept until `until`,
        over restarts.
        """

    def forget_expired(self, now: datetime) -> int:
        """Remove nonces whose time is over; returns how many."""
