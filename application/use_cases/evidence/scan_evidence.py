"""Have a file looked into by the malware scanner before anybody may open it."""

from dataclasses import dataclass

from application.errors import NotFound
from application.ports.evidence_store import FileStore, Scanner
from application.ports.jobs import JobContext, Payload
from application.ports.runtime import Clock, Transact
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from domain.audit import Deed
from domain.evidence import Evidence, ScanState
from domain.ids import EvidenceId

KIND = "scan-evidence"
_LANE = "scans"


def ask_for_scan(unit: UnitOfWork, evidence: Evidence, again: str = "") -> None:
    """Part of the unit that stored the file. `again` tells a later request from the first."""
    key = f"scan-{evidence.id}{again}"
    unit.jobs.enqueue(KIND, {"evidence_id": evidence.id}, key=key, lane=_LANE)


@dataclass(frozen=True, slots=True)
class ScanEvidence:
    """The job. A scanner that is away is tried again; until then the file is in quarantine."""

    units: UnitOfWorkFactory
    transact: Transact
    clock: Clock
    store: FileStore
    scanner: Scanner | None

    async def __call__(self, job: JobContext, payload: Payload) -> None:
        evidence_id = EvidenceId(payload["evidence_id"])
        await job.step("scan", lambda: self.scan(evidence_id))

    async def scan(self, evidence_id: EvidenceId) -> str:
        """What it is afterwards. Once it was scanned, a second call changes nothing.

        Raises: ScannerUnavailable.
        """
        evidence = await self.transact(lambda: self._read(evidence_id))
        if evidence.scan is not ScanState.WAITING or not evidence.file.key:
            return evidence.scan
        try:
            blocks = await self.store.read(evidence.file.key)
        except NotFound:
            return evidence.scan
        # Switched off since: what waited is opened as what comes now.
        found = self.scanner is not None and await self.scanner.finds(blocks)
        noted = await self.transact(lambda: self._note(evidence_id, found=found))
        if found:
            await self.store.drop([evidence.file.key])
        return noted.scan

    def _read(self, evidence_id: EvidenceId) -> Evidence:
        with self.units(write=False) as unit:
            return unit.evidence.get(evidence_id)

    def _note(self, evidence_id: EvidenceId, *, found: bool) -> Evidence:
        """Nobody can open it before its key is gone from the record; then the file goes."""
        with self.units() as unit:
            evidence = unit.evidence.get(evidence_id)
            if evidence.scan is not ScanState.WAITING:
                return evidence
            stored = unit.evidence.save(evidence.scanned(clean=not found))
            if found:
                unit.audit.record(
                    Deed("system", "refused evidence", evidence.id, "malware", self.clock.now())
                )
            unit.commit()
        return stored
