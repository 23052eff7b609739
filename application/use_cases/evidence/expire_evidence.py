"""Remove evidence that is past its date, and compare the records with the store."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from application.college_rules import today
from application.ports.evidence_store import FileStore
from application.ports.runtime import Clock, Transact
from application.ports.unit_of_work import UnitOfWorkFactory
from application.use_cases.evidence.scan_evidence import ask_for_scan
from domain.audit import Deed
from domain.evidence import Evidence
from domain.ids import EvidenceId

_PORTION = 200
_YOUNG = timedelta(days=1)
"""An upload may be under way: a file without a record is nobody's only after that."""


@dataclass(frozen=True, slots=True)
class ExpireReport:
    """`size` is what files took, in bytes."""

    removed: int
    files: int
    size: int


@dataclass(frozen=True, slots=True)
class ExpireEvidence:
    """Remove what is past its last day, portion by portion. Again finds nothing."""

    units: UnitOfWorkFactory
    transact: Transact
    clock: Clock
    store: FileStore

    async def __call__(self, actor: str, *, dry_run: bool = False) -> ExpireReport:
        if dry_run:
            return _counted(await self.transact(lambda: self._past(None)))
        gone: list[Evidence] = []
        while portion := await self.transact(lambda: self._remove(actor)):
            await self.store.drop([one.file.key for one in portion if one.file.key])
            gone += portion
        return _counted(gone)

    def _past(self, limit: int | None) -> list[Evidence]:
        with self.units(write=False) as unit:
            return unit.evidence.past(today(unit.settings, self.clock.now()), limit)

    def _remove(self, actor: str) -> list[Evidence]:
        now = self.clock.now()
        with self.units() as unit:
            past = unit.evidence.past(today(unit.settings, now), _PORTION)
            for one in past:
                unit.evidence.save(one.removed())
                unit.audit.record(Deed(actor, "expired evidence", one.id, "", now))
            unit.commit()
        return past


@dataclass(frozen=True, slots=True)
class CheckReport:
    """`ownerless` are files without a record, `pieces` what dead uploads left behind."""

    files: int
    size: int
    missing: tuple[EvidenceId, ...]
    altered: tuple[EvidenceId, ...]
    """The file has another size than the record."""
    ownerless: int
    pieces: int
    waiting: int
    """In quarantine, not scanned yet."""
    mended: bool

    @property
    def is_sound(self) -> bool:
        return not (self.missing or self.altered or self.ownerless)


@dataclass(frozen=True, slots=True)
class CheckEvidence:
    """Compare; `mend` also removes what belongs to nobody and asks for scans again."""

    units: UnitOfWorkFactory
    transact: Transact
    clock: Clock
    store: FileStore

    async def __call__(self, *, mend: bool = False) -> CheckReport:
        old = self.clock.now() - _YOUNG
        found = {one.key: one async for one in self.store.every()}
        records = await self.transact(self._records)
        known = {one.file.key for one in records}
        ownerless = [one.key for one in found.values() if one.key not in known and one.at < old]
        pieces = 0
        if mend:
            await self.store.drop(ownerless)
            pieces = await self.store.sweep(old)
        waiting = await self.transact(lambda: self._waiting(mend=mend))
        there = [one for one in records if one.file.key in found]
        return CheckReport(
            files=len(there),
            size=sum(one.file.size for one in there),
            missing=tuple(one.id for one in records if one.file.key not in found),
            altered=tuple(one.id for one in there if found[one.file.key].size != one.file.size),
            ownerless=len(ownerless),
            pieces=pieces,
            waiting=waiting,
            mended=mend,
        )

    def _records(self) -> Sequence[Evidence]:
        with self.units(write=False) as unit:
            return unit.evidence.stored()

    def _waiting(self, *, mend: bool) -> int:
        with self.units(write=mend) as unit:
            waiting = unit.evidence.waiting()
            if mend:
                moment = f"-{self.clock.now().isoformat()}"
                for one in waiting:
                    ask_for_scan(unit, one, again=moment)
                unit.commit()
        return len(waiting)


def _counted(gone: Sequence[Evidence]) -> ExpireReport:
    files = [one for one in gone if one.file.key]
    return ExpireReport(len(gone), len(files), sum(one.file.size for one in files))
