"""The book of SLOs: each change is written with its wording, so that none is lost."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from application.errors import Conflict
from application.ports.unit_of_work import UnitOfWork
from domain.ids import SloId
from domain.slo import Slo
from domain.slo_version import versions_after


@dataclass(frozen=True, slots=True)
class SloChange:
    """`before` None: a new SLO."""

    before: Slo | None
    after: Slo


@dataclass(frozen=True, slots=True)
class SloBook:
    unit: UnitOfWork
    at: datetime

    def write(self, changes: Iterable[SloChange]) -> None:
        listed = list(changes)
        kept = self.unit.curriculum.versions(change.after.id for change in listed)
        self.unit.outcomes.put_slos(change.after for change in listed)
        self.unit.curriculum.put_versions(
            version
            for change in listed
            for version in versions_after(
                kept.get(change.after.id, []), change.before, change.after, self.at
            )
        )

    def seen(self, slo_id: SloId, stamp: str | None) -> Slo:
        """The SLO for a change, as somebody saw it; None: whatever it is now.

        Raises:
            NotFound. Conflict: somebody changed it since.
        """
        slo = self.unit.curriculum.slo_for_change(slo_id)
        if stamp is not None and stamp != stamp_of(slo):
            raise Conflict(f"SLO {slo.code} was changed meanwhile; load the page again.")
        return slo


def stamp_of(slo: Slo) -> str:
    """Tells whether an SLO is still the one that was seen."""
    return sha256(repr(slo).encode()).hexdigest()[:24]
