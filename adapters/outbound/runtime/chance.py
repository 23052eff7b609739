"""New ids and secrets."""

import time
from collections.abc import Callable
from os import register_at_fork, urandom
from secrets import token_urlsafe
from threading import Lock

_TAIL_BITS = 74
_VERSION = 7 << 76
_VARIANT = 2 << 62
_LOW = (1 << 62) - 1
_TAIL = (1 << _TAIL_BITS) - 1
_STEP, _TAIL_BYTES = 4, 10
_DRAWN = 4096


class Uuid7:
    """UUIDs of version 7 (RFC 9562): milliseconds, then chance that only rises within one.

    Ids made by one process are strictly rising, also when the clock goes back.
    """

    def __init__(self, milliseconds: Callable[[], int]) -> None:
        self._milliseconds = milliseconds
        self._last = 0
        self._making = Lock()
        self._chance, self._used = b"", 0

    def __call__(self) -> str:
        with self._making:
            began = self._milliseconds() << _TAIL_BITS
            if began > self._last:
                self._last = began | self._drawn(_TAIL_BYTES) & _TAIL
            else:
                self._last += 1 + self._drawn(_STEP)
            number = self._last
        moment, tail = number >> _TAIL_BITS, number & _TAIL
        number = moment << 80 | _VERSION | tail >> 62 << 64 | _VARIANT | tail & _LOW
        # By hand: the class of the standard library takes longer than all the rest.
        digits = f"{number:032x}"
        parts = (digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:])
        return "-".join(parts)

    def forget_chance(self) -> None:
        """Draw anew: a process that was forked must not use what its parent drew."""
        self._chance, self._used = b"", 0

    def _drawn(self, size: int) -> int:
        """Chance out of a portion drawn at once: asking the system for each takes longest."""
        if self._used + size > len(self._chance):
            self._chance, self._used = urandom(_DRAWN), 0
        start, self._used = self._used, self._used + size
        return int.from_bytes(self._chance[start : self._used])


new_id = Uuid7(lambda: time.time_ns() // 1_000_000)
register_at_fork(after_in_child=new_id.forget_chance)


def new_secret() -> str:
    return token_urlsafe(32)
