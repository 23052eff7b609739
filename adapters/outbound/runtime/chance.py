"""New ids and secrets."""

import time
from collections.abc import Callable
from secrets import randbits, token_urlsafe
from threading import Lock

_TAIL_BITS = 74
_VERSION = 7 << 76
_VARIANT = 2 << 62
_LOW = (1 << 62) - 1


class Uuid7:
    """UUIDs of version 7 (RFC 9562): milliseconds, then chance that only rises within one.

    Ids made by one process are strictly rising, also when the clock goes back.
    """

    def __init__(self, milliseconds: Callable[[], int]) -> None:
        self._milliseconds = milliseconds
        self._last = 0
        self._making = Lock()

    def __call__(self) -> str:
        with self._making:
            fresh = self._milliseconds() << _TAIL_BITS | randbits(_TAIL_BITS)
            self._last = fresh if fresh > self._last else self._last + 1 + randbits(32)
            number = self._last
        moment, tail = number >> _TAIL_BITS, number & (1 << _TAIL_BITS) - 1
        number = moment << 80 | _VERSION | tail >> 62 << 64 | _VARIANT | tail & _LOW
        # By hand: the class of the standard library takes longer than all the rest.
        digits = f"{number:032x}"
        parts = (digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:])
        return "-".join(parts)


new_id = Uuid7(lambda: time.time_ns() // 1_000_000)


def new_secret() -> str:
    return token_urlsafe(32)
