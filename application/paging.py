"""Long lists a page at a time: pages count from 1, and an empty list has one too."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


def pages_of(total: int, size: int) -> int:
    """How many pages hold so many lines."""
    return max(1, -(-total // size))


def page_within(asked: int, total: int, size: int) -> int:
    """The page that is asked for, else the nearest that there is."""
    return min(max(asked, 1), pages_of(total, size))


def on_page(lines: Sequence[T], page: int, size: int) -> tuple[T, ...]:
    """What stands on the page; nothing beyond the last."""
    return tuple(lines[(page - 1) * size : page * size])


@dataclass(frozen=True, slots=True)
class ListPage(Generic[T]):
    """One page of a list of `total` lines, `size` of them on each page."""

    lines: tuple[T, ...]
    total: int
    page: int
    size: int

    @property
    def pages(self) -> int:
        return pages_of(self.total, self.size)
