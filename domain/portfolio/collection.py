"""A collection: results, evidence and links of one student, in an order of the student's own."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Self

from domain.errors import NonsenseValue
from domain.evidence import is_web_address
from domain.ids import CollectionId, EvidenceId, ItemId, PersonId, SectionAssessmentId

LONGEST_TITLE = 200
LONGEST_REFLECTION = 20_000
MOST_ITEMS = 200


class ItemKind(StrEnum):
    RESULT = "result"
    """The student's released result in an assessment in a section."""
    EVIDENCE = "evidence"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Item:
    """One piece of a collection with what the student says about it.

    It names what it shows and copies nothing, so a result whose release is taken back, or
    evidence that is removed, is gone here too. `title` and `url` are those of links alone. A
    removed item keeps its text and can be put back.
    """

    id: ItemId
    kind: ItemKind
    work_id: SectionAssessmentId | None = None
    evidence_id: EvidenceId | None = None
    title: str = ""
    url: str = ""
    reflection: str = ""
    removed: bool = False

    def __post_init__(self) -> None:
        named = (self.work_id is not None, self.evidence_id is not None, bool(self.url))
        if named != _NAMED[self.kind]:
            raise NonsenseValue("item", "", "name just what the item shows")
        _check_length("reflection", self.reflection, LONGEST_REFLECTION)

    @classmethod
    def result(cls, item_id: ItemId, work_id: SectionAssessmentId) -> Self:
        return cls(item_id, ItemKind.RESULT, work_id=work_id)

    @classmethod
    def evidence(cls, item_id: ItemId, evidence_id: EvidenceId) -> Self:
        return cls(item_id, ItemKind.EVIDENCE, evidence_id=evidence_id)

    @classmethod
    def link(cls, item_id: ItemId, url: str, title: str = "") -> Self:
        """Raises NonsenseValue for anything a browser should not be sent to."""
        address = url.strip()
        if not is_web_address(address):
            raise NonsenseValue(
                "address", url, "enter a whole address that begins with https:// or http://"
            )
        named = title.strip() or address
        _check_length("title", title, LONGEST_TITLE)
        return cls(item_id, ItemKind.LINK, title=named[:LONGEST_TITLE], url=address)

    @property
    def shown(self) -> tuple[ItemKind, str]:
        """What it shows: no two standing items of a collection show the same."""
        return self.kind, self.work_id or self.evidence_id or self.url


_NAMED = {
    ItemKind.RESULT: (True, False, False),
    ItemKind.EVIDENCE: (False, True, False),
    ItemKind.LINK: (False, False, True),
}


@dataclass(frozen=True, slots=True)
class Collection:
    """`items` in the order in which they are shown, removed ones among them."""

    id: CollectionId
    owner_id: PersonId
    title: str
    reflection: str
    items: tuple[Item, ...]
    made_at: datetime
    changed_at: datetime
    removed_at: datetime | None = None
    """Since when it is out of sight, and its shares with it; it can be put back."""
    version: int = 0

    def __post_init__(self) -> None:
        if not self.title.strip():
            raise NonsenseValue("title", "", "enter a title that says what the collection is about")
        _check_length("title", self.title, LONGEST_TITLE)
        _check_length("reflection", self.reflection, LONGEST_REFLECTION)
        if len(self.items) > MOST_ITEMS:
            cure = f"a collection holds up to {MOST_ITEMS}; begin another one"
            raise NonsenseValue("items", "", cure)

    @property
    def standing(self) -> tuple[Item, ...]:
        return tuple(item for item in self.items if not item.removed)

    @property
    def gone(self) -> tuple[Item, ...]:
        return tuple(item for item in self.items if item.removed)

    def item(self, item_id: ItemId) -> Item | None:
        return next((item for item in self.items if item.id == item_id), None)

    def adding(self, item: Item, at: datetime) -> Self:
        """With the item at the end; what it shows already stays where it is.

        A removed item that shows the same comes back with its text.
        """
        same = next((one for one in self.items if one.shown == item.shown), None)
        if same is None:
            return replace(self, items=(*self.items, item), changed_at=at)
        if not same.removed:
            return self
        others = tuple(one for one in self.items if one is not same)
        return replace(self, items=(*others, replace(same, removed=False)), changed_at=at)

    def described(self, title: str, reflection: str, at: datetime) -> Self:
        return replace(self, title=title.strip(), reflection=reflection.strip(), changed_at=at)

    def reflected(self, texts: Mapping[ItemId, str], at: datetime) -> Self:
        """With the student's words on each of these items."""
        items = tuple(
            replace(one, reflection=texts[one.id].strip()) if one.id in texts else one
            for one in self.items
        )
        return replace(self, items=items, changed_at=at)

    def taking_out(self, item_id: ItemId, at: datetime) -> Self:
        return self._marked(item_id, removed=True, at=at)

    def putting_back(self, item_id: ItemId, at: datetime) -> Self:
        return self._marked(item_id, removed=False, at=at)

    def moved(self, item_id: ItemId, *, up: bool, at: datetime) -> Self:
        """One place up or down among the standing items; at the end of the way it stays."""
        standing = list(self.standing)
        place = next((n for n, item in enumerate(standing) if item.id == item_id), None)
        if place is None:
            return self
        other = place - 1 if up else place + 1
        if not 0 <= other < len(standing):
            return self
        standing[place], standing[other] = standing[other], standing[place]
        return replace(self, items=(*standing, *self.gone), changed_at=at)

    def _marked(self, item_id: ItemId, *, removed: bool, at: datetime) -> Self:
        items = tuple(
            replace(one, removed=removed) if one.id == item_id else one for one in self.items
        )
        return replace(self, items=items, changed_at=at)


def _check_length(field: str, text: str, longest: int) -> None:
    if len(text) > longest:
        raise NonsenseValue(field, text, f"use up to {longest} characters")
