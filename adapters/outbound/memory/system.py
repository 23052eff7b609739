"""Settings and the audit trail."""

from collections.abc import Mapping

from adapters.outbound.memory.rows import Rows
from adapters.outbound.memory.store import Transaction
from application.ports.system_repositories import AuditTrail, SettingsRepository
from domain.audit import AuditEntry, AuditFilter, Deed, entry_after

Setting = tuple[str, str]


class MemorySettings(SettingsRepository):
    def __init__(self, transaction: Transaction) -> None:
        self._settings = Rows[Setting](transaction, "setting", lambda setting: setting[0])

    def all(self) -> Mapping[str, str]:
        return dict(self._settings.all())

    def get(self, name: str, default: str) -> str:
        found = self._settings.find(name)
        return default if found is None else found[1]

    def put(self, name: str, value: str) -> None:
        self._settings.put([(name, value)])


class MemoryAuditTrail(AuditTrail):
    def __init__(self, transaction: Transaction) -> None:
        self._entries = Rows[AuditEntry](transaction, "audit", lambda entry: entry.number)

    def record(self, deed: Deed) -> AuditEntry:
        before = self._entries.all()
        entry = entry_after(before[-1] if before else None, deed)
        self._entries.put([entry])
        return entry

    def entries(self, *, after: int = 0, limit: int = 1000) -> list[AuditEntry]:
        return self._entries.where(lambda entry: entry.number > after)[:limit]

    def search(
        self, wanted: AuditFilter, *, before: int | None = None, limit: int = 100
    ) -> list[AuditEntry]:
        found = self._entries.where(
            lambda entry: wanted.admits(entry) and (before is None or entry.number < before)
        )
        return found[::-1][:limit]
