"""New ids and secrets."""

import time
from collections.abc import Callable, Iterator
from itertools import accumulate
from os import register_at_fork, urandom
from secrets import randbits, token_urlsafe
from struct import unpack
from threading import Lock

_TAIL_BITS = 74
_LOW_BITS = 62
_VARIANT = 2 << _LOW_BITS
_LOW = (1 << _LOW_BITS) - 1
_HIGH_PART = len("00000000-0000-7000-")
_TAIL = (1 << _TAIL_BITS) - 1
_DRAWN = 1024
_FEW = 16


class Uuid7:
    """UUIDs of version 7 (RFC 9562): milliseconds, then chance that only rises within one.

    Ids made by one process are strictly rising, also when the clock goes back.
    """

    def __init__(self, milliseconds: Callable[[], int]) -> None:
        self._milliseconds = milliseconds
        self._last = 0
        self._making = Lock()
        self._steps: Iterator[int] = iter(())

    def __call__(self) -> str:
        with self._making:
            began = self._milliseconds() << _TAIL_BITS
            if began > self._last:
                number = began | randbits(_TAIL_BITS)
            else:
                number = self._last + 1 + (next(self._steps, None) or self._step())
            self._last = number
        return _text(number)

    def many(self, count: int) -> list[str]:
        """What as many calls would give, in a third of their time."""
        if count < _FEW:
            return [self() for _ in range(count)]
        first = self()  # of the present millisecond
        with self._making:
            steps = unpack(f"{count - 1}I", urandom(4 * (count - 1)))
            _, *numbers = accumulate((step + 1 for step in steps), initial=self._last)
            self._last = numbers[-1]
        if numbers[0] >> _LOW_BITS != numbers[-1] >> _LOW_BITS:
            return [first, *map(_text, numbers)]
        start = _text(numbers[0])[:_HIGH_PART]  # they differ in their last part only
        lows = (f"{number & _LOW | _VARIANT:016x}" for number in numbers)
        return [first, *(f"{start}{low[:4]}-{low[4:]}" for low in lows)]

    def forget_chance(self) -> None:
        """Draw anew: a process that was forked must not use what its parent drew."""
        self._steps = iter(())

    def _step(self) -> int:
        """From portions drawn at once: asking the system for each takes longest."""
        self._steps = iter(unpack(f"{_DRAWN}I", urandom(4 * _DRAWN)))
        return next(self._steps)


def _text(number: int) -> str:
    """By hand: the class of the standard library takes longer than all the rest."""
    moment, tail = number >> _TAIL_BITS, number & _TAIL
    high, low = f"{moment:012x}", f"{tail & _LOW | _VARIANT:016x}"
    return f"{high[:8]}-{high[8:]}-7{tail >> _LOW_BITS:03x}-{low[:4]}-{low[4:]}"


new_id = Uuid7(lambda: time.time_ns() // 1_000_000)
register_at_fork(after_in_child=new_id.forget_chance)


def new_secret() -> str:
    return token_urlsafe(32)
