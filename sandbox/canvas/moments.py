"""Time and chance as the practice Canvas uses them; both can be handed in by a test."""

import random
import string
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Literal, overload

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    return datetime.now(UTC)


@overload
def iso(moment: datetime) -> str: ...
@overload
def iso(moment: None) -> None: ...
def iso(moment: datetime | None) -> str | None:
    """A moment as Canvas writes it: UTC, whole seconds, `Z`."""
    if moment is None:
        return None
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def moment_of(text: str | None) -> datetime | None:
    """An ISO-8601 text as a moment; a text without an offset is UTC. Raises ValueError."""
    if not text:
        return None
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


class Chance:
    """Tokens, codes and nonces: truly random, or the same each time for a given seed."""

    def __init__(self, seed: int | None = None) -> None:
        self._random = random.SystemRandom() if seed is None else random.Random(seed)

    def hexadecimal(self, length: int) -> str:
        return "".join(self._random.choices("0123456789abcdef", k=length))

    def letters(self, length: int) -> str:
        return "".join(self._random.choices(string.ascii_letters + string.digits, k=length))

    def number(self, below: int) -> int:
        return self._random.randrange(below)


JobsMode = Literal["auto", "manual"]
