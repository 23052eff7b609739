"""Records in memory, with the promises of a database: all or nothing, and one state to read."""

from collections.abc import Callable, Hashable, Mapping
from threading import Lock

from application.errors import StorageUnavailable

Rows = Mapping[Hashable, object]

_WAIT_SECONDS = 30.0


class Store:
    """The committed state: for each kind of record, rows by key, replaced but never changed."""

    def __init__(self) -> None:
        self._tables: dict[str, Rows] = {}
        self._writing = Lock()

    def state(self) -> dict[str, Rows]:
        return self._tables

    def begin_writing(self) -> None:
        """Raises StorageUnavailable when another writer does not end; writers never nest."""
        if not self._writing.acquire(timeout=_WAIT_SECONDS):
            raise StorageUnavailable("Another unit of work is still writing; try again.")

    def end_writing(self) -> None:
        self._writing.release()

    def publish(self, tables: Mapping[str, Rows]) -> None:
        """One assignment, so that readers see all of it or nothing."""
        self._tables = {**self._tables, **tables}


class Transaction:
    """A unit's view: the state when it began, and its own writes over it."""

    def __init__(self, store: Store, *, write: bool) -> None:
        self._store = store
        self._write = write
        self._after_commit: list[Callable[[], None]] = []
        if write:
            store.begin_writing()
        self._seen = store.state()
        self._own: dict[str, dict[Hashable, object]] = {}
        self._open = True

    def after_commit(self, action: Callable[[], None]) -> None:
        """Do something when, and only when, this unit has committed."""
        self._after_commit.append(action)

    def rows(self, kind: str) -> Rows:
        self._refuse_closed()
        return self._own[kind] if kind in self._own else self._seen.get(kind, {})

    def kinds(self) -> set[str]:
        """Of all records that there are, in the state or in the unit's own writes."""
        self._refuse_closed()
        return {*self._seen, *self._own}

    def writable(self, kind: str) -> dict[Hashable, object]:
        self._refuse_closed()
        if not self._write:
            raise StorageUnavailable("A unit of work that was opened for reading cannot write.")
        if kind not in self._own:
            self._own[kind] = dict(self._seen.get(kind, {}))
        return self._own[kind]

    def commit(self) -> None:
        self._refuse_closed()
        self._store.publish(self._own)
        self.close()
        for action in self._after_commit:
            action()

    def close(self) -> None:
        """Forget what was not committed and let the next writer in."""
        if self._write and self._open:
            self._store.end_writing()
        self._open = False

    def _refuse_closed(self) -> None:
        if not self._open:
            raise RuntimeError("This unit of work is over.")
