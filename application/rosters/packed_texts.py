"""Very many short texts, such as ids, in little room."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import overload

_BLOCK = 1_000
_BETWEEN = "\n"


class PackedTexts(Sequence[str]):
    """A thousand to a block: a quarter of the room that they take one by one.

    Made for going through them in their order; one by its place costs a whole block.
    """

    __slots__ = ("_blocks", "_length")

    def __init__(self, texts: Iterable[str] = ()) -> None:
        self._blocks: list[str | tuple[str, ...]] = []
        self._length = 0
        rest = iter(texts)
        while block := tuple(islice(rest, _BLOCK)):
            joined = _BETWEEN.join(block)
            whole = joined.count(_BETWEEN) == len(block) - 1
            self._blocks.append(joined if whole else block)
            self._length += len(block)

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[str]:
        return chain.from_iterable(map(_texts, self._blocks))

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[str]: ...
    def __getitem__(self, place: int | slice) -> str | Sequence[str]:
        places = range(self._length)[place]
        if isinstance(places, int):
            return _texts(self._blocks[places // _BLOCK])[places % _BLOCK]
        if not places:
            return ()
        low, high = min(places), max(places)
        first = low // _BLOCK
        held = [*chain.from_iterable(map(_texts, self._blocks[first : high // _BLOCK + 1]))]
        return [held[one - first * _BLOCK] for one in places]


def _texts(block: str | tuple[str, ...]) -> Sequence[str]:
    return block.split(_BETWEEN) if isinstance(block, str) else block
