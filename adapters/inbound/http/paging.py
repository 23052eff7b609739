"""Pages of long lists: which there are, and their addresses."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pager:
    """`query` is the filter as the address says it; pages count from 1."""

    path: str
    query: str
    page: int
    pages: int

    @property
    def before(self) -> str:
        """The address of the page before; empty on the first."""
        return self.at(self.page - 1) if self.page > 1 else ""

    @property
    def after(self) -> str:
        return self.at(self.page + 1) if self.page < self.pages else ""

    def at(self, page: int) -> str:
        joined = f"{self.query}&page_number={page}" if self.query else f"page_number={page}"
        return f"{self.path}?{joined}"


def page_asked(text: str) -> int:
    """The page that an address asks for; the first for anything that is no number."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 7 else 1  # noqa: PLR2004
