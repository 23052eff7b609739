"""Our own JSON files, decoded strictly; what is wrong names its place and the cure."""

import re
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

import msgspec

from application.errors import Invalid

_PLACE = re.compile(r"(?P<cause>.*?) - at (?P<key>`key` in )?`\$\.?(?P<path>[^`]*)`", re.DOTALL)

T = TypeVar("T")


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A part of a file; a field that we do not know is a mistake, not a note."""


def decode_file(path: Path, wanted: type[T]) -> T:
    """Raises Invalid: not there, no JSON, or a value of the wrong kind, by its place."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=wanted)
    except OSError:
        raise Invalid("file", f"there is no readable file at {path}.") from None
    except msgspec.ValidationError as wrong:
        raise _invalid(path, str(wrong)) from None
    except (msgspec.DecodeError, UnicodeDecodeError) as broken:
        raise Invalid(path.name, f"this is no JSON in UTF-8 ({broken}).") from None


def source_of(path: Path) -> str:
    """A name for the audit trail: the file's own and the hash of its content."""
    return f"{path.name}#{sha256(path.read_bytes()).hexdigest()[:16]}"


def refuse_repeats(path: str, codes: Iterable[str]) -> None:
    """Raises Invalid when one code stands twice in a list."""
    seen: set[str] = set()
    for code in codes:
        if code in seen:
            raise Invalid(path, f"the code {code} stands here twice; give each its own.")
        seen.add(code)


def _invalid(path: Path, message: str) -> Invalid:
    """From the library's `Expected ... - at `$.slos[0].code``, or `- at `key` in `$...``."""
    found = _PLACE.fullmatch(message)
    if found is None:
        return Invalid(path.name, f"{message}.")
    cause = f"{found['cause'][:1].lower()}{found['cause'][1:]}"
    wrong = f"a name in it is wrong: {cause}" if found["key"] else cause
    return Invalid(f"{path.name} {found['path']}".strip(), f"{wrong}.")
