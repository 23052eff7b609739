"""Reports: results as groups with their charts, and the same numbers as files."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import urlencode

from litestar import Response, get

from adapters.inbound.http.injection import Injected
from adapters.inbound.http.pages import page
from adapters.inbound.http.paging import Pager, page_asked
from adapters.inbound.http.visit import AnyRequest, Visit
from application.errors import Invalid
from application.reports.agreement_report import AgreementReport, AgreementReportView
from application.reports.asked import ReportAsked
from application.reports.disaggregation import Disaggregation, DisaggregationView
from application.reports.improvement_report import ImprovementReport, ImprovementView
from application.reports.participation_report import ParticipationReport, ParticipationView
from application.reports.report_files import ReportFormat, WriteReport
from application.reports.rule_words import rule_words
from application.reports.slo_report import SloReport, SloReportView
from application.reports.spoken import table_in_words
from application.reports.table import (
    ReportTable,
    agreement_table,
    disaggregation_table,
    improvement_table,
    participation_table,
    slo_table,
)
from domain.access import Right

NAMES = ("term", "kind", "org", "course", "slo", "by")
Withholding = SloReportView | DisaggregationView | AgreementReportView
AnyView = Withholding | ParticipationView | ImprovementView
View = TypeVar("View", bound=AnyView)


@dataclass(frozen=True, slots=True)
class ReportModel:
    """`problem` says what of the filter fits nothing; the report then has no filter."""

    path: str
    view: AnyView
    rule: tuple[str, ...] = ()
    problem: str = ""

    @property
    def pager(self) -> Pager:
        view = self.view
        at, pages = (view.page, view.pages) if isinstance(view, SloReportView) else (1, 1)
        return Pager(self.path, self.query_with(), at, pages)

    def query_with(self, **changed: str) -> str:
        """The filter as the end of an address, empty names left out."""
        term = self.view.scope.term
        given = {name: getattr(self.view.asked, name) for name in NAMES}
        given |= {"term": term.id if term else ""} | changed
        return urlencode({name: value for name, value in given.items() if value})


def asked_of(request: AnyRequest) -> ReportAsked:
    return ReportAsked(**{name: request.query_params.get(name, "").strip() for name in NAMES})


@get("/reports", right=Right.READ_REPORTS)
async def show_reports(visit: Injected[Visit]) -> Response[str]:
    return page(visit, "reports.html", None)


@get("/reports/slo", right=Right.READ_REPORTS, sync_to_thread=True)
def show_slo_report(
    request: AnyRequest, visit: Injected[Visit], slo_report: Injected[SloReport]
) -> Response[str]:
    at = page_asked(request.query_params.get("page_number", ""))
    return _shown(
        visit, "report-slo.html", asked_of(request), lambda one: slo_report(visit.viewer, one, at)
    )


@get("/reports/disaggregation", right=Right.READ_REPORTS, sync_to_thread=True)
def show_disaggregation(
    request: AnyRequest, visit: Injected[Visit], disaggregation: Injected[Disaggregation]
) -> Response[str]:
    return _shown(
        visit,
        "report-disaggregation.html",
        asked_of(request),
        lambda one: disaggregation(visit.viewer, one),
    )


@get("/reports/participation", right=Right.READ_REPORTS, sync_to_thread=True)
def show_participation(
    request: AnyRequest, visit: Injected[Visit], participation_report: Injected[ParticipationReport]
) -> Response[str]:
    return _shown(
        visit,
        "report-participation.html",
        asked_of(request),
        lambda one: participation_report(visit.viewer, one),
    )


@get("/reports/slo/export", right=Right.READ_REPORTS, sync_to_thread=True)
def export_slo_report(
    request: AnyRequest,
    visit: Injected[Visit],
    slo_report: Injected[SloReport],
    write_report: Injected[WriteReport],
) -> Response[bytes]:
    """All lines of the filter."""
    table = slo_table(slo_report(visit.viewer, asked_of(request)))
    return _file(visit, write_report, table, request)


@get("/reports/disaggregation/export", right=Right.READ_REPORTS, sync_to_thread=True)
def export_disaggregation(
    request: AnyRequest,
    visit: Injected[Visit],
    disaggregation: Injected[Disaggregation],
    write_report: Injected[WriteReport],
) -> Response[bytes]:
    table = disaggregation_table(disaggregation(visit.viewer, asked_of(request)))
    return _file(visit, write_report, table, request)


@get("/reports/participation/export", right=Right.READ_REPORTS, sync_to_thread=True)
def export_participation(
    request: AnyRequest,
    visit: Injected[Visit],
    participation_report: Injected[ParticipationReport],
    write_report: Injected[WriteReport],
) -> Response[bytes]:
    table = participation_table(participation_report(visit.viewer, asked_of(request)))
    return _file(visit, write_report, table, request)


@get("/reports/agreement", right=Right.READ_REPORTS, sync_to_thread=True)
def show_agreement_report(
    request: AnyRequest, visit: Injected[Visit], agreement_report: Injected[AgreementReport]
) -> Response[str]:
    return _shown(
        visit,
        "report-agreement.html",
        asked_of(request),
        lambda one: agreement_report(visit.viewer, one),
    )


@get("/reports/agreement/export", right=Right.READ_REPORTS, sync_to_thread=True)
def export_agreement_report(
    request: AnyRequest,
    visit: Injected[Visit],
    agreement_report: Injected[AgreementReport],
    write_report: Injected[WriteReport],
) -> Response[bytes]:
    table = agreement_table(agreement_report(visit.viewer, asked_of(request)))
    return _file(visit, write_report, table, request)


@get("/reports/improvement", right=Right.READ_REPORTS, sync_to_thread=True)
def show_improvement(
    request: AnyRequest, visit: Injected[Visit], improvement_report: Injected[ImprovementReport]
) -> Response[str]:
    return _shown(
        visit,
        "report-improvement.html",
        asked_of(request),
        lambda one: improvement_report(visit.viewer, one),
    )


@get("/reports/improvement/export", right=Right.READ_REPORTS, sync_to_thread=True)
def export_improvement(
    request: AnyRequest,
    visit: Injected[Visit],
    improvement_report: Injected[ImprovementReport],
    write_report: Injected[WriteReport],
) -> Response[bytes]:
    table = improvement_table(improvement_report(visit.viewer, asked_of(request)))
    return _file(visit, write_report, table, request)


def _shown(
    visit: Visit, template: str, asked: ReportAsked, read: Callable[[ReportAsked], View]
) -> Response[str]:
    try:
        view, problem = read(asked), ""
    except Invalid as wrong:
        view, problem = read(ReportAsked(kind="", by="")), f"{wrong.field}: {wrong.cure}"
    rule: tuple[str, ...] = ()
    if isinstance(view, Withholding):
        rule = rule_words(view.rule, own_sections=view.own_sections)
    model = ReportModel(visit.path, view, rule, problem)
    return page(visit, template, model, status=422 if problem else 200)


def _file(
    visit: Visit, write_report: WriteReport, table: ReportTable, request: AnyRequest
) -> Response[bytes]:
    asked = request.query_params.get("format", ReportFormat.CSV.value)
    if asked not in set(ReportFormat):
        raise Invalid("format", f"choose one of: {', '.join(ReportFormat)}.")
    wanted = ReportFormat(asked)
    return Response(
        write_report(table_in_words(visit.house.words(), table), wanted),
        media_type=wanted.media_type,
        headers={"content-disposition": f'attachment; filename="{table.name}.{wanted}"'},
    )


ROUTES = (
    show_reports,
    show_slo_report,
    export_slo_report,
    show_disaggregation,
    export_disaggregation,
    show_participation,
    export_participation,
    show_improvement,
    export_improvement,
    show_agreement_report,
    export_agreement_report,
)
