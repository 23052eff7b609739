"""Column types: how the values of the domain are written in SQL, and read back exactly."""

import struct
import zlib
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from itertools import islice
from typing import Any, Generic, TypeVar

import msgspec
from sqlalchemy import DateTime, Dialect, LargeBinary, Text
from sqlalchemy.types import TypeDecorator, TypeEngine

E = TypeVar("E", bound=StrEnum)
T = TypeVar("T")
_PORTION = 5_000
_QUICK = 1
"""Of zlib's levels: half again the size of the best, in a fifth of its time."""

# PostgreSQL would sort by the language of the server; the same order everywhere is C.
PLAIN_TEXT = Text().with_variant(Text(collation="C"), "postgresql")


class Written(TypeDecorator[T], Generic[T]):
    """A type with one stored form on every database; None stays NULL."""

    impl: Any = PLAIN_TEXT
    cache_ok = True

    def process_bind_param(self, value: T | None, dialect: Dialect) -> Any:  # noqa: ANN401, ARG002
        return None if value is None else self.written(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> T | None:  # noqa: ANN401, ARG002
        return None if value is None else self.read(value)

    def written(self, value: T) -> object:
        raise NotImplementedError

    def read(self, stored: Any) -> T:  # noqa: ANN401 whatever the driver hands over
        raise NotImplementedError


class UtcDateTime(Written[datetime]):
    """An aware moment, stored in UTC; SQLite keeps it without its zone."""

    impl: Any = DateTime(timezone=True)
    cache_ok = True

    def written(self, value: datetime) -> datetime:
        if value.tzinfo is None:
            raise ValueError("A moment without a time zone is never stored.")
        return value.astimezone(UTC)

    def read(self, stored: datetime) -> datetime:
        return stored.replace(tzinfo=UTC) if stored.tzinfo is None else stored.astimezone(UTC)


class ExactDecimal(Written[Decimal]):
    """A number as the text that it was written with: SQLite has only binary fractions."""

    cache_ok = True

    def written(self, value: Decimal) -> str:
        return str(value)

    def read(self, stored: str) -> Decimal:
        return Decimal(stored)


class Choice(Written[E]):
    """A member of an enumeration, stored as its word."""

    cache_ok = True

    def __init__(self, choices: type[E]) -> None:
        super().__init__()
        self.choices = choices

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], Any]:  # noqa: ARG002
        """By a table: rosters have hundreds of thousands of roles. A stranger is a KeyError."""
        words: dict[E | None, str | None] = {choice: choice.value for choice in self.choices}
        return {**words, None: None}.__getitem__

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], E | None]:  # noqa: ARG002
        choices: dict[str | None, E | None] = {choice.value: choice for choice in self.choices}
        return {**choices, None: None}.__getitem__


class Json(Written[T]):
    """A value of dataclasses, tuples and text as JSON; decimals stand in it as text."""

    cache_ok = True

    def __init__(self, shape: Any) -> None:  # noqa: ANN401 a type form such as `tuple[X, ...]`
        super().__init__()
        self.shape = shape
        self._decoder: msgspec.json.Decoder[T] = msgspec.json.Decoder(shape)

    def written(self, value: T) -> str:
        return msgspec.json.encode(value).decode()

    def read(self, stored: str) -> T:
        return self._decoder.decode(stored)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], T | None]:  # noqa: ARG002
        """Straight to the decoder: reports read a hundred thousand rows."""
        decode = self._decoder.decode
        return lambda value: None if value is None else decode(value)


class Packed(Written[T]):
    """A long value as JSON, compressed: looked at seldom, never asked for by its content."""

    impl: Any = LargeBinary()
    cache_ok = True

    def __init__(self, shape: Any) -> None:  # noqa: ANN401 a type form such as `tuple[X, ...]`
        super().__init__()
        self.shape = shape
        self._decoder: msgspec.json.Decoder[T] = msgspec.json.Decoder(shape)

    def written(self, value: T) -> bytes:
        return zlib.compress(msgspec.json.encode(value), _QUICK)

    def read(self, stored: bytes) -> T:
        return self._decoder.decode(zlib.decompress(stored))


class PackedTexts(Packed[Sequence[str]]):
    """Very many texts, packed by the portion: they may never have stood side by side."""

    cache_ok = True

    def __init__(self) -> None:
        super().__init__(tuple[str, ...])

    def written(self, value: Sequence[str]) -> bytes:
        squeeze, rest = zlib.compressobj(_QUICK), iter(value)
        parts, before = [squeeze.compress(b"[")], b""
        while portion := list(islice(rest, _PORTION)):
            parts.append(squeeze.compress(before + msgspec.json.encode(portion)[1:-1]))
            before = b","
        return b"".join((*parts, squeeze.compress(b"]"), squeeze.flush()))


class Numbers(Written[tuple[int, ...]]):
    """Whole numbers of 64 bits, eight bytes each, the lowest first."""

    impl: Any = LargeBinary()
    cache_ok = True

    def written(self, value: tuple[int, ...]) -> bytes:
        return struct.pack(f"<{len(value)}q", *value)

    def read(self, stored: bytes) -> tuple[int, ...]:
        return struct.unpack(f"<{len(stored) // 8}q", stored)


def is_written_as_text(kind: TypeEngine[Any]) -> bool:
    """Whether a column of this type holds text that the type reads as something else."""
    return isinstance(kind, Written) and not isinstance(kind, UtcDateTime | Packed | Numbers)
