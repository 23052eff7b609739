"""The use cases of reports: one line each."""

from dependency_injector import providers

from application.later import imported_later
from entrypoints.needs import Needs, Use

with imported_later(__name__):
    from adapters.inbound.http.reporting.chart_pictures import picture_of
    from application.queries.calendar.participation import Participation
    from application.queries.slos.slo_performance import SloPerformance
    from application.reports.agreement_report import AgreementReport
    from application.reports.disaggregation import Disaggregation
    from application.reports.improvement_report import ImprovementReport
    from application.reports.participation_report import ParticipationReport
    from application.reports.report_files import WriteReport
    from application.reports.slo_report import SloReport
    from application.use_cases.slos.keep_roll_ups import KeepRollUps

units = Needs.units
clock = Needs.clock


class Reports(Needs):
    """Results as groups, with what is withheld decided before any filter."""

    performance = Use(SloPerformance, units=units)
    keep_roll_ups = Use(KeepRollUps, units=units)
    participation = Use(Participation, units=units)
    slo_report = Use(SloReport, units=units, clock=clock, figures=performance)
    disaggregation = Use(Disaggregation, units=units, clock=clock, figures=performance)
    participation_report = Use(ParticipationReport, units=units, clock=clock, figures=participation)
    improvement_report = Use(ImprovementReport, units=units, clock=clock)
    agreement_report = Use(AgreementReport, units=units, clock=clock)
    write_report = Use(
        WriteReport,
        pdf=Needs.pdf,
        workbooks=Needs.workbooks,
        csv=Needs.csv,
        draw=providers.Object(picture_of),
    )
