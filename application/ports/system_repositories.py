"""The settings of the college and the trail of its deeds."""

from collections.abc import Mapping
from typing import Protocol

from domain.audit import AuditEntry, AuditFilter, Deed


class SettingsRepository(Protocol):
    """System settings as text by name, such as `lti.enabled`."""

    def all(self) -> Mapping[str, str]: ...
    def get(self, name: str, default: str) -> str: ...
    def put(self, name: str, value: str) -> None: ...


class AuditTrail(Protocol):
    def record(self, deed: Deed) -> AuditEntry:
        """Append in this unit's transaction; the chain has no gaps and no forks."""

    def entries(self, *, after: int = 0, limit: int = 1000) -> list[AuditEntry]:
        """By number."""

    def search(
        self, wanted: AuditFilter, *, before: int | None = None, limit: int = 100
    ) -> list[AuditEntry]:
        """Newest first, from the one before the number `before`."""
