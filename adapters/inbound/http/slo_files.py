"""SLOs from files and to files: upload with a preview, then apply; downloads."""

import binascii
import zlib
from base64 import b64decode, b64encode
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from litestar import Response, get, post
from litestar.datastructures import UploadFile
from litestar.params import FromQuery
from litestar.response import Redirect

from adapters.inbound.http.form_fields import FormFields
from adapters.inbound.http.injection import Injected
from adapters.inbound.http.outcome_filters import viewer_of
from adapters.inbound.http.pages import page, see_other
from adapters.inbound.http.slos import slo_filter
from adapters.inbound.http.visit import AnyRequest, Visit
from adapters.inbound.outcome_files.case_writing import frameworks_of
from adapters.inbound.outcome_files.formats import (
    FILE_NAMES,
    MEDIA_TYPES,
    NAMES,
    FileFormat,
    Options,
    read_outcome_file,
    written,
)
from adapters.inbound.outcome_files.known import Owner
from application.errors import Forbidden, Invalid
from application.import_report import ImportLine, ImportReport, LineState
from application.ports.runtime import Transact
from application.queries.outcome_export import ReadOutcomeExport
from application.queries.registers import Registers
from application.queries.slo_list import SloFilter, SloList, SloListView
from application.use_cases.import_slos import ImportSlos
from domain.access import Right
from domain.slo import Edit

_LARGEST_FILE = 10_000_000
_LARGEST_BODY = 16_000_000
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
class ExportModel:
    """`frameworks` are identifier and title of imported CASE frameworks."""

    view: SloListView
    formats: tuple[tuple[FileFormat, str], ...]
    frameworks: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ImportDesk:
    """What an upload needs, in one thread."""

    registers: Registers
    slo_list: SloList
    import_slos: ImportSlos

    def model(self, visit: Visit, form: ImportForm, **more: Any) -> ImportModel:  # noqa: ANN401 the rest of the model
        view = self.slo_list(viewer_of(visit), SloFilter())
        formats = (("", "Told by the content"), *((str(one), NAMES[one]) for one in FileFormat))
        return ImportModel(view, form, formats, **more)

    def run(self, visit: Visit, form: ImportForm, content: bytes, *, dry_run: bool) -> ImportReport:
        """Raises Invalid: a file that cannot be read. Forbidden."""
        with TemporaryDirectory(prefix="attain-import-") as folder:
            path = Path(folder) / "upload"
            path.write_bytes(content)
            command = read_outcome_file(
                path, self.registers.outcomes(), self._options(form), viewer_of(visit)
            )
        return self.import_slos(replace(command, dry_run=dry_run))

    def _options(self, form: ImportForm) -> Options:
        register = self.registers.outcomes()
        return Options(
            FileFormat(form.format) if form.format in set(FileFormat) else None,
            Edit(form.edit) if form.edit in set(Edit) else Edit.WORDING,
            Owner(register.courses.get(form.course, ""), register.orgs.get(form.org, "")),
            form.term,
            name=form.name or "upload",
        )


@get("/slos/import", right=Right.KEEP_OUTCOMES, sync_to_thread=True)
def import_form(visit: Injected[Visit], slo_import_desk: Injected[ImportDesk]) -> Response[str]:
    return page(visit, "slo-import.html", slo_import_desk.model(visit, ImportForm()))


@post("/slos/import", right=Right.KEEP_OUTCOMES, request_max_body_size=_LARGEST_BODY)
async def upload(
    request: AnyRequest,
    visit: Injected[Visit],
    slo_import_desk: Injected[ImportDesk],
    transact: Injected[Transact],
) -> Response[str] | Redirect:
    """First the preview, which stores nothing; then, with the file it carries, the import."""
    sent = await request.form()
    form, content = await _read(dict(sent))
    applying = sent.get("apply") == "yes"

    def answer() -> Response[str] | Redirect:
        try:
            _require_file(content)
            report = slo_import_desk.run(visit, form, content, dry_run=not applying)
        except (Invalid, Forbidden) as refused:
            field = refused.field if isinstance(refused, Invalid) else "file"
            cure = refused.cure if isinstance(refused, Invalid) else str(refused)
            where = "" if field == "file" else f"{field}: "
            model = slo_import_desk.model(visit, form, errors={"file": f"{where}{cure}"})
            return page(visit, "slo-import.html", model, status=422)
        if applying and not report.problems:
            return see_other(visit, f"/slos/import/done?{_counted(report)}")
        held = replace(form, held=pack(content))
        model = slo_import_desk.model(visit, held, report=report)
        return page(visit, "slo-import.html", model, status=422 if report.problems else 200)

    return await transact(answer)


@get("/slos/import/done", right=Right.KEEP_OUTCOMES, sync_to_thread=True)
def imported(
    visit: Injected[Visit],
    added: FromQuery[int] = 0,
    changed: FromQuery[int] = 0,
    same: FromQuery[int] = 0,
    scales: FromQuery[int] = 0,
) -> Response[str]:
    counts = [("added", added), ("changed", changed), ("unchanged", same)]
    if scales:
        counts.append(("scales added or changed", scales))
    return page(visit, "slo-imported.html", counts)


@get("/slos/export", right=Right.KEEP_OUTCOMES, sync_to_thread=True)
def download(
    request: AnyRequest,
    visit: Injected[Visit],
    slo_list: Injected[SloList],
    read_outcome_export: Injected[ReadOutcomeExport],
) -> Response[str] | Response[bytes]:
    """With `format` the file, of the SLOs that the filter lets through; without it the choice."""
    asked = FormFields(dict(request.query_params))
    kind, viewer = asked.text("format"), viewer_of(visit)
    wanted = slo_filter(asked)
    listed = slo_list(viewer, wanted, size=None)
    if kind not in set(FileFormat):
        frameworks = frameworks_of(read_outcome_export(viewer))
        formats = tuple((one, NAMES[one]) for one in FileFormat)
        return page(visit, "slo-export.html", ExportModel(listed, formats, tuple(frameworks)))
    chosen = frozenset(line.id for line in listed.lines)
    export = read_outcome_export(viewer, "", chosen)
    framework = asked.text("framework")
    if framework:
        export = read_outcome_export(viewer)
    content = written(export, FileFormat(kind), root=asked.text("root").strip(), document=framework)
    headers = {"content-disposition": f'attachment; filename="{FILE_NAMES[FileFormat(kind)]}"'}
    return Response(content, media_type=MEDIA_TYPES[FileFormat(kind)], headers=headers)


def pack(content: bytes) -> str:
    return b64encode(zlib.compress(content, 6)).decode()


def unpack(held: str) -> bytes:
    """Raises Invalid for what no page of ours packed, or what grows beyond any file."""
    try:
        unpacking = zlib.decompressobj()
        content = unpacking.decompress(b64decode(held, validate=True), _LARGEST_FILE + 1)
    except (binascii.Error, zlib.error):
        raise Invalid("file", "choose the file again.") from None
    return content


def _require_file(content: bytes) -> None:
    if not content:
        raise Invalid("file", "choose a file first.")
    if len(content) > _LARGEST_FILE:
        raise Invalid("file", f"it is larger than {_LARGEST_FILE // 1_000_000} MB.")


async def _read(sent: dict[str, Any]) -> tuple[ImportForm, bytes]:
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


def _counted(report: ImportReport) -> str:
    counts = {count.what: count for count in report.counts}
    slos, scales = counts["slos"], counts["scales"]
    return (
        f"added={slos.added}&changed={slos.changed}&same={slos.same}"
        f"&scales={scales.added + scales.changed}"
    )


ROUTES = (import_form, upload, imported, download)
