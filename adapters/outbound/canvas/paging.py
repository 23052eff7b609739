"""Pages of Canvas' lists, and which of them can be asked for without seeing the one before."""

from dataclasses import dataclass
from typing import Generic, TypeVar

import httpx

T = TypeVar("T")
_SECOND = 2


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """`following` None: the end. `last` None: Canvas did not count the pages."""

    items: list[T]
    following: httpx.URL | None
    last: httpx.URL | None


def further_pages(first: Page[T], *, most: int) -> list[httpx.URL]:
    """The pages after the first, up to number `most`, where Canvas numbers them; else none.

    Canvas' links are opaque: the numbers are used only if the links to page 2 and to the last
    page differ in nothing but a plain number. Bookmarked lists name no last page.
    """
    if first.following is None or first.last is None:
        return []
    last = min(_number(first.last), most)
    same_list = _without_number(first.following) == _without_number(first.last)
    if _number(first.following) != _SECOND or not same_list:
        return []
    return [
        first.following.copy_set_param("page", str(number)) for number in range(_SECOND, last + 1)
    ]


def _number(url: httpx.URL) -> int:
    """0 for a page that has no plain number."""
    text = url.params.get("page", "")
    return int(text) if text.isascii() and text.isdecimal() else 0


def _without_number(url: httpx.URL) -> httpx.URL:
    return url.copy_remove_param("page")
