"""The college's own words in texts of ours: one way for pages, files and mail."""

import re
from collections.abc import Mapping

from application.college_rules import WORDS

_LONGEST_FIRST = sorted((word for own in WORDS for word in (own.many, own.one)), key=len)[::-1]
OUR_WORDS = re.compile(rf"\b(?:{'|'.join(_LONGEST_FIRST)})\b")
"""Every word that a college may call otherwise, whole."""


def in_words(words: Mapping[str, str], text: str) -> str:
    """The text as the college says it; `words` are its own by ours (`CollegeRules.spoken`)."""
    return OUR_WORDS.sub(lambda ours: words.get(ours[0], ours[0]), text) if words else text
