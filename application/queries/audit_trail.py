"""Reading the audit trail, and proving that nobody changed it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from domain.audit import AuditEntry, Deed, entry_after

_PAGE = 1000


@dataclass(frozen=True, slots=True)
class ReadAudit:
    units: UnitOfWorkFactory

    def __call__(self, since: datetime | None = None) -> list[AuditEntry]:
        """Entries in their order, from `since` on."""
        with self.units(write=False) as unit:
            return [entry for entry in _entries(unit) if since is None or entry.at >= since]


@dataclass(frozen=True, slots=True)
class AuditProof:
    """`broken_at` is the number of the first entry that does not follow from the others."""

    entries: int
    broken_at: int | None


@dataclass(frozen=True, slots=True)
class VerifyAudit:
    units: UnitOfWorkFactory

    def __call__(self) -> AuditProof:
        """Work out the chain of hashes anew from the first entry."""
        previous: AuditEntry | None = None
        with self.units(write=False) as unit:
            for count, entry in enumerate(_entries(unit), start=1):
                if entry != entry_after(previous, _deed(entry)):
                    return AuditProof(count, entry.number)
                previous = entry
        return AuditProof(previous.number if previous else 0, None)


def _deed(entry: AuditEntry) -> Deed:
    return Deed(entry.actor, entry.verb, entry.subject, entry.details, entry.at)


def _entries(unit: UnitOfWork) -> Iterator[AuditEntry]:
    after = 0
    while page := unit.audit.entries(after=after, limit=_PAGE):
        yield from page
        after = page[-1].number
