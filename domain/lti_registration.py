"""LTI 1.x registrations: consumer keys with their shared secrets."""

from dataclasses import dataclass, replace
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ConsumerKey:
    """The credential pair of an LTI 1.1 registration; secrets are sealed with `key`.

    While a rotation overlaps, `previous_secret` is accepted until `previous_until`.
    """

    key: str
    label: str
    secret: bytes
    previous_secret: bytes | None
    previous_until: datetime | None
    created_at: datetime
    last_used_at: datetime | None
    revoked_at: datetime | None
    version: int

    @property
    def active(self) -> bool:
        return self.revoked_at is None

    def accepted_secrets(self, now: datetime) -> tuple[bytes, ...]:
        """Sealed secrets that a signature may be made with; none once revoked."""
        if not self.active:
            return ()
        overlap = self.previous_until is not None and now < self.previous_until
        previous = self.previous_secret if overlap else None
        return (self.secret,) if previous is None else (self.secret, previous)

    def rotated(self, secret: bytes, *, overlap_until: datetime) -> "ConsumerKey":
        return replace(
            self, secret=secret, previous_secret=self.secret, previous_until=overlap_until
        )

    def revoked(self, at: datetime) -> "ConsumerKey":
        return self if self.revoked_at else replace(self, revoked_at=at)
