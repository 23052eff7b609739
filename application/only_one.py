"""The one record that a typed name must fit, and what to say when it fits none or several."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from application.errors import Invalid

T = TypeVar("T")


def only_one(
    field: str, wanted: str, found: Sequence[T], kind: str, by: str, offered: Iterable[str] = ()
) -> T:
    """The only one of `found`.

    `kind` is what is sought ("active section"), `by` the names that it goes by ("title or
    source id"), `offered` are names that would do, where they are few.

    Raises:
        Invalid: nothing was typed, or it fits none or several.
    """
    if len(found) == 1:
        return found[0]
    there = ", ".join(offered)
    choice = f" There are: {there}." if there else ""
    if not wanted.strip():
        raise Invalid(field, f"enter the {by} of one {kind}.{choice}")
    if not found:
        raise Invalid(field, f"no {kind} has the {by} “{wanted}”.{choice}")
    told = f"more than one {kind} has the {by} “{wanted}”"
    raise Invalid(field, f"{told}; enter what only one has.{choice}")
