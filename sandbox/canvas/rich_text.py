"""HTML that people write, as Canvas keeps and shows it: what is read back may differ."""

import re
from html import escape
from html.parser import HTMLParser

_DROPPED = frozenset({"script", "style", "iframe", "object", "form"})
_VOID = frozenset({"br", "hr", "img"})
_OWN_PATH = re.compile(r'((?:href|src)=")(/(?!/))')


class _Cleaner(HTMLParser):
    """Writes HTML anew without scripts, event handlers and unclosed elements."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._open: list[str] = []
        self._dropping = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _DROPPED:
            self._dropping += 1
        if self._dropping:
            return
        kept = "".join(
            f' {name}="{escape(value or "")}"' for name, value in attrs if _safe(name, value)
        )
        self.parts.append(f"<{tag}{kept}>")
        if tag not in _VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _DROPPED:
            self._dropping = max(0, self._dropping - 1)
        elif not self._dropping and tag in self._open:
            while self._open[-1] != tag:
                self.parts.append(f"</{self._open.pop()}>")
            self.parts.append(f"</{self._open.pop()}>")

    def handle_data(self, data: str) -> None:
        if not self._dropping:
            self.parts.append(escape(data, quote=False))

    def result(self) -> str:
        self.close()
        return "".join([*self.parts, *(f"</{tag}>" for tag in reversed(self._open))])


def _safe(name: str, value: str | None) -> bool:
    return not name.startswith("on") and "javascript:" not in (value or "").lower()


def sanitised(html: str | None) -> str | None:
    """Rich text as Canvas stores it: cleaned and written anew."""
    if html is None:
        return None
    cleaner = _Cleaner()
    cleaner.feed(html)
    return cleaner.result()


def as_shown(html: str | None, base: str) -> str | None:
    """Stored rich text as the API answers it: addresses of this Canvas become absolute."""
    return None if html is None else _OWN_PATH.sub(rf"\g<1>{base}\g<2>", html)
