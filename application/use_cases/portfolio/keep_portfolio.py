"""A student's own collections: made, filled, put in order, written about, removed, put back."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from application.errors import Conflict, Invalid, NotFound
from application.own_collection import own_collection
from application.portfolio_evidence import own_evidence
from application.ports.runtime import Clock, NewId
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.use_cases.portfolio.signing_keys import MakeSigningKey
from domain.ids import CollectionId, EvidenceId, ItemId, PersonId, SectionAssessmentId
from domain.portfolio.collection import Collection, Item

MOST_COLLECTIONS = 100


@dataclass(frozen=True, slots=True)
class MakeCollection:
    """With the first collection of the college comes the key that signs its credentials."""

    units: UnitOfWorkFactory
    clock: Clock
    new_id: NewId
    make_key: MakeSigningKey

    def __call__(self, owner_id: PersonId, title: str) -> CollectionId:
        """Raises NonsenseValue without a title, Invalid when there are too many."""
        self.make_key.where_missing("system")
        now = self.clock.now()
        collection_id = CollectionId(self.new_id())
        with self.units() as unit:
            if len(unit.portfolios.of_owner(owner_id)) >= MOST_COLLECTIONS:
                raise Invalid("title", f"you have {MOST_COLLECTIONS} collections; use one of them.")
            unit.portfolios.save(
                Collection(collection_id, owner_id, title.strip(), "", (), now, now)
            )
            unit.commit()
        return collection_id


class Act(StrEnum):
    UP = "up"
    DOWN = "down"
    TAKE_OUT = "out"
    PUT_BACK = "back"


@dataclass(frozen=True, slots=True)
class WriteCollectionCommand:
    """All that the page holds, as typed, and perhaps something done to one item.

    `seen` is the version that the student saw.
    """

    owner_id: PersonId
    collection_id: CollectionId
    title: str
    reflection: str
    texts: Mapping[ItemId, str]
    seen: int
    act: Act | None = None
    item_id: ItemId | None = None


@dataclass(frozen=True, slots=True)
class WriteCollection:
    """Whatever button is pressed, what was typed is kept.

    Raises:
        NotFound: not the student's own. NonsenseValue: no title, or too long a text.
        Conflict: it was changed in another window.
    """

    units: UnitOfWorkFactory
    clock: Clock

    def __call__(self, command: WriteCollectionCommand) -> None:
        now = self.clock.now()
        with self.units() as unit:
            stored = own_collection(unit, command.owner_id, command.collection_id)
            if stored.version != command.seen:
                raise Conflict("This collection was changed in another window meanwhile.")
            written = stored.described(command.title, command.reflection, now)
            written = written.reflected(command.texts, now)
            if command.act and command.item_id:
                if written.item(command.item_id) is None:
                    raise NotFound("This item")
                match command.act:
                    case Act.UP | Act.DOWN:
                        up = command.act is Act.UP
                        written = written.moved(command.item_id, up=up, at=now)
                    case Act.TAKE_OUT:
                        written = written.taking_out(command.item_id, now)
                    case Act.PUT_BACK:
                        written = written.putting_back(command.item_id, now)
            unit.portfolios.save(written)
            unit.commit()


@dataclass(frozen=True, slots=True)
class AddItemsCommand:
    owner_id: PersonId
    collection_id: CollectionId
    works: tuple[SectionAssessmentId, ...] = ()
    evidence: tuple[EvidenceId, ...] = ()
    url: str = ""
    url_title: str = ""


@dataclass(frozen=True, slots=True)
class AddItems:
    """At the end, in the order given; what stands there already is not added twice.

    Raises:
        NotFound: not the student's own, or a result that is not released.
        NonsenseValue: no web address, or too many items. Invalid: nothing was chosen.
    """

    units: UnitOfWorkFactory
    clock: Clock
    new_id: NewId

    def __call__(self, command: AddItemsCommand) -> None:
        now = self.clock.now()
        with self.units() as unit:
            collection = own_collection(unit, command.owner_id, command.collection_id)
            items = self._items(unit, command)
            if not items:
                raise Invalid("what", "choose a result or evidence, or give an address.")
            for item in items:
                collection = collection.adding(item, now)
            unit.portfolios.save(collection)
            unit.commit()

    def _items(self, unit: UnitOfWork, command: AddItemsCommand) -> list[Item]:
        released = set(unit.portfolios.released_works(command.owner_id))
        own = {one.id for one in own_evidence(unit, command.owner_id)}
        if not released.issuperset(command.works):
            raise NotFound("This result")
        if not own.issuperset(command.evidence):
            raise NotFound("This evidence")
        found = [Item.result(self._id(), work_id) for work_id in command.works]
        found += [Item.evidence(self._id(), one) for one in command.evidence]
        if command.url.strip():
            found.append(Item.link(self._id(), command.url, command.url_title))
        return found

    def _id(self) -> ItemId:
        return ItemId(self.new_id())


@dataclass(frozen=True, slots=True)
class RemoveCollection:
    """Take a collection out of sight, or put it back; its shares open nothing meanwhile."""

    units: UnitOfWorkFactory
    clock: Clock

    def __call__(self, owner_id: PersonId, collection_id: CollectionId, *, removed: bool) -> None:
        """Raises NotFound. Twice is harmless."""
        now = self.clock.now()
        with self.units() as unit:
            collection = own_collection(unit, owner_id, collection_id)
            if removed is (collection.removed_at is not None):
                return
            unit.portfolios.save(replace(collection, removed_at=now if removed else None))
            unit.commit()
