"""A second college: seeded by the same builders, with other ids in a database of its own."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

from adapters.outbound.memory.store import Store


def ids_of(store: Store) -> frozenset[str]:
    """Of every record that has one."""
    found = (getattr(one, "id", None) for rows in store.state().values() for one in rows.values())
    return frozenset(one for one in found if type(one) is str)


def northern(one: str) -> str:
    """The id that a record of the first college has in the second."""
    return f"{one}-north"


def move_north(store: Store) -> None:
    """Give every record another id, wherever another record names it."""
    ids = ids_of(store)
    store.publish(
        {
            kind: {_moved(key, ids): _moved(one, ids) for key, one in rows.items()}
            for kind, rows in store.state().items()
        }
    )


def _moved(value: Any, ids: frozenset[str]) -> Any:
    """The same value with the ids in it exchanged, however deep they stand."""
    if type(value) is str:
        return northern(value) if value in ids else value
    if isinstance(value, tuple | list | frozenset):
        return type(value)(_moved(one, ids) for one in value)
    if isinstance(value, Mapping):
        return {_moved(key, ids): _moved(one, ids) for key, one in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        named = (field.name for field in fields(value) if field.init)
        return replace(value, **{name: _moved(getattr(value, name), ids) for name in named})
    return value
