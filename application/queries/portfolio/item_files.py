"""The files behind items of a collection: for its owner's zip, and for visitors of a share."""

from dataclasses import dataclass

from application.errors import NotFound
from application.ports.evidence_store import Blocks, FileStore
from application.ports.runtime import Transact
from application.queries.portfolio.portfolio_items import FileFacts
from application.queries.portfolio.published_collection import ReadPublished


@dataclass(frozen=True, slots=True)
class OpenItemFile:
    store: FileStore

    async def __call__(self, file: FileFacts) -> Blocks:
        """Raises NotFound when the store has lost it, StorageUnavailable."""
        return await self.store.read(file.key)


@dataclass(frozen=True, slots=True)
class OpenPublishedFile:
    """A file through a share, only while the share is open and the file may be opened."""

    read_published: ReadPublished
    transact: Transact
    store: FileStore

    async def __call__(self, code: str, item_id: str) -> tuple[FileFacts, Blocks]:
        """Raises NotFound, StorageUnavailable."""
        found = await self.transact(lambda: self.read_published(code))
        items = found.view.items if found else ()
        one = next((view for view in items if view.item.id == item_id), None)
        if one is None or one.file is None or not one.is_there:
            raise NotFound("This file")
        return one.file, await self.store.read(one.file.key)
