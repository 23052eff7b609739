"""Names of files as people sent them, made harmless for showing and for saving."""

import unicodedata
from collections.abc import Sequence

LONGEST = 150
_FORBIDDEN = frozenset('<>:"/\\|?*')
_RESERVED = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}
)
"""What Windows takes for a device, whatever its extension."""


def shown_name(sent: str, extensions: Sequence[str], otherwise: str = "file") -> str:
    """The last part of a path that was sent, with an extension of what the file really is.

    `extensions` begin with a dot, the usual one first: a page that calls itself a picture must
    not open as a page once it is saved. Directions and control signs go, so that no name reads
    otherwise than it is.
    """
    name = sent.replace("\\", "/").rsplit("/", 1)[-1]
    name = "".join(sign for sign in unicodedata.normalize("NFC", name) if _is_plain(sign))
    name = " ".join(name.split()).strip(". ")
    stem, extension = _parted(name, extensions)
    stem = stem.strip(". ") or otherwise
    if stem.partition(".")[0].lower() in _RESERVED:
        stem = f"_{stem}"
    return stem[: LONGEST - len(extension)].rstrip(". ") + extension


def _parted(name: str, extensions: Sequence[str]) -> tuple[str, str]:
    for extension in extensions:
        if name.lower().endswith(extension):
            return name[: -len(extension)], name[-len(extension) :]
    return name, extensions[0] if extensions else ""


def _is_plain(sign: str) -> bool:
    """No control, no surrogate, no mark of direction; joiners are part of some scripts."""
    category = unicodedata.category(sign)
    if sign in _FORBIDDEN or category in {"Cc", "Cs", "Co", "Cn", "Zl", "Zp"}:
        return False
    return category != "Cf" or sign in {"\u200c", "\u200d"}
