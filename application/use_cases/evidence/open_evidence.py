"""Hand out the file behind a piece of evidence, to somebody who may see it."""

from dataclasses import dataclass

from application.errors import NotFound
from application.evidence.doors import Doors, Side, work_scored
from application.evidence.scorers import saved_name
from application.ports.evidence_store import Blocks, FileStore
from application.ports.runtime import Transact
from application.ports.unit_of_work import UnitOfWorkFactory
from application.viewers import Viewer
from domain.evidence import Evidence
from domain.ids import EvidenceId


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """`media_type` is the one of our record, whatever the file says of itself."""

    name: str
    media_type: str
    size: int
    blocks: Blocks


@dataclass(frozen=True, slots=True)
class OpenEvidence:
    """Raises: NotFound, also for what is quarantined, refused, removed, or no file."""

    units: UnitOfWorkFactory
    transact: Transact
    store: FileStore
    doors: Doors

    async def __call__(self, viewer: Viewer, evidence_id: EvidenceId) -> OpenedFile:
        evidence, name = await self.transact(lambda: self._seen(viewer, evidence_id))
        if not evidence.is_openable:
            raise NotFound("This file")
        file = evidence.file
        blocks = await self.store.read(file.key)
        return OpenedFile(name, file.media_type, file.size, blocks)

    def _seen(self, viewer: Viewer, evidence_id: EvidenceId) -> tuple[Evidence, str]:
        """With what it is called before this person."""
        with self.units(write=False) as unit:
            evidence = unit.evidence.get(evidence_id)
            side = self.doors.side_of(unit, viewer, evidence)
            if side is not Side.EVALUATOR or evidence.target.work_id is None:
                return evidence, evidence.title
            place, _ = work_scored(unit, viewer, evidence.target.work_id)
            return evidence, saved_name(unit, place, evidence)
