"""Reports: results as groups with their charts, and the same numbers as files."""

from litestar import Response, get

from adapters.inbound.http.injection import Injected
from adapters.inbound.http.pages import page
from adapters.inbound.http.paging import page_asked
from adapters.inbound.http.reporting.report_answers import asked_of, report_file, report_page
from adapters.inbound.http.visit import AnyRequest, Visit
from application.reports.agreement_report import AgreementReport
from application.reports.disaggregation import Disaggregation
from application.reports.improvement_report import ImprovementReport
from application.reports.participation_report import ParticipationReport
from application.reports.report_files import WriteReport
from application.reports.report_tables import (
    agreement_table,
    disaggregation_table,
    improvement_table,
    participation_table,
    slo_table,
)
from application.reports.slo_report import SloReport
from domain.access import Right


@get("/reports", right=Right.READ_REPORTS)
async def show_reports(visit: Injected[Visit]) -> Response[str]:
    return page(visit, "reports.html", None)


@get("/reports/slo", right=Right.READ_REPORTS, sync_to_thread=True)
def show_slo_report(
    request: AnyRequest, visit: Injected[Visit], slo_report: Injected[SloReport]
) -> Response[str]:
    at = page_asked(request.query_params.get("page_number", ""))
    return report_page(
        request, visit, "report-slo.html", lambda who, asked: slo_report(who, asked, at)
    )


@get("/reports/slo/export", right=Right.READ_REPORTS, sync_to_thread=True)
def export_slo_report(
    request: AnyRequest,
    visit: Injected[Visit],
    slo_report: Injected[SloReport],
    write_report: Injected[WriteReport],
) -> Response[bytes]:
    table = slo_table(slo_report(visit.viewer, asked_of(request)))
    return report_file(request, visit, write_report, table)


@get("/reports/disaggregation", right=Right.READ_REPORTS, sync_to_thread=True)
def show_disaggregation(
    request: AnyRequest, visit: Injected[Visit], disaggregation: Injected[Disaggregation]
) -> Response[str]:
    return report_page(request, visit, "report-disaggregation.html", disaggregation)


@get("/reports/disaggregation/export", right=Right.READ_REPORTS, sync_to_thread=True)
def export_disaggregation(
    request: AnyRequest,
    visit: Injected[Visit],
    disaggregation: Injected[Disaggregation],
    write_report: Injected[WriteReport],
) -> Response[bytes]:
    table = disaggregation_table(disaggregation(visit.viewer, asked_of(request)))
    return report_file(request, visit, write_report, table)


@get("/reports/participation", right=Right.READ_REPORTS, sync_to_thread=True)
def show_participation(
    request: AnyRequest, visit: Injected[Visit], participation_report: Injected[ParticipationReport]
) -> Response[str]:
    return report_page(request, visit, "report-participation.html", participation_report)


@get("/reports/participation/export", right=Right.READ_REPORTS, sync_to_thread=True)
def export_participation(
    request: AnyRequest,
    visit: Injected[Visit],
    participation_report: Injected[ParticipationReport],
    write_report: Injected[WriteReport],
) -> Response[bytes]:
    table = participation_table(participation_report(visit.viewer, asked_of(request)))
    return report_file(request, visit, write_report, table)


@get("/reports/improvement", right=Right.READ_REPORTS, sync_to_thread=True)
def show_improvement(
    request: AnyRequest, visit: Injected[Visit], improvement_report: Injected[ImprovementReport]
) -> Response[str]:
    return report_page(request, visit, "report-improvement.html", improvement_report)


@get("/reports/improvement/export", right=Right.READ_REPORTS, sync_to_thread=True)
def export_improvement(
    request: AnyRequest,
    visit: Injected[Visit],
    improvement_report: Injected[ImprovementReport],
    write_report: Injected[WriteReport],
) -> Response[bytes]:
    table = improvement_table(improvement_report(visit.viewer, asked_of(request)))
    return report_file(request, visit, write_report, table)


@get("/reports/agreement", right=Right.READ_REPORTS, sync_to_thread=True)
def show_agreement_report(
    request: AnyRequest, visit: Injected[Visit], agreement_report: Injected[AgreementReport]
) -> Response[str]:
    return report_page(request, visit, "report-agreement.html", agreement_report)


@get("/reports/agreement/export", right=Right.READ_REPORTS, sync_to_thread=True)
def export_agreement_report(
    request: AnyRequest,
    visit: Injected[Visit],
    agreement_report: Injected[AgreementReport],
    write_report: Injected[WriteReport],
) -> Response[bytes]:
    table = agreement_table(agreement_report(visit.viewer, asked_of(request)))
    return report_file(request, visit, write_report, table)


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
