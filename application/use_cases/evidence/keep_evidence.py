"""Describe evidence anew, retire it, take it back, remove it."""

from collections.abc import Callable
from dataclasses import dataclass

from application.errors import Conflict, Forbidden, Invalid
from application.evidence.doors import Doors, may_change, may_remove, may_retire
from application.ports.evidence_store import FileStore
from application.ports.runtime import Clock, Transact
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.use_cases.evidence.add_evidence import LONGEST_TEXT
from application.viewers import Viewer
from domain.audit import Deed
from domain.evidence import Evidence, EvidenceKind, TargetKind
from domain.file_name import shown_name
from domain.ids import EvidenceId

_SCORED = "A score rests on this evidence by now; it can be retired, not removed."
_HANDED_IN = "This evidence was handed in with the DLA; it can be retired, not removed."
_NOT_YOURS = "Only who brought this evidence may do that."


@dataclass(frozen=True, slots=True)
class EvidenceCommand:
    viewer: Viewer
    evidence_id: EvidenceId


@dataclass(frozen=True, slots=True)
class DescribeEvidenceCommand:
    viewer: Viewer
    evidence_id: EvidenceId
    title: str
    description: str


@dataclass(frozen=True, slots=True)
class DescribeEvidence:
    """A file keeps the extension that says what it is.

    Raises:
        NotFound: it is not this person's to see. Forbidden: somebody else brought it.
        Invalid: the title is empty.
    """

    units: UnitOfWorkFactory
    clock: Clock
    doors: Doors

    def __call__(self, command: DescribeEvidenceCommand) -> Evidence:
        with self.units() as unit:
            evidence = unit.evidence.get(command.evidence_id)
            self.doors.side_of(unit, command.viewer, evidence)
            if not may_change(command.viewer, evidence):
                raise Forbidden(_NOT_YOURS)
            title = command.title.strip()[:200]
            if not title:
                raise Invalid("title", "say what it is.")
            if evidence.kind is EvidenceKind.FILE:
                _, dot, extension = evidence.title.rpartition(".")
                title = shown_name(title, (f"{dot}{extension}".lower(),))
            changed = evidence.described(title, command.description[:LONGEST_TEXT])
            stored = unit.evidence.save(changed)
            unit.audit.record(_deed(command.viewer, "described evidence", evidence, self.clock))
            unit.commit()
        return stored


@dataclass(frozen=True, slots=True)
class RetireEvidence:
    """Take evidence out of sight; the file stays until its date, and it can come back.

    Raises:
        NotFound: it is not this person's to see. Forbidden: it is another's to retire.
    """

    units: UnitOfWorkFactory
    clock: Clock
    doors: Doors

    def __call__(self, command: EvidenceCommand) -> Evidence:
        return self._move(command, "retired evidence", Evidence.retired)

    def back(self, command: EvidenceCommand) -> Evidence:
        return self._move(command, "restored evidence", Evidence.restored)

    def _move(
        self, command: EvidenceCommand, verb: str, move: Callable[[Evidence], Evidence]
    ) -> Evidence:
        with self.units() as unit:
            evidence = unit.evidence.get(command.evidence_id)
            side = self.doors.side_of(unit, command.viewer, evidence)
            if not may_retire(unit, command.viewer, evidence, side):
                raise Forbidden(_NOT_YOURS)
            moved = move(evidence)
            stored = unit.evidence.save(moved)
            unit.audit.record(_deed(command.viewer, verb, evidence, self.clock))
            unit.commit()
        return stored


@dataclass(frozen=True, slots=True)
class RemoveEvidence:
    """Take evidence away with its file; a trace without name or content is left.

    Raises:
        NotFound: it is not this person's to see. Forbidden: somebody else brought it.
        Conflict: a score rests on it.
    """

    units: UnitOfWorkFactory
    transact: Transact
    clock: Clock
    store: FileStore
    doors: Doors

    async def __call__(self, command: EvidenceCommand) -> None:
        key = await self.transact(lambda: self._note(command))
        if key:
            await self.store.drop([key])

    def _note(self, command: EvidenceCommand) -> str:
        with self.units() as unit:
            evidence = unit.evidence.get(command.evidence_id)
            self.doors.side_of(unit, command.viewer, evidence)
            self._refuse(unit, command.viewer, evidence)
            unit.evidence.save(evidence.removed())
            unit.audit.record(_deed(command.viewer, "removed evidence", evidence, self.clock))
            unit.commit()
        return evidence.file.key

    def _refuse(self, unit: UnitOfWork, viewer: Viewer, evidence: Evidence) -> None:
        if not may_change(viewer, evidence) and evidence.is_kept:
            raise Forbidden(_NOT_YOURS)
        if not may_remove(unit, viewer, evidence):
            handed_in = evidence.target.kind is TargetKind.DLA
            raise Conflict(_HANDED_IN if handed_in else _SCORED)


def _deed(viewer: Viewer, verb: str, evidence: Evidence, clock: Clock) -> Deed:
    return Deed(viewer.actor, verb, evidence.id, "", clock.now())
