"""What every report answers: a page with its filter, and the same numbers as a file."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from litestar import Response

from adapters.inbound.http.pages import page
from adapters.inbound.http.paging import Pager
from adapters.inbound.http.visit import AnyRequest, Visit
from application.errors import Invalid
from application.reports.agreement_report import AgreementReportView
from application.reports.asked import ReportAsked
from application.reports.disaggregation import DisaggregationView
from application.reports.improvement_report import ImprovementView
from application.reports.participation_report import ParticipationView
from application.reports.report_files import ReportFormat, WriteReport
from application.reports.rule_words import rule_words
from application.reports.slo_report import SloReportView
from application.reports.spoken import table_in_words
from application.reports.table import ReportTable
from application.viewers import Viewer

NAMES = ("term", "kind", "org", "course", "slo", "by")
Withholding = SloReportView | DisaggregationView | AgreementReportView
AnyView = Withholding | ParticipationView | ImprovementView
Read = Callable[[Viewer, ReportAsked], AnyView]


@dataclass(frozen=True, slots=True)
class ReportModel:
    """`problem` says what of the filter fits nothing; the report is then drawn without it.

    `wrong` names the part of `typed` that it is about.
    """

    path: str
    view: AnyView
    typed: ReportAsked
    rule: tuple[str, ...] = ()
    problem: str = ""
    wrong: str = ""

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


def report_page(request: AnyRequest, visit: Visit, template: str, read: Read) -> Response[str]:
    """With a filter of which something fits nothing: the report without that, as 422."""
    typed, problem, field = asked_of(request), "", ""
    try:
        view = read(visit.viewer, typed)
    except Invalid as wrong:
        view = _without(visit.viewer, typed, wrong, read)
        problem, field = f"{wrong.field}: {wrong.cure}", wrong.field
    rule: tuple[str, ...] = ()
    if isinstance(view, Withholding):
        rule = rule_words(view.rule, own_sections=view.own_sections)
    model = ReportModel(visit.path, view, typed, rule, problem, field)
    return page(visit, template, model, status=422 if problem else 200)


def _without(viewer: Viewer, typed: ReportAsked, wrong: Invalid, read: Read) -> AnyView:
    """The report without what fits nothing; without any filter where more of it does not."""
    try:
        return read(viewer, replace(typed, **{wrong.field: ""}))
    except Invalid:
        return read(viewer, ReportAsked())


def report_file(
    request: AnyRequest, visit: Visit, write_report: WriteReport, table: ReportTable
) -> Response[bytes]:
    """All lines of the filter, in the format that the address asks for."""
    asked = request.query_params.get("format", ReportFormat.CSV.value)
    if asked not in set(ReportFormat):
        raise Invalid("format", f"choose one of: {', '.join(ReportFormat)}.")
    wanted = ReportFormat(asked)
    return Response(
        write_report(table_in_words(visit.words, table), wanted),
        media_type=wanted.media_type,
        headers={"content-disposition": f'attachment; filename="{table.name}.{wanted}"'},
    )
