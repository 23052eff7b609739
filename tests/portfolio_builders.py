"""Records of ePortfolios and credentials with valid defaults; see `tests.builders`."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from domain.credential import IssuedCredential, SigningKey
from domain.ids import (
    CollectionId,
    ItemId,
    PersonId,
    RowId,
    SectionAssessmentId,
    ShareId,
    SigningKeyId,
)
from domain.portfolio.collection import Collection, Item
from domain.portfolio.share import Share
from tests.stand_ins import NOON


def a_result_item(key: str = "essay", **changes: Any) -> Item:
    item = Item.result(ItemId(f"item-{key}"), SectionAssessmentId(f"work-{key}"))
    return replace(item, **changes)


def a_link_item(key: str = "blog", **changes: Any) -> Item:
    item = Item.link(ItemId(f"item-{key}"), f"https://{key}.example.org/", f"My {key}")
    return replace(item, **changes)


def a_collection(key: str = "writing", **changes: Any) -> Collection:
    collection = Collection(CollectionId(f"collection-{key}"), PersonId("person-ana"),
                            key.title(), f"About my {key}.", (), NOON, NOON)  # fmt: skip
    return replace(collection, **changes)


def a_share(key: str = "one", **changes: Any) -> Share:
    share = Share(ShareId(f"share-{key}"), CollectionId("collection-writing"),
                  PersonId("person-ana"), f"hash-{key}", f"For {key}", NOON,
                  NOON + timedelta(days=90))  # fmt: skip
    return replace(share, **changes)


def a_signing_key(key: str = "one", **changes: Any) -> SigningKey:
    return replace(SigningKey(SigningKeyId(f"key-{key}"), "{}", b"sealed", NOON), **changes)


def an_issued_credential(key: str = "one", **changes: Any) -> IssuedCredential:
    issued = IssuedCredential(
        f"urn:uuid:{key}", PersonId("person-ana"), SectionAssessmentId("work-essay"),
        RowId("row-thesis"), "3", NOON, list_number=1, place=3, issued_at=NOON,
    )  # fmt: skip
    return replace(issued, **changes)
