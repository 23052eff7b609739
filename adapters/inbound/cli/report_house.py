"""What the commands of reports ask of the house."""

from typing import Protocol

from application.later import imported_later

with imported_later(__name__):
    from application.reports.agreement_report import AgreementReport
    from application.reports.disaggregation import Disaggregation
    from application.reports.improvement_report import ImprovementReport
    from application.reports.participation_report import ParticipationReport
    from application.reports.report_files import WriteReport
    from application.reports.slo_report import SloReport


class ReportHouse(Protocol):
    @property
    def slo_report(self) -> SloReport: ...
    @property
    def disaggregation(self) -> Disaggregation: ...
    @property
    def participation_report(self) -> ParticipationReport: ...
    @property
    def improvement_report(self) -> ImprovementReport: ...
    @property
    def agreement_report(self) -> AgreementReport: ...
    @property
    def write_report(self) -> WriteReport: ...
