"""The college's own words in place of ours, wherever a template writes one.

Templates are written in plain words. As they are compiled, each word that a college may call
otherwise becomes a look-up, in text outside of tags and in labels handed to macros, so that
no template has to think of it.
"""

import re
from collections.abc import Iterator, Mapping
from contextvars import ContextVar
from types import MappingProxyType

from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream

from application.college_rules import WORDS

_LONGEST_FIRST = sorted((word for own in WORDS for word in (own.many, own.one)), key=len)[::-1]
_OURS = re.compile(rf"\b(?:{'|'.join(_LONGEST_FIRST)})\b")
_OUR_OWN: Mapping[str, str] = MappingProxyType({})
_spoken: ContextVar[Mapping[str, str]] = ContextVar("spoken", default=_OUR_OWN)


def speak(words: Mapping[str, str]) -> None:
    """From here on in this request, say these words instead of ours."""
    _spoken.set(words)


def in_own_words(text: str) -> str:
    spoken = _spoken.get()
    return _OURS.sub(lambda ours: spoken.get(ours[0], ours[0]), text) if spoken else text


class OwnWords(Extension):
    """Makes look-ups of our words while a template is compiled."""

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        inside = False
        for token in stream:
            if token.type == "data":
                for piece, is_tag in _split(token.value, inside=inside):
                    yield from (
                        [Token(token.lineno, "data", piece)] if is_tag else _said(token, piece)
                    )
                inside = _ends_inside(token.value, inside=inside)
            elif token.type == "string" and _OURS.search(token.value):
                yield from _looked_up(token, token.value)
            else:
                yield token


def _split(text: str, *, inside: bool) -> Iterator[tuple[str, bool]]:
    """Pieces of HTML, each with whether it is (part of) a tag."""
    if inside:
        tag, end, text = text.partition(">")
        yield tag + end, True
    while text:
        before, start, rest = text.partition("<")
        if before:
            yield before, False
        tag, end, text = rest.partition(">")
        if start:
            yield start + tag + end, True


def _ends_inside(text: str, *, inside: bool) -> bool:
    last_start, last_end = text.rfind("<"), text.rfind(">")
    return inside if last_start == last_end else last_start > last_end


def _said(token: Token, text: str) -> Iterator[Token]:
    at = 0
    for ours in _OURS.finditer(text):
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
