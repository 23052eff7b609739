"""Whether what a run wants of a place is there: its items against the place as read."""

from dataclasses import replace

from domain.outcomes.content import OutcomeContent
from domain.outcomes.found import Found, FoundLink, FoundOutcome
from domain.outcomes.sync_plan import RATED_FIELDS, SCALE_FIELDS, Step
from domain.outcomes.sync_planning import folder_is_renamed
from domain.outcomes.sync_run import ItemState, SyncItem


def there_of(item: SyncItem, found: Found) -> FoundOutcome | None:
    """The outcome that the item is about; of a REPLACE the new one."""
    return found.outcome(None if item.step is Step.REPLACE else item.old_ref, item.guid)


def has_arrived(item: SyncItem, found: Found) -> bool:
    """The place is as the item wants it; a replaced outcome may still be shown beside it."""
    there = there_of(item, found)
    if item.step is Step.RECORD and item.ends:
        return True
    if item.ends:
        return link_in_folder(item, there, found) is None
    if there is None or item.content.differences(there.content):
        return False
    if item.step is Step.RECORD:
        return True
    return not folder_is_renamed(item.folder, found) and not _lacks_link(item, there, found)


def shows_again(item: SyncItem) -> bool:
    """An outcome that was taken away is put back into our folder."""
    return item.step is Step.ADD and item.old_ref is not None


def only_renames_folder(item: SyncItem, found: Found) -> bool:
    there = there_of(item, found)
    return there is not None and not item.content.differences(there.content)


def replaced_link(item: SyncItem, found: Found) -> tuple[FoundOutcome, FoundLink] | None:
    """The outcome that the item replaces, while our folder shows it and can let it go."""
    if item.step is not Step.REPLACE or item.old_ref is None:
        return None
    old = found.outcome(item.old_ref, "")
    link = link_in_folder(item, old, found)
    return (old, link) if old and link and link.can_unlink else None


def link_in_folder(item: SyncItem, there: FoundOutcome | None, found: Found) -> FoundLink | None:
    folder = found.folder(item.folder.guid)
    return there.linked_in(folder.ref) if there and folder else None


def emptied(found: Found) -> frozenset[str]:
    """Guids of the folders in which nothing is left."""
    shown = {link.folder_ref for one in found.outcomes for link in one.links}
    used = shown | {folder.parent_ref for folder in found.folders}
    return frozenset(one.guid for one in found.folders if one.guid and one.ref not in used)


def refusal(item: SyncItem, found: Found, *, undoing: bool) -> str:
    """Why an item that has not arrived must not be sent; empty when it may.

    Between plan and run somebody may have changed or assessed the outcome.
    """
    there = there_of(item, found)
    if undoing and there and there.assessed and item.step in {Step.CHANGE, Step.REMOVE}:
        return "assessed-since"
    if item.step is Step.RECORD:
        return "changed-there"
    if item.step is Step.REMOVE:
        link = link_in_folder(item, there, found)
        return "" if link is None or link.can_unlink else "aligned"
    return _refused_writing(item, there, found)


def to_write(item: SyncItem, there: FoundOutcome) -> OutcomeContent:
    """What a single call changes: a scale that is right or hidden is left alone."""
    same_scale = not SCALE_FIELDS & set(item.content.differences(there.content))
    return replace(item.content, scale=None) if same_scale else item.content


def _refused_writing(item: SyncItem, there: FoundOutcome | None, found: Found) -> str:
    if item.state is ItemState.PENDING and _changed_since(item, there, found):
        return "changed-there"
    differences = item.content.differences(there.content) if there else ()
    if there is None or not differences:
        return ""
    if not (there.owned and there.editable):
        return "not-editable"
    return "assessed-scale" if there.assessed and RATED_FIELDS & set(differences) else ""


def _changed_since(item: SyncItem, there: FoundOutcome | None, found: Found) -> bool:
    """Somebody wrote to it after the plan; what we handed over ourselves is not meant."""
    if item.step is Step.CHANGE:
        return bool(there and item.before and item.before.differences(there.content))
    old = found.outcome(item.old_ref, "") if item.step is Step.REPLACE else None
    if old and item.before and item.before.differences(old.content):
        return True
    unlike = there is not None and bool(item.content.differences(there.content))
    return unlike and not shows_again(item)


def _lacks_link(item: SyncItem, there: FoundOutcome, found: Found) -> bool:
    return shows_again(item) and link_in_folder(item, there, found) is None
