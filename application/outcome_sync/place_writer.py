"""Writes the items of a run into one place of the LMS that was just read."""

from collections.abc import Awaitable, Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from application.errors import LmsError, LmsForbidden, LmsRecordMissing, LmsRefused
from application.ports.lms import LmsGateway
from application.ports.lms_outcomes import OutcomeDraft, OutcomeUpload
from application.side_by_side import side_by_side
from domain.ids import LmsFolderRef, SyncItemId
from domain.outcomes.arrival import (
    emptied,
    link_in_folder,
    only_renames_folder,
    replaced_link,
    shows_again,
    there_of,
    to_write,
)
from domain.outcomes.found import Found
from domain.outcomes.sync_plan import WRITING, FolderWish, Step
from domain.outcomes.sync_planning import folder_is_renamed
from domain.outcomes.sync_run import SyncItem

FEW = 5
"""Up to so many outcomes go by single calls, which tell at once how they fared."""
_AT_ONCE = 8

_Call = Callable[[SyncItem], Awaitable[None]]
Refusals = dict[SyncItemId, str]
"""Reasons by item."""


@dataclass(frozen=True, slots=True)
class Sorted:
    """How items go: taken away, in one upload, or one by one."""

    removals: tuple[SyncItem, ...]
    uploaded: tuple[SyncItem, ...]
    single: tuple[SyncItem, ...]


@dataclass(frozen=True, slots=True)
class PlaceWriter:
    gateway: LmsGateway
    found: Found

    def sort(self, items: Sequence[SyncItem]) -> Sorted:
        removals = tuple(item for item in items if item.step is Step.REMOVE)
        writing = [item for item in items if item.step in WRITING]
        able = [item for item in writing if self._can_upload(item)]
        if len(able) <= FEW:
            able = [item for item in able if shows_again(item)]
        by_upload = {item.id for item in able}
        single = tuple(item for item in writing if item.id not in by_upload)
        return Sorted(removals, tuple(able), single)

    def upload_of(self, items: Collection[SyncItem]) -> OutcomeUpload:
        """All items in one call, each in our folder and wherever else it is shown now."""
        folders = {item.folder.guid: item.folder for item in items}
        drafts = tuple(self._draft(item) for item in items)
        return OutcomeUpload(tuple(folders.values()), drafts, self.found)

    async def remove(self, items: Iterable[SyncItem]) -> Refusals:
        return await self._each(items, self._unlink)

    async def write(self, items: Sequence[SyncItem]) -> Refusals:
        """Folders first, then each outcome by a call of its own."""
        folders, refused = await self._put_folders(items)
        left = [item for item in items if item.folder.guid not in refused]
        reasons = {item.id: refused[item.folder.guid] for item in items if item not in left}
        return reasons | await self._each(left, partial(self._write, folders))

    async def drop_replaced(self, items: Iterable[SyncItem]) -> None:
        """Old outcomes leave our folder; one that the LMS holds on to stays beside the new."""
        await self._each(items, self._drop_replaced)

    async def remove_empty_folders(self, items: Iterable[SyncItem]) -> None:
        """Folders of ours in which nothing is left; one that is filled again meanwhile stays."""
        for guid in sorted({item.folder.guid for item in items} & emptied(self.found)):
            folder = self.found.folder(guid)
            if folder is not None:
                await self._remove(folder.ref)

    async def _remove(self, folder: LmsFolderRef) -> None:
        try:
            await self.gateway.remove_folder(self.found.place, folder)
        except LmsForbidden:
            raise
        except LmsRefused:
            return

    def _can_upload(self, item: SyncItem) -> bool:
        """Where mastery scales are on, an upload would change what the LMS hides."""
        there = there_of(item, self.found)
        if only_renames_folder(item, self.found) and not shows_again(item):
            return False
        hidden = self.found.mastery_scales and there is not None
        return self.gateway.can_upload(item.content) and (not hidden or shows_again(item))

    def _draft(self, item: SyncItem) -> OutcomeDraft:
        there, ours = there_of(item, self.found), self.found.folder(item.folder.guid)
        links = there.links if there else ()
        others = (link.folder_ref for link in links if ours is None or link.folder_ref != ours.ref)
        return OutcomeDraft(item.guid, item.content, (item.folder.guid, *others))

    async def _put_folders(
        self, items: Iterable[SyncItem]
    ) -> tuple[dict[str, LmsFolderRef], dict[str, str]]:
        """Refs of the folders by guid, and the reasons of those that were refused."""
        known = {one.guid: one.ref for one in self.found.folders if one.guid}
        refused: dict[str, str] = {}
        for wish in self._wanted_folders(items):
            try:
                known[wish.guid] = (await self.gateway.put_folder(self.found.place, wish)).ref
            except LmsForbidden:
                raise
            except LmsRefused as error:
                refused[wish.guid] = error.reason
        return known, refused

    def _wanted_folders(self, items: Iterable[SyncItem]) -> list[FolderWish]:
        wishes = {
            item.folder.guid: item.folder
            for item in items
            if folder_is_renamed(item.folder, self.found)
            or (self.found.folder(item.folder.guid) is None and there_of(item, self.found) is None)
        }
        return list(wishes.values())

    async def _write(self, folders: dict[str, LmsFolderRef], item: SyncItem) -> None:
        there, place = there_of(item, self.found), self.found.place
        if there is None:
            folder = folders[item.folder.guid]
            await self.gateway.add_outcome(place, folder, item.guid, item.content)
        elif not only_renames_folder(item, self.found):
            await self.gateway.change_outcome(place, there.ref, to_write(item, there))

    async def _unlink(self, item: SyncItem) -> None:
        there = there_of(item, self.found)
        link = link_in_folder(item, there, self.found)
        if there and link:
            await self.gateway.unlink_outcome(self.found.place, link.folder_ref, there.ref)

    async def _drop_replaced(self, item: SyncItem) -> None:
        if (old := replaced_link(item, self.found)) is not None:
            outcome, link = old
            await self.gateway.unlink_outcome(self.found.place, link.folder_ref, outcome.ref)

    async def _each(self, items: Iterable[SyncItem], call: _Call) -> Refusals:
        """One call for each; a refused one stops no other.

        After one that failed no more are begun, but those under way come to their end: what is
        given up half-way may take effect after we looked whether it did, and be sent twice.
        """
        listed, failures = list(items), list[LmsError]()

        async def told(item: SyncItem) -> str:
            try:
                return "" if failures else await _reason(call, item)
            except LmsError as error:
                failures.append(error)
                return ""

        reasons = await side_by_side([partial(told, item) for item in listed], limit=_AT_ONCE)
        if failures:
            raise failures[0]
        refused = zip(listed, reasons, strict=True)
        return {item.id: reason for item, reason in refused if reason}


async def _reason(call: _Call, item: SyncItem) -> str:
    """Why the LMS refused this one; empty when it did not."""
    try:
        await call(item)
    except LmsForbidden:
        raise
    except LmsRecordMissing:
        return "not-arrived"
    except LmsRefused as error:
        return error.reason
    return ""
