"""Fixed words of a format, found in any case and under the names that exports give them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar

_EXTENSION = "ext:"
Meaning = TypeVar("Meaning")


def in_any_case(own: Mapping[str, Meaning]) -> dict[str, Meaning]:
    """What words of a college's own mean, by the word in lower case."""
    return {word.casefold(): meaning for word, meaning in own.items()}


@dataclass(frozen=True, slots=True)
class Words:
    """`also` are further spellings, in lower case, of the words; both are found in any case.

    With `open` every word that begins with `ext:` is right too, as OneRoster 1.2 has it.
    """

    words: tuple[str, ...]
    also: Mapping[str, str] = field(default_factory=dict)
    open: bool = False
    exact: frozenset[str] = field(init=False)
    """The words just as the format writes them."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "exact", frozenset(self.words))

    def near(self, word: str) -> str:
        """The word that is meant; empty when there is none."""
        folded = word.casefold()
        if folded in self.also:
            return self.also[folded]
        if self.open and folded.startswith(_EXTENSION):
            return word
        return next((known for known in self.words if known.casefold() == folded), "")
