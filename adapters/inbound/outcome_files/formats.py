"""Which format a file of SLOs has, and the reader and writer of each."""

from dataclasses import dataclass, replace
from enum import StrEnum
from hashlib import sha256
from pathlib import Path

import msgspec

from adapters.inbound.files.slo_file import read_slos, slo_file
from adapters.inbound.outcome_files.canvas_csv import read_canvas_csv, write_canvas_csv
from adapters.inbound.outcome_files.case_reading import read_case
from adapters.inbound.outcome_files.case_writing import write_case
from adapters.inbound.outcome_files.known import NO_OWNER, Owner, known_of
from adapters.inbound.outcome_files.slo_csv import read_slo_csv, write_slo_csv
from application.errors import Invalid
from application.queries.rosters.registers import OutcomeRegister
from application.queries.slos.outcome_export import OutcomeExport
from application.use_cases.slos.import_slos import ImportSlosCommand
from application.viewers import Viewer
from domain.slo import Edit


class FileFormat(StrEnum):
    CSV = "csv"
    JSON = "json"
    CANVAS = "canvas-csv"
    CASE = "case"


NAMES = {
    FileFormat.CSV: "CSV",
    FileFormat.JSON: "JSON with scales",
    FileFormat.CANVAS: "Canvas outcomes CSV",
    FileFormat.CASE: "CASE framework (JSON)",
}
FILE_NAMES = {
    FileFormat.CSV: "slos.csv",
    FileFormat.JSON: "slos.json",
    FileFormat.CANVAS: "canvas-outcomes.csv",
    FileFormat.CASE: "case-framework.json",
}
MEDIA_TYPES = {
    FileFormat.CSV: "text/csv; charset=utf-8",
    FileFormat.JSON: "application/json",
    FileFormat.CANVAS: "text/csv; charset=utf-8",
    FileFormat.CASE: "application/json",
}


@dataclass(frozen=True, slots=True)
class Options:
    """`format` None: told by the content. `edit` says what other words mean."""

    format: FileFormat | None = None
    edit: Edit = Edit.WORDING
    owner: Owner = NO_OWNER
    from_term: str = ""
    dry_run: bool = False
    name: str = ""
    """Of the file, for the audit trail; empty: that of the path."""


def read_outcome_file(
    path: Path, register: OutcomeRegister, options: Options, viewer: Viewer
) -> ImportSlosCommand:
    """Raises Invalid, naming the place in the file and the cure."""
    try:
        content = path.read_bytes()
    except OSError:
        raise Invalid("file", f"there is no readable file at {path}.") from None
    name = options.name or path.name
    source = f"{name}#{sha256(content).hexdigest()[:16]}"
    known = known_of(register, options.owner)
    found = options.format or format_of(content)
    if found is FileFormat.JSON:
        command = read_slos(path, viewer.actor)
    else:
        command = ImportSlosCommand(viewer.actor, source, (), (), ())
        if found is FileFormat.CASE:
            case = read_case(content, known)
            frameworks = (case.framework,) if case.framework else ()
            command = replace(command, slos=case.entries, frameworks=frameworks)
        elif found is FileFormat.CANVAS:
            command = replace(command, slos=read_canvas_csv(content, known))
        else:
            command = replace(command, slos=read_slo_csv(content))
    return replace(
        command,
        source=source,
        edit=options.edit,
        dry_run=options.dry_run,
        viewer=viewer,
        from_term=options.from_term,
    )


def format_of(content: bytes) -> FileFormat:
    """By the content, never by the name of the file."""
    start = content.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith((b"{", b"[")):
        return FileFormat.CASE if b'"CFDocument"' in content else FileFormat.JSON
    header = start.partition(b"\n")[0].lower()
    if b"vendor_guid" in header and b"object_type" in header:
        return FileFormat.CANVAS
    return FileFormat.CSV


def written(
    export: OutcomeExport, kind: FileFormat, *, root: str = "", document: str = ""
) -> bytes:
    """`root` is the number of Canvas' root account, `document` an imported CASE framework.

    Raises:
        Invalid: what the format needs is not there.
    """
    match kind:
        case FileFormat.CSV:
            return write_slo_csv(export)
        case FileFormat.CANVAS:
            return write_canvas_csv(export, root)
        case FileFormat.CASE:
            return write_case(export, document)
        case FileFormat.JSON:
            courses = {str(course.id): course.code for course in export.courses.values()}
            orgs = {str(org.id): org.code for org in export.orgs.values()}
            content = slo_file(export.scales, export.slos, courses, orgs)
            return msgspec.json.format(msgspec.json.encode(content), indent=2)
