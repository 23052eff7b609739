"""SLOs from files and to files: upload with a preview, then apply; downloads."""

from dataclasses import dataclass, replace

from litestar import Response, get, post
from litestar.params import FromQuery
from litestar.response import Redirect

from adapters.inbound.http.form_fields import FormFields
from adapters.inbound.http.injection import Injected
from adapters.inbound.http.pages import page, see_other
from adapters.inbound.http.slos.slo_import_desk import (
    ImportDesk,
    ImportForm,
    form_sent,
    pack,
    require_file,
)
from adapters.inbound.http.slos.slos import slo_filter
from adapters.inbound.http.visit import AnyRequest, Visit
from adapters.inbound.outcome_files.case_writing import frameworks_of
from adapters.inbound.outcome_files.formats import (
    FILE_NAMES,
    MEDIA_TYPES,
    NAMES,
    FileFormat,
    written,
)
from application.errors import Forbidden, Invalid
from application.import_report import ImportReport
from application.ports.runtime import Transact
from application.queries.slos.outcome_export import ReadOutcomeExport
from application.queries.slos.slo_list import SloList, SloListView
from domain.access import Right

_LARGEST_BODY = 16_000_000


@dataclass(frozen=True, slots=True)
class ExportModel:
    """`frameworks` are identifier and title of imported CASE frameworks."""

    view: SloListView
    formats: tuple[tuple[FileFormat, str], ...]
    frameworks: tuple[tuple[str, str], ...]


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
    form, content = await form_sent(dict(sent))
    applying = sent.get("apply") == "yes"

    def answer() -> Response[str] | Redirect:
        try:
            require_file(content)
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
    kind, viewer = asked.text("format"), visit.viewer
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


def _counted(report: ImportReport) -> str:
    counts = {count.what: count for count in report.counts}
    slos, scales = counts["slos"], counts["scales"]
    return (
        f"added={slos.added}&changed={slos.changed}&same={slos.same}"
        f"&scales={scales.added + scales.changed}"
    )


ROUTES = (import_form, upload, imported, download)
