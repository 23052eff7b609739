"""What all shapes of the API share: camelCase, and nothing unknown comes in."""

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, Any, Generic, TypeVar

import msgspec

T = TypeVar("T")

Line = Annotated[str, msgspec.Meta(min_length=1, max_length=300, pattern=r"^[^\x00-\x1f]*$")]
"""A name, a code, a title: one line."""
Short = Annotated[str, msgspec.Meta(max_length=2000, pattern=r"^[^\x00]*$")]
Prose = Annotated[str, msgspec.Meta(max_length=20_000, pattern=r"^[^\x00]*$")]
Number = Annotated[str, msgspec.Meta(pattern=r"^-?[0-9]+(\.[0-9]+)?$")]
"""A decimal number as text, so that nothing of it is lost on the way."""


Zoned = Annotated[datetime, msgspec.Meta(tz=True)]


class Out(msgspec.Struct, frozen=True, rename="camel"):
    """A shape that goes out."""


class In(msgspec.Struct, frozen=True, rename="camel", forbid_unknown_fields=True):
    """A shape that comes in. A field that it does not know is an error, not a silence."""


class Listed(Out, Generic[T], frozen=True):
    """One page. `next` is the address of the next one, null on the last."""

    items: list[T]
    next: str | None


def shaped(kind: type[T], record: object) -> T:
    """A record as a shape whose fields have the names and types of the record's."""
    return msgspec.convert(record, kind, from_attributes=True)


def shapes(kind: type[T], records: Iterable[Any]) -> list[T]:
    return [shaped(kind, record) for record in records]
