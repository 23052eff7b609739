"""Rows of one kind of record within one transaction."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import Field, replace
from typing import Any, ClassVar, Generic, Protocol, TypeVar, cast

from adapters.outbound.memory.store import Transaction
from application.errors import Conflict, NotFound

R = TypeVar("R")


class Rows(Generic[R]):
    """A table: records by the key that `key_of` finds in them."""

    def __init__(
        self, transaction: Transaction, kind: str, key_of: Callable[[R], Hashable]
    ) -> None:
        self._transaction = transaction
        self._kind = kind
        self._key_of = key_of

    def find(self, key: Hashable) -> R | None:
        # A table holds only what `put` of the same kind stored there.
        return cast("R | None", self._transaction.rows(self._kind).get(key))

    def get(self, what: str, key: Hashable) -> R:
        """Raises NotFound, which says `what` was asked for."""
        found = self.find(key)
        if found is None:
            raise NotFound(what)
        return found

    def all(self) -> list[R]:
        """By key."""
        rows = self._transaction.rows(self._kind)
        return [cast("R", rows[key]) for key in sorted(rows, key=_order)]

    def where(self, holds: Callable[[R], bool]) -> list[R]:
        """By key."""
        return [record for record in self.all() if holds(record)]

    def put(self, records: Iterable[R]) -> None:
        table = self._transaction.writable(self._kind)
        for record in records:
            table[self._key_of(record)] = record

    def remove(self, records: Iterable[R]) -> None:
        table = self._transaction.writable(self._kind)
        for record in records:
            del table[self._key_of(record)]

    def key_of(self, record: R) -> Hashable:
        return self._key_of(record)


def _order(key: Hashable) -> tuple[Any, ...]:
    return key if isinstance(key, tuple) else (key,)


class Versioned(Protocol):
    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]

    @property
    def version(self) -> int: ...


V = TypeVar("V", bound=Versioned)
Unique = Callable[[V], Hashable | None]
"""What no two records may share; None where a record claims nothing."""


class VersionedRows(Rows[V]):
    """A table whose rows are saved by the rule of `application.ports.repositories`."""

    def __init__(
        self,
        transaction: Transaction,
        kind: str,
        key_of: Callable[[V], Hashable],
        unique: Unique[V] | None = None,
    ) -> None:
        super().__init__(transaction, kind, key_of)
        self._unique = unique

    def save(self, record: V) -> V:
        return self.save_all([record])[0]

    def save_all(self, records: Iterable[V]) -> list[V]:
        """Store each with its next version; all of them, or Conflict and none."""
        following = [replace(record, version=record.version + 1) for record in records]
        self.store(following)
        return following

    def store(self, records: list[V]) -> None:
        """Store records that carry their next version already."""
        for record in records:
            stored = self.find(self.key_of(record))
            if (0 if stored is None else stored.version) != record.version - 1:
                raise Conflict("This record was changed meanwhile; read it again.")
        self._refuse_shared(records)
        self.put(records)

    def _refuse_shared(self, records: list[V]) -> None:
        if self._unique is None:
            return
        own = {self.key_of(record) for record in records}
        others = (other for other in self.all() if self.key_of(other) not in own)
        claims = [claim for one in (*others, *records) if (claim := self._unique(one)) is not None]
        if len(claims) != len(set(claims)):
            raise Conflict("Another record of this kind exists already, or was stored meanwhile.")
