"""Bring evidence: files while they arrive, and links."""

from dataclasses import dataclass

from application.errors import Conflict, Invalid
from application.evidence.dla_door import dla_of
from application.evidence.doors import Doors, Side
from application.evidence.limits import EvidenceLimits
from application.evidence.metering import Metered
from application.evidence.zip_bomb import fault_of_archive
from application.ports.evidence_store import Blocks, FileKind, FileKinds, FileStore
from application.ports.runtime import Clock, NewId, NewSecret, Transact
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.use_cases.evidence.scan_evidence import ask_for_scan
from application.viewers import Viewer
from domain.audit import Deed
from domain.evidence import (
    NO_FILE,
    Evidence,
    EvidenceKind,
    EvidenceSource,
    EvidenceState,
    EvidenceTarget,
    ScanState,
    StoredFile,
    TargetKind,
    is_web_address,
)
from domain.file_name import shown_name
from domain.ids import EvidenceId, PersonId

LONGEST_TEXT = 2_000


@dataclass(frozen=True, slots=True)
class AddFileCommand:
    """`declared` is the file's size in bytes as the sender says it, None when unsaid."""

    viewer: Viewer
    target: EvidenceTarget
    name: str
    blocks: Blocks
    declared: int | None = None
    description: str = ""


@dataclass(frozen=True, slots=True)
class AddFile:
    """Store a file and note it. It streams: only a few blocks of it are ever in memory.

    Three beats: ask whether it may come, store it without a transaction, note it. What is
    refused or cut leaves nothing in the store.
    """

    units: UnitOfWorkFactory
    transact: Transact
    clock: Clock
    new_id: NewId
    new_secret: NewSecret
    store: FileStore
    kinds: FileKinds
    limits: EvidenceLimits
    doors: Doors
    scanning: bool

    async def __call__(self, command: AddFileCommand) -> Evidence:
        """Answer what was noted.

        Raises:
            NotFound: the target is not this person's.
            Invalid: the file is empty, too large, cut short, or of a kind that is not taken.
            Conflict: there is as much evidence as the target takes.
            StorageUnavailable: the store did not do its part.
        """
        await self.transact(lambda: self._ask(command))
        metered = Metered(command.blocks, self.limits.largest, command.declared)
        kind = self._kind(await metered.head(), command.name)
        key = self.new_secret()
        await self.store.put(key, metered.passed())
        try:
            await self._refuse_bombs(kind, key, metered.size)
            file = StoredFile(key, kind.media_type, metered.size, metered.digest)
            return await self.transact(lambda: self._note(command, kind, file))
        except BaseException:
            await self.store.drop([key])
            raise

    def _ask(self, command: AddFileCommand) -> None:
        with self.units(write=False) as unit:
            self.doors.bring(unit, command.viewer, command.target)
            refuse_too_many(unit, command.target, self.limits)

    def _kind(self, head: bytes, name: str) -> FileKind:
        if not head:
            raise Invalid("file", "it is empty; choose another one.")
        kind = self.kinds.kind_of(head, name)
        if kind is None:
            raise Invalid("file", f"this kind is not taken. Taken are {self.kinds.named}.")
        return kind

    async def _refuse_bombs(self, kind: FileKind, key: str, size: int) -> None:
        if kind.is_zip and (fault := await fault_of_archive(self.store, key, size)):
            raise Invalid("file", f"{fault}.")

    def _note(self, command: AddFileCommand, kind: FileKind, file: StoredFile) -> Evidence:
        now = self.clock.now()
        with self.units() as unit:
            side = self.doors.bring(unit, command.viewer, command.target)
            refuse_too_many(unit, command.target, self.limits)
            made = Evidence(
                id=EvidenceId(self.new_id()),
                kind=EvidenceKind.FILE,
                target=command.target,
                owner_id=owner(command.viewer),
                source=source_of(side),
                title=shown_name(command.name, kind.extensions),
                url="",
                description=command.description.strip()[:LONGEST_TEXT],
                file=file,
                scan=ScanState.WAITING if self.scanning else ScanState.NOT_SCANNED,
                state=EvidenceState.KEPT,
                added_at=now,
                keep_until=self.limits.keep_until(now),
            )
            stored = _keep(unit, made, command.viewer)
            if self.scanning:
                ask_for_scan(unit, stored)
            unit.commit()
        return stored


@dataclass(frozen=True, slots=True)
class AddLinkCommand:
    viewer: Viewer
    target: EvidenceTarget
    url: str
    title: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class AddLink:
    """Note a web address. Nobody looks there: what it shows may change or end."""

    units: UnitOfWorkFactory
    clock: Clock
    new_id: NewId
    limits: EvidenceLimits
    doors: Doors

    def __call__(self, command: AddLinkCommand) -> Evidence:
        """Raises: NotFound, Conflict, as `AddFile`; Invalid for what is no web address."""
        now, url = self.clock.now(), command.url.strip()
        if not is_web_address(url) or len(url) > LONGEST_TEXT:
            raise Invalid("url", "give a whole web address that begins with https://.")
        with self.units() as unit:
            side = self.doors.bring(unit, command.viewer, command.target)
            refuse_too_many(unit, command.target, self.limits)
            made = Evidence(
                id=EvidenceId(self.new_id()),
                kind=EvidenceKind.LINK,
                target=command.target,
                owner_id=owner(command.viewer),
                source=source_of(side),
                title=command.title.strip()[:200] or url[:200],
                url=url,
                description=command.description.strip()[:LONGEST_TEXT],
                file=NO_FILE,
                scan=ScanState.NOT_SCANNED,
                state=EvidenceState.KEPT,
                added_at=now,
                keep_until=self.limits.keep_until(now),
            )
            stored = _keep(unit, made, command.viewer)
            unit.commit()
        return stored


def _keep(unit: UnitOfWork, made: Evidence, viewer: Viewer) -> Evidence:
    """What is attached to a DLA starts it, so that it is not taken away from the student."""
    stored = unit.evidence.save(made)
    if made.target.kind is TargetKind.DLA:
        assigned = dla_of(unit, made.target)
        if assigned.untouched:
            unit.dlas.save_assigned([assigned.begun(made.added_at)])
    deed = Deed(viewer.actor, "added evidence", made.id, made.kind.value, made.added_at)
    unit.audit.record(deed)
    return stored


def refuse_too_many(unit: UnitOfWork, target: EvidenceTarget, limits: EvidenceLimits) -> None:
    """Raises: Conflict."""
    if len(unit.evidence.of_target(target)) >= limits.files:
        raise Conflict(f"There are {limits.files} pieces of evidence already; remove one first.")


def source_of(side: Side) -> EvidenceSource:
    return EvidenceSource.STUDENT if side is Side.STUDENT else EvidenceSource.FACULTY


def owner(viewer: Viewer) -> PersonId:
    """Raises: Invalid at the command line, which has no evidence of its own."""
    if viewer.person_id is None:
        raise Invalid("person", "evidence is brought by a person who is signed in.")
    return viewer.person_id
