"""The kinds of roster packages, each with its reader: the one list of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from adapters.inbound.files.roster_upload import RosterUpload
from application.errors import Invalid
from application.later import imported_later
from application.loading.collecting import without_collection
from application.ports.packages import PackageReader, ReadPackage
from application.rosters.read_options import USUAL, ReadOptions
from application.rosters.roster import Listing, Roster
from application.rosters.row_errors import RowError, Severity

with imported_later(__name__):
    from adapters.inbound.files.canvas_sis import read_canvas_sis
    from adapters.inbound.files.data_load import read_data_load
    from adapters.inbound.files.oneroster import read_oneroster
    from adapters.inbound.files.package import open_package
    from adapters.inbound.files.recognition import looks_like


@dataclass(frozen=True, slots=True)
class PackageKind:
    """`name` is the word of the command; `label` and `says` stand on pages and in the help."""

    name: str
    label: str
    says: str
    read: Callable[[Path, ReadOptions], RosterUpload]


_KINDS = (
    PackageKind(
        "oneroster",
        "OneRoster CSV",
        "the rostering files of OneRoster, with their manifest",
        read_oneroster,
    ),
    PackageKind(
        "canvas-sis",
        "Canvas SIS CSV",
        "the CSV files that Canvas' own SIS import takes",
        read_canvas_sis,
    ),
    PackageKind(
        "data-load",
        "Attain data load",
        "plain CSV files with the columns of docs/formats.md",
        read_data_load,
    ),
)
PACKAGE_KINDS: Mapping[str, PackageKind] = {kind.name: kind for kind in _KINDS}


class PackageShelf(PackageReader):
    """Reads a package of any kind."""

    def __call__(self, kind: str, path: Path, options: ReadOptions = USUAL) -> ReadPackage:
        found = PACKAGE_KINDS.get(kind)
        if found is None:
            raise Invalid("kind", f"use {', '.join(PACKAGE_KINDS)}.")
        with without_collection():
            upload = found.read(path, options)
        roster = upload.roster
        if not roster.is_readable and (other := _other_kind(kind, path, options)):
            roster = _mistaken(upload.source.rpartition("#")[0], other)
        return ReadPackage(roster, upload.source)


def _other_kind(kind: str, path: Path, options: ReadOptions) -> PackageKind | None:
    """The kind that all the files look like that look like any, when it is another one."""
    found = looks_like(open_package(path), options)
    return PACKAGE_KINDS[next(iter(found))] if len(found) == 1 and kind not in found else None


def _mistaken(file: str, looks: PackageKind) -> Roster:
    """Nothing but that the kind is wrong: whatever else was found follows from it."""
    cause = f"this looks like {looks.label}; use attain load {looks.name}"
    error = RowError(file, 0, "", "", cause, Severity.FATAL)
    return Roster(
        Listing("orgs"),
        Listing("terms"),
        Listing("courses"),
        Listing("sections"),
        Listing("people"),
        Listing("enrolments"),
        errors=(error,),
    )
