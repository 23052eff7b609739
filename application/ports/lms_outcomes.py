"""What Attain asks of an LMS about outcomes: reading a place whole, and writing into it.

A place is an account, a sub-account or a course of the LMS (`domain.outcomes.found`). All
methods may raise what `application.ports.lms` names for every role, and besides:
`LmsForbidden` (reason `no-right` or `no-scope`), `LmsRecordMissing` for a place, folder or
outcome that is not there (any more).
"""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from domain.ids import LmsAccountRef, LmsFolderRef, LmsOutcomeRef
from domain.outcomes.content import OutcomeContent
from domain.outcomes.found import Found, FoundFolder, FoundOutcome, OutcomePlace
from domain.outcomes.sync_plan import FolderWish


@dataclass(frozen=True, slots=True)
class LmsUnit:
    """An account or sub-account. `sis_id` None: empty, or not for the caller to see."""

    ref: LmsAccountRef
    name: str
    parent_ref: LmsAccountRef | None
    """None for the root account."""
    sis_id: str | None


@dataclass(frozen=True, slots=True)
class OutcomeRights:
    """What the person may do with outcomes in a place, asked for just now."""

    may_manage: bool
    may_import: bool

    @property
    def hold(self) -> bool:
        return self.may_manage and self.may_import


@dataclass(frozen=True, slots=True)
class OutcomeDraft:
    """One outcome of an upload. `folders` are all folders where it shall be shown.

    Folders that are not named lose it, so those where somebody else put it belong here too.
    """

    guid: str
    content: OutcomeContent
    folders: tuple[str, ...]
    """Guids of folders in `OutcomeUpload.folders`, or refs of found ones."""


@dataclass(frozen=True, slots=True)
class OutcomeUpload:
    """Many outcomes in one call.

    `folders` are ours, made or renamed by it; `found` is the place as it was read, so that
    folders above and beside are named as the LMS wants them named.
    """

    folders: tuple[FolderWish, ...]
    outcomes: tuple[OutcomeDraft, ...]
    found: Found


class UploadState(StrEnum):
    RUNNING = "running"
    FINISHED = "finished"
    """Worked through: rows with errors are left out, all others are in."""
    BROKEN = "broken"
    """Refused as a whole or stopped part-way; only reading back tells what is there."""


@dataclass(frozen=True, slots=True)
class UploadReport:
    """`errors` by guid of the outcome or folder, in the words of the LMS.

    The LMS tells only the first errors (Canvas: 25), so their absence proves nothing.
    """

    state: UploadState
    done: int
    """Per cent."""
    errors: Mapping[str, str]


class OutcomeReader(Protocol):
    def units(self) -> AsyncIterator[LmsUnit]:
        """Accounts that the person administers, and all below them; each once, parents first."""

    async def unit(self, account: LmsAccountRef) -> LmsUnit: ...

    async def outcome_rights(self, place: OutcomePlace) -> OutcomeRights:
        """Somebody without any right there gets False for both, not an error."""

    async def outcomes_at(self, place: OutcomePlace) -> Found:
        """The whole place: all folders and all outcomes shown in it, pages to the end."""

    async def includes_are_kept(self) -> bool:
        """Whether side-loaded data arrives: a key may silently strip it (Canvas' scopes)."""


class OutcomeWriter(Protocol):
    def can_upload(self, content: OutcomeContent) -> bool:
        """Whether an upload carries this content without loss.

        Canvas reads numbers of an upload by the account's language, so that 3.5 may become
        35: content with fractions goes by single calls.
        """

    async def upload_outcomes(self, place: OutcomePlace, upload: OutcomeUpload) -> str:
        """Hand over many outcomes; returns a reference to ask about later.

        Known guids are changed, others added. Nothing is known to have arrived until the
        place is read back. The same upload again changes nothing. Never repeated by the
        adapter.
        """

    async def upload_report(
        self, place: OutcomePlace, reference: str, upload: OutcomeUpload
    ) -> UploadReport:
        """How the upload stands; `upload` is what was handed over under the reference."""

    async def put_folder(self, place: OutcomePlace, folder: FolderWish) -> FoundFolder:
        """Make the folder under the root, or rename the one with its guid."""

    async def add_outcome(
        self, place: OutcomePlace, folder: LmsFolderRef, guid: str, content: OutcomeContent
    ) -> FoundOutcome:
        """Add one outcome to a folder; not to be repeated without reading the place."""

    async def change_outcome(
        self, place: OutcomePlace, outcome: LmsOutcomeRef, content: OutcomeContent
    ) -> FoundOutcome:
        """Make an outcome of the place say this; `content.scale` None leaves its scale alone."""

    async def unlink_outcome(
        self, place: OutcomePlace, folder: LmsFolderRef, outcome: LmsOutcomeRef
    ) -> None:
        """Take it out of one folder; an outcome shown nowhere else is deleted by that.

        An outcome that is not in the folder (any more) is no error.

        Raises:
            LmsRefused: reason `aligned`, its last link is in use by a rubric.
        """

    async def remove_folder(self, place: OutcomePlace, folder: LmsFolderRef) -> None:
        """Remove a folder that the caller has emptied; the LMS may delete what is left in it."""
