"""Pages and their Link header: numbered ones, and bookmarked ones without an end in sight."""

import base64
import binascii
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

import msgspec

Row = TypeVar("Row")
PageParams = tuple[str | None, str | None, int]
"""The `page` and `per_page` as asked, and the installation's maximum."""
LinkBase = tuple[str, list[tuple[str, str]]]
"""The absolute address without query, and the query to keep."""
_BOOKMARK = "bookmark:"


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    rows: Sequence[Row]
    link: str


def per_page_of(asked: str | None, maximum: int) -> int:
    """10 unless asked for, silently clamped to 1...maximum; what is no number is 1."""
    if asked is None:
        return 10
    number = int(asked) if asked.isascii() and asked.isdigit() else 0
    return max(1, min(maximum, number))


def number_page(rows: Sequence[Row], asked: PageParams, base: LinkBase, *, last: bool) -> Page[Row]:
    page, per_page, maximum = asked
    size = per_page_of(per_page, maximum)
    number = int(page) if page and page.isascii() and page.isdigit() and int(page) else 1
    total = max(1, -(-len(rows) // size))
    links = {"current": str(number)}
    if number < total:
        links["next"] = str(number + 1)
    if number > 1:
        links["prev"] = str(number - 1)
    links["first"] = "1"
    if last:
        links["last"] = str(total)
    shown = rows[(number - 1) * size : number * size]
    return Page(shown, _link(links, size, base))


def bookmark_page(
    rows: Sequence[Row], key: Callable[[Row], list[Any]], asked: PageParams, base: LinkBase
) -> Page[Row]:
    """Rows after the bookmark, in the order of their keys; a bad bookmark is the first page."""
    page, per_page, maximum = asked
    size = per_page_of(per_page, maximum)
    ordered = sorted(rows, key=key)
    start = _bookmarked(page, len(key(ordered[0])) if ordered else 0)
    rest = ordered if start is None else [row for row in ordered if key(row) > start]
    shown = rest[:size]
    links = {"current": page if start is not None and page else "first"}
    if len(rest) > size:
        links["next"] = bookmark(key(shown[-1]))
    links["first"] = "first"
    return Page(shown, _link(links, size, base))


def bookmark(key: list[Any]) -> str:
    encoded = base64.urlsafe_b64encode(msgspec.json.encode(key)).decode()
    return _BOOKMARK + encoded.rstrip("=")


def _bookmarked(page: str | None, length: int) -> list[Any] | None:
    if not page or not page.startswith(_BOOKMARK):
        return None
    encoded = page.removeprefix(_BOOKMARK)
    try:
        key = msgspec.json.decode(base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4)))
    except (binascii.Error, msgspec.DecodeError, ValueError):
        return None
    return key if isinstance(key, list) and len(key) == length else None


def _link(pages: dict[str, str], size: int, base: LinkBase) -> str:
    address, query = base
    return ",".join(
        f"<{address}?{urlencode([*query, ('page', page), ('per_page', str(size))], safe=':')}>; "
        f'rel="{relation}"'
        for relation, page in pages.items()
    )
