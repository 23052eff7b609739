"""The college's own words in place of ours, wherever a template writes one.

Templates are written in plain words. As they are compiled, each word that a college may call
otherwise becomes a look-up: in text, in attributes that are read to people, and in labels
handed to macros, so that no template has to think of it.
"""

import re
from collections.abc import Iterator, Mapping
from contextvars import ContextVar
from types import MappingProxyType

from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream

from application.own_words import OUR_WORDS, in_words

READ_ATTRIBUTES = frozenset(
    {"alt", "aria-description", "aria-label", "aria-roledescription", "aria-valuetext",
     "data-confirm", "data-label", "label", "placeholder", "summary", "title"}
)  # fmt: skip
"""Attributes whose values are text for people; other values are names for machines."""
_IN_TAG = re.compile(r""">|(?P<name>[\w:-]+)\s*=\s*(?P<quote>["'])""")
_OUR_OWN: Mapping[str, str] = MappingProxyType({})
_spoken: ContextVar[Mapping[str, str]] = ContextVar("spoken", default=_OUR_OWN)


def speak(words: Mapping[str, str]) -> None:
    """From here on in this request, say these words instead of ours."""
    _spoken.set(words)


def in_own_words(text: str) -> str:
    return in_words(_spoken.get(), text)


class OwnWords(Extension):
    """Makes look-ups of our words while a template is compiled."""

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        place = _Place()
        for token in stream:
            if token.type == "data":
                for piece, is_read in place.pieces(token.value):
                    if is_read:
                        yield from _said(token, piece)
                    elif piece:
                        yield Token(token.lineno, "data", piece)
            elif token.type == "string" and OUR_WORDS.search(token.value):
                yield from _looked_up(token, token.value)
            else:
                yield token


class _Place:
    """Where in the HTML a template stands: in text, in a tag, or in a quoted value of one.

    It is kept from piece to piece, since a tag goes on around what the template fills in.
    """

    def __init__(self) -> None:
        self._in_tag = False
        self._attribute = self._quote = ""

    def pieces(self, text: str) -> Iterator[tuple[str, bool]]:
        """Each piece with whether people read it, or have it read to them."""
        while text:
            if self._quote:
                piece, end, text = text.partition(self._quote)
                yield piece, self._attribute in READ_ATTRIBUTES
                yield end, False
                self._quote = "" if end else self._quote
            elif self._in_tag:
                found = _IN_TAG.search(text)
                at = found.end() if found else len(text)
                yield text[:at], False
                if found:
                    self._attribute, self._quote = found["name"] or "", found["quote"] or ""
                    self._in_tag = found[0] != ">"
                text = text[at:]
            else:
                piece, start, text = text.partition("<")
                yield piece, True
                yield start, False
                self._in_tag = bool(start)


def _said(token: Token, text: str) -> Iterator[Token]:
    at = 0
    for ours in OUR_WORDS.finditer(text):
        yield Token(token.lineno, "data", text[at : ours.start()])
        yield Token(token.lineno, "variable_begin", "{{")
        yield from _looked_up(token, ours[0])
        yield Token(token.lineno, "variable_end", "}}")
        at = ours.end()
    yield Token(token.lineno, "data", text[at:])


def _looked_up(token: Token, text: str) -> Iterator[Token]:
    for kind, value in (("name", "in_own_words"), ("lparen", "("), ("string", text)):
        yield Token(token.lineno, kind, value)
    yield Token(token.lineno, "rparen", ")")
