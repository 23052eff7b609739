"""Pages of a list that is read as a whole: bounded by a section, a plan or a person's work."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from application.errors import Invalid
from application.ports.listings import Page, Turn

R = TypeVar("R")


def turned(records: Iterable[R], key_of: Callable[[R], str], turn: Turn) -> Page[R]:
    """In the order of the keys, each of which names one record.

    Raises: Invalid for a cursor of another list.
    """
    if turn.after is not None and len(turn.after) != 1:
        raise Invalid("cursor", "give the one that came with the page before.")
    found = sorted(records, key=key_of)
    if turn.after is not None:
        found = [one for one in found if key_of(one) > turn.after[0]]
    shown = tuple(found[: turn.limit])
    return Page(shown, (key_of(shown[-1]),) if len(found) > turn.limit else None)
