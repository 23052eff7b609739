"""An import of SLOs by a page: the form, the file that a preview carries, the reading."""

import binascii
import zlib
from base64 import b64decode, b64encode
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from litestar.datastructures import UploadFile

from adapters.inbound.http.form_fields import FormFields
from adapters.inbound.http.visit import Visit
from adapters.inbound.outcome_files.formats import NAMES, FileFormat, Options, read_outcome_file
from adapters.inbound.outcome_files.known import Owner
from application.errors import Invalid
from application.import_report import ImportLine, ImportReport, LineState
from application.queries.rosters.registers import Registers
from application.queries.slos.slo_list import SloFilter, SloList, SloListView
from application.use_cases.slos.import_slos import ImportSlos
from domain.slo import Edit

_LARGEST_FILE = 10_000_000
_MOST_LINES = 500
"""Beyond, a page shows how many more there are; the counts are of all."""


@dataclass(frozen=True, slots=True)
class ImportForm:
    """What was chosen beside the file; `held` is the file itself, packed for the next press."""

    format: str = ""
    edit: str = Edit.WORDING
    course: str = ""
    org: str = ""
    term: str = ""
    name: str = ""
    held: str = ""


@dataclass(frozen=True, slots=True)
class ImportModel:
    """`report` None: nothing was read yet."""

    view: SloListView
    form: ImportForm
    formats: tuple[tuple[str, str], ...]
    report: ImportReport | None = None
    errors: dict[str, str] | None = None

    @property
    def standing(self) -> tuple[tuple[LineState, int], ...]:
        lines = self.report.lines if self.report else ()
        counts = {state: sum(line.state is state for line in lines) for state in LineState}
        return tuple((state, count) for state, count in counts.items() if count)

    @property
    def shown(self) -> tuple[ImportLine, ...]:
        """What changes comes before what stays as it is."""
        lines = self.report.lines if self.report else ()
        ordered = sorted(lines, key=lambda line: line.state is LineState.SAME)
        return tuple(ordered[:_MOST_LINES])

    @property
    def left_out(self) -> int:
        return len(self.report.lines) - len(self.shown) if self.report else 0


@dataclass(frozen=True, slots=True)
class ImportDesk:
    """What an upload needs, in one thread."""

    registers: Registers
    slo_list: SloList
    import_slos: ImportSlos

    def model(self, visit: Visit, form: ImportForm, **more: Any) -> ImportModel:  # noqa: ANN401 the rest of the model
        view = self.slo_list(visit.viewer, SloFilter())
        formats = (("", "Told by the content"), *((str(one), NAMES[one]) for one in FileFormat))
        return ImportModel(view, form, formats, **more)

    def run(self, visit: Visit, form: ImportForm, content: bytes, *, dry_run: bool) -> ImportReport:
        """Raises Invalid: a file that cannot be read. Forbidden."""
        with TemporaryDirectory(prefix="attain-import-") as folder:
            path = Path(folder) / "upload"
            path.write_bytes(content)
            command = read_outcome_file(
                path, self.registers.outcomes(), self._options(form), visit.viewer
            )
        return self.import_slos(replace(command, dry_run=dry_run))

    def _options(self, form: ImportForm) -> Options:
        register = self.registers.outcomes()
        return Options(
            FileFormat(form.format) if form.format in set(FileFormat) else None,
            Edit(form.edit) if form.edit in set(Edit) else Edit.WORDING,
            Owner(register.courses.get(form.course, form.course), register.orgs.get(form.org, "")),
            form.term,
            name=form.name or "upload",
        )


def pack(content: bytes) -> str:
    """As a hidden field of a page carries it."""
    return b64encode(zlib.compress(content, 6)).decode()


def unpack(held: str) -> bytes:
    """Raises Invalid for what no page of ours packed, or what grows beyond any file."""
    try:
        unpacking = zlib.decompressobj()
        content = unpacking.decompress(b64decode(held, validate=True), _LARGEST_FILE + 1)
    except (binascii.Error, zlib.error):
        raise Invalid("file", "choose the file again.") from None
    return content


def require_file(content: bytes) -> None:
    """Raises Invalid for nothing at all, and for more than may be read."""
    if not content:
        raise Invalid("file", "choose a file first.")
    if len(content) > _LARGEST_FILE:
        raise Invalid("file", f"it is larger than {_LARGEST_FILE // 1_000_000} MB.")


async def form_sent(sent: dict[str, Any]) -> tuple[ImportForm, bytes]:
    """A new file, else the one that the preview carried."""
    texts = {name: value for name, value in sent.items() if isinstance(value, str)}
    fields = FormFields(dict(texts))
    file = sent.get("file")
    content, name = b"", fields.text("name")
    if isinstance(file, UploadFile) and file.filename:
        content, name = await file.read(_LARGEST_FILE + 1), Path(file.filename).name
        await file.close()
    elif fields.text("held"):
        content = unpack(fields.text("held"))
    form = ImportForm(
        fields.text("format"),
        fields.text("edit") or Edit.WORDING,
        fields.text("course"),
        fields.text("org"),
        fields.text("term"),
        name[:100],
    )
    return form, content
