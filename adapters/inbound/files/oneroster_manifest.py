"""The manifest of a OneRoster package, and what the files show where it is silent or wrong."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from adapters.inbound.files.csv_header import Columns, bare
from adapters.inbound.files.oneroster_words import OTHERS, VERSIONS
from adapters.inbound.files.row_reader import Row
from adapters.inbound.files.source import Source
from adapters.inbound.files.words import Words
from application.rosters.roster import FileMode
from application.rosters.row_errors import Severity

MANIFEST = "manifest.csv"
_COLUMNS = Columns(("propertyName", "value"))
_MODES = Words(tuple(FileMode))
_CORE = ("orgs", "academicSessions", "courses", "classes", "users", "enrollments")


@dataclass(frozen=True, slots=True)
class Manifest:
    """The version of the package, and the mode and place of each of its roster files."""

    version: str
    modes: Mapping[str, FileMode]
    files: Mapping[str, str]
    """The name in the standard -> the name in the package, of the files to be read."""


def read_manifest(source: Source) -> Manifest:
    values = _values(source)
    version = _version(source, values)
    names = (*_CORE, *(("roles",) if version != VERSIONS[0] else ()), "demographics")
    if not any(source.package.find(f"{name}.csv") for name in _CORE):
        cause = "there is no file of a roster here, such as users.csv"
        source.note(source.package.path.name, cause, Severity.FATAL)
    if not source.options.demographics and source.package.find("demographics.csv"):
        cause = "demographics are switched off, so it is not read"
        source.note("demographics.csv", cause, Severity.INFO)
        names = names[:-1]
    modes, files = {}, {}
    for name in names:
        mode, found = _mode(source, values, name)
        modes[name] = mode
        if found is not None and mode is not FileMode.ABSENT:
            files[name] = found
    _note_others(source, names)
    return Manifest(version, modes, files)


def _values(source: Source) -> dict[str, str]:
    found = source.package.find(MANIFEST)
    if found is None:
        cause = "it is missing, so version and modes are taken from how the files look"
        source.note(MANIFEST, cause)
        return {}
    _note_case(source, found, MANIFEST)
    rows = source.rows(found, _COLUMNS)
    return {row.text("propertyName"): row.text("value") for row in rows if isinstance(row, Row)}


def _version(source: Source, values: Mapping[str, str]) -> str:
    """The version that the manifest tells, unless the columns of the files show the other."""
    written = values.get("oneroster.version", "")
    told = next((version for version in VERSIONS if written.startswith(version)), "")
    if written and not told:
        cause = f"oneroster.version is '{written}'; {' and '.join(VERSIONS)} are read"
        source.note(MANIFEST, cause, Severity.FATAL)
    looks = _looks_like(source, told)
    if not written and values:
        source.note(MANIFEST, f"it tells no oneroster.version; the files look like {looks}")
    elif told and looks != told:
        cause = (
            f"oneroster.version is {told}, but the columns are those of {looks}: read as {looks}"
        )
        source.note(MANIFEST, cause)
    roles = values.get("file.roles", FileMode.ABSENT) != FileMode.ABSENT
    if looks == VERSIONS[0] and roles and source.package.find("roles.csv"):
        cause = "users.csv gives roles as in 1.1 and roles.csv as in 1.2; leave one of them out"
        source.note("roles.csv", cause, Severity.FATAL)
    return looks


def _looks_like(source: Source, told: str) -> str:
    """Roles stand in users.csv in 1.1, and in a file of their own in 1.2."""
    found, roles = source.package.find("users.csv"), source.package.find("roles.csv")
    columns = {bare(name) for name in source.peek(found)[0]} if found else set()
    if told == VERSIONS[1] and roles:
        return told
    if "role" in columns:
        return VERSIONS[0]
    if roles or (columns and told != VERSIONS[0]):
        return VERSIONS[1]
    return told or VERSIONS[0]


def _mode(source: Source, values: Mapping[str, str], name: str) -> tuple[FileMode, str | None]:
    found = source.package.find(f"{name}.csv")
    written = values.get(f"file.{name}", "")
    mode = _MODES.near(written)
    if written and not mode:
        cause = f"file.{name} is '{written}'; say absent, bulk or delta"
        source.note(MANIFEST, cause, Severity.FATAL)
        return FileMode.ABSENT, None
    if found is None:
        if mode in {FileMode.BULK, FileMode.DELTA}:
            cause = f"the manifest promises it as {mode}, but it is not in the package"
            source.note(f"{name}.csv", cause)
        return FileMode.ABSENT, None
    _note_case(source, found, f"{name}.csv")
    if mode == FileMode.ABSENT:
        source.note(f"{name}.csv", "the manifest says absent, so it is not read")
        return FileMode.ABSENT, None
    if not mode:
        shown = _shown_mode(source, found)
        if values:
            cause = f"it has no row file.{name}; the file looks like {shown}, and is read so"
            source.note(MANIFEST, cause)
        return shown, found
    return FileMode(mode), found


def _shown_mode(source: Source, found: str) -> FileMode:
    """Status and time of change are blank in bulk files, and filled in delta files."""
    header, first = source.peek(found)
    row = dict(zip((bare(name) for name in header), first, strict=False))
    is_delta = row.get("status") and row.get("datelastmodified")
    return FileMode.DELTA if is_delta else FileMode.BULK


def _note_case(source: Source, found: str, file: str) -> None:
    if found != file:
        source.note(found, f"the standard's name is {file}; case counts")


def _note_others(source: Source, names: Iterable[str]) -> None:
    """The other files of the package, each with one line."""
    read = {f"{name}.csv".casefold() for name in (*names, "manifest", "demographics")}
    others = {f"{name}.csv".casefold() for name in OTHERS}
    for file in source.package.members:
        if file.casefold() in others:
            source.note(file, "this file holds no roster and is not read", Severity.INFO)
        elif file.casefold() == "roles.csv" and file.casefold() not in read:
            source.note(file, "roles come from users.csv in this version; it is not read")
        elif file.casefold() not in read:
            source.note(file, "no file of OneRoster; it is not read", Severity.INFO)
