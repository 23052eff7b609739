"""Codes by which people and files name assessments."""

import re
import unicodedata
from collections.abc import Iterable

_LONGEST = 60


def free_code(words: str, taken: Iterable[str]) -> str:
    """A short code made of these words that no other assessment has."""
    known = set(taken)
    bare = unicodedata.normalize("NFKC", words).casefold()
    stem = re.sub(r"[\W_]+", "-", bare).strip("-")[:_LONGEST] or "assessment"
    numbered = (f"{stem}-{number}" for number in range(2, len(known) + 3))
    return next(code for code in (stem, *numbered) if code not in known)
