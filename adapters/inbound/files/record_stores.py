"""Where the records of one kind are gathered while their files are read."""

from collections.abc import Callable, Sequence
from typing import Generic, Protocol, TypeVar

from application.rosters.enrolment_rows import EnrolmentColumns, EnrolmentRows
from application.rosters.records import EnrolmentRecord

T = TypeVar("T")


class Store(Protocol[T]):
    """Records by their ids, in the order in which they came."""

    def __contains__(self, key: object, /) -> bool: ...
    def __setitem__(self, key: str, record: T, /) -> None:
        """Keep the record of an id that is not there."""

    def get(self, key: str, /) -> T | None: ...
    def forget(self, key: str) -> None: ...
    def has_none_of(self, keys: set[str]) -> bool: ...
    def rows(self) -> Sequence[T]: ...


class Portion(Protocol):
    """Rows that were read at once. The key of one with anything odd about it is empty."""

    @property
    def keys(self) -> Sequence[str]: ...
    def take_all(self) -> None: ...
    def take(self, place: int) -> None: ...


class RecordStore(dict[str, T], Generic[T]):
    """Each record as it is."""

    def forget(self, key: str) -> None:
        self.pop(key, None)

    def has_none_of(self, keys: set[str]) -> bool:
        return self.keys().isdisjoint(keys)

    def rows(self) -> tuple[T, ...]:
        return tuple(self.values())


class _Keyed(Protocol):
    @property
    def source_id(self) -> str: ...


K = TypeVar("K", bound=_Keyed)


class RecordPortion(Generic[K]):
    """Rows that were made records; None for an odd one. `taken` is told of each that is kept."""

    def __init__(
        self,
        store: Store[K],
        records: Sequence[K | None],
        taken: Callable[[K], None] | None = None,
    ) -> None:
        self._store, self._records, self._taken = store, records, taken
        self.keys = [record.source_id if record else "" for record in records]

    def take_all(self) -> None:
        for place in range(len(self.keys)):
            self.take(place)

    def take(self, place: int) -> None:
        record = self._records[place]
        if record is not None:
            self._store[record.source_id] = record
            if self._taken:
                self._taken(record)


class EnrolmentStore:
    """Enrolments as columns; few are ever asked for again, so their places are found late."""

    def __init__(self) -> None:
        self.columns = EnrolmentColumns()
        self._ids: list[str] = []
        self._known: dict[str, None] = {}
        self._places: dict[str, int] = {}
        self._gone: set[int] = set()
        self._noted = 0

    def __contains__(self, key: object) -> bool:
        return key in self._known

    def __setitem__(self, key: str, record: EnrolmentRecord) -> None:
        self.columns.add(record)
        self.note([key])

    def note(self, keys: Sequence[str]) -> None:
        """The ids of rows that were added to the columns."""
        self._ids.extend(keys)
        self._known.update(dict.fromkeys(keys))

    def get(self, key: str) -> EnrolmentRecord | None:
        return self.columns.record(key, self._place_of(key)) if key in self._known else None

    def forget(self, key: str) -> None:
        if key in self._known:
            self._gone.add(self._place_of(key))
            del self._known[key]
            del self._places[key]

    def has_none_of(self, keys: set[str]) -> bool:
        return self._known.keys().isdisjoint(keys)

    def rows(self) -> EnrolmentRows:
        found = self.columns.rows(self._ids)
        return found.without(self._gone) if self._gone else found

    def _place_of(self, key: str) -> int:
        """Places are noted as far as they are not yet."""
        if key not in self._places:
            fresh = range(self._noted, len(self._ids))
            self._places.update((self._ids[n], n) for n in fresh if n not in self._gone)
            self._noted = len(self._ids)
        return self._places[key]
