"""The kinds of roster packages, each with its reader: the one list of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from adapters.inbound.files.oneroster import RosterUpload, read_oneroster
from application.errors import Invalid
from application.loading.collecting import without_collection
from application.ports.packages import PackageReader, ReadPackage


@dataclass(frozen=True, slots=True)
class PackageKind:
    """`name` is the word of the command; `label` and `says` stand on pages and in the help."""

    name: str
    label: str
    says: str
    read: Callable[[Path], RosterUpload]


_KINDS = (
    PackageKind(
        "oneroster",
        "OneRoster CSV",
        "the rostering files of OneRoster, with their manifest",
        read_oneroster,
    ),
)
PACKAGE_KINDS: Mapping[str, PackageKind] = {kind.name: kind for kind in _KINDS}


class PackageShelf(PackageReader):
    """Reads a package of any kind."""

    def __call__(self, kind: str, path: Path) -> ReadPackage:
        found = PACKAGE_KINDS.get(kind)
        if found is None:
            raise Invalid("kind", f"use {', '.join(PACKAGE_KINDS)}.")
        with without_collection():
            upload = found.read(path)
        return ReadPackage(upload.roster, upload.source)
