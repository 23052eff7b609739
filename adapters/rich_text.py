"""HTML of an LMS: our plain text as the simple HTML that Canvas keeps, any HTML as plain text."""

import re
from html import escape
from html.parser import HTMLParser

_BLOCKS = frozenset(
    {"p", "div", "ul", "ol", "dl", "table", "blockquote", "pre", "section", "article", "hr"}
    | {f"h{level}" for level in range(1, 7)}
)
_LINES = frozenset({"li", "tr", "dt", "dd"})
_UNSEEN = frozenset({"script", "style", "head", "title"})
_WRAPPED = re.compile(r"[ \t]*[\r\n][ \t\r\n]*")
"""White space with a line end in it: how the source was laid out, and nothing to be seen."""


def html_of(text: str) -> str:
    """A paragraph for each block between empty lines, a break for each further line end."""
    unified = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if not unified:
        return ""
    blocks = escape(unified, quote=False).split("\n\n")
    return "".join(f"<p>{block.replace(chr(10), '<br>')}</p>" for block in blocks)


def text_of(html: str | None) -> str:
    """What a reader sees, in lines and paragraphs; of our own HTML, the text it was made of."""
    reader = _Reader()
    reader.feed(html or "")
    reader.close()
    return reader.text()


class _Reader(HTMLParser):
    """Collects blocks of text. Canvas may put scripts and styles around what was written."""

    def __init__(self) -> None:
        super().__init__()
        self._blocks: list[str] = []
        self._open = False
        self._unseen = 0

    def text(self) -> str:
        return "\n\n".join(self._blocks).strip()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self._unseen += tag in _UNSEEN
        if tag in _BLOCKS:
            self._open = False
        elif tag == "br":
            self._add("\n")
        elif tag in _LINES and self._open:
            self._blocks[-1] = self._blocks[-1].rstrip(" ") + "\n"
        if tag == "p":
            self._begin()

    def handle_endtag(self, tag: str) -> None:
        self._unseen = max(0, self._unseen - (tag in _UNSEEN))
        if tag in _BLOCKS:
            self._open = False

    def handle_data(self, data: str) -> None:
        seen = _WRAPPED.sub(" ", data)
        if not self._unseen and (self._open or seen.strip()):
            self._add(seen)

    def _add(self, text: str) -> None:
        if not self._open:
            self._begin()
        self._blocks[-1] += text

    def _begin(self) -> None:
        self._blocks.append("")
        self._open = True
