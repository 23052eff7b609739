"""Parameters the Rails way: form, query and JSON body become the same nested mapping."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

_PART = re.compile(r"\[([^\[\]]*)\]")
_TRUE = frozenset({"1", "true", "yes", "on", "t", "y"})


def nested(pairs: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """`a[b][]=1` becomes `{"a": {"b": ["1"]}}`; of a repeated plain name the last one counts."""
    root: dict[str, Any] = {}
    for name, value in pairs:
        head, *_ = name.split("[", 1)
        _put(root, [head, *_PART.findall(name)], value)
    return root


def _put(target: dict[str, Any], path: list[str], value: str) -> None:
    key, *rest = path
    if not rest:
        target[key] = value
    elif rest[0] == "":
        held = target.setdefault(key, [])
        if isinstance(held, list):
            _append(held, rest[1:], value)
    else:
        held = target.setdefault(key, {})
        if isinstance(held, dict):
            _put(held, rest, value)


def _append(held: list[Any], path: list[str], value: str) -> None:
    """`a[][b]=1&a[][b]=2` is a list of mappings: a name that repeats begins the next one."""
    if not path:
        held.append(value)
        return
    if not held or not isinstance(held[-1], dict) or path[0] in held[-1]:
        held.append({})
    _put(held[-1], path, value)


def merged(first: Mapping[str, Any], second: Mapping[str, Any]) -> dict[str, Any]:
    return {**first, **second}


def listed(params: Mapping[str, Any], name: str) -> list[str]:
    """A list parameter; a single value counts as a list of one, as `Array.wrap` does."""
    value = params.get(name)
    if value is None:
        return []
    if isinstance(value, Mapping):
        return [str(item) for item in value.values()]
    if isinstance(value, list):
        return [str(item) for item in value]
    return [str(value)]


def truthy(value: object) -> bool:
    return value is True or str(value).lower() in _TRUE


def text(value: object) -> str | None:
    """A scalar parameter as text; a JSON number reads as its digits, null as absent."""
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def mapping(params: Mapping[str, Any], name: str) -> dict[str, Any] | None:
    value = params.get(name)
    return value if isinstance(value, dict) else None
