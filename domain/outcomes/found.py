"""What was found in one context of the LMS: its folders and outcomes."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from domain.ids import LmsAccountRef, LmsFolderRef, LmsOutcomeRef
from domain.outcomes.content import OutcomeContent


class PlaceKind(StrEnum):
    ACCOUNT = "account"
    COURSE = "course"


@dataclass(frozen=True, slots=True)
class OutcomePlace:
    """A context of the LMS that owns outcomes: an account or sub-account, or a course."""

    kind: PlaceKind
    ref: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.ref}"


@dataclass(frozen=True, slots=True)
class FoundFolder:
    """`parent_ref` None: the root folder of the place."""

    ref: LmsFolderRef
    guid: str
    title: str
    description: str
    parent_ref: LmsFolderRef | None


@dataclass(frozen=True, slots=True)
class FoundLink:
    """An outcome shown in a folder; `can_unlink` False where its last link is in use."""

    folder_ref: LmsFolderRef
    can_unlink: bool


@dataclass(frozen=True, slots=True)
class FoundOutcome:
    """`owned` False: it belongs to an account above and is only shown here."""

    ref: LmsOutcomeRef
    guid: str
    content: OutcomeContent
    assessed: bool
    editable: bool
    owned: bool
    links: tuple[FoundLink, ...]

    def linked_in(self, folder: LmsFolderRef) -> FoundLink | None:
        return next((link for link in self.links if link.folder_ref == folder), None)


@dataclass(frozen=True, slots=True)
class Found:
    """One place, read whole. `mastery_scales`: the LMS shows its own scale for all outcomes."""

    place: OutcomePlace
    root_account: LmsAccountRef
    folders: tuple[FoundFolder, ...]
    outcomes: tuple[FoundOutcome, ...]
    mastery_scales: bool
    _folders: dict[str, FoundFolder] = field(init=False, repr=False, compare=False)
    _refs: dict[LmsOutcomeRef, FoundOutcome] = field(init=False, repr=False, compare=False)
    _guids: dict[str, FoundOutcome] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # Looked up once for each SLO of a college, so by index. The first of equal guids counts.
        by_guid = {folder.guid: folder for folder in reversed(self.folders) if folder.guid}
        object.__setattr__(self, "_folders", by_guid)
        object.__setattr__(self, "_refs", {one.ref: one for one in self.outcomes})
        guids = {one.guid: one for one in reversed(self.outcomes) if one.guid}
        object.__setattr__(self, "_guids", guids)

    def folder(self, guid: str) -> FoundFolder | None:
        return self._folders.get(guid)

    def outcome(self, ref: LmsOutcomeRef | None, guid: str) -> FoundOutcome | None:
        """By the LMS' own id, else by guid: somebody may have changed the guid there."""
        by_ref = self._refs.get(ref) if ref is not None else None
        return by_ref or self._guids.get(guid)

    def ancestors(self, folder: FoundFolder) -> Iterator[FoundFolder]:
        """From the folder's parent up to below the root."""
        by_ref = {one.ref: one for one in self.folders}
        parent = by_ref.get(folder.parent_ref) if folder.parent_ref else None
        while parent is not None and parent.parent_ref is not None:
            yield parent
            parent = by_ref.get(parent.parent_ref)
