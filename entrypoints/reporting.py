"""What reports are made of: figures before suppression, one line each."""

from application.queries.participation import Participation
from application.queries.slo_performance import SloPerformance
from application.reporting.collective import no_collective
from entrypoints.needs import Needs, Use


class Reporting(Needs):
    slo_performance = Use(SloPerformance, units=Needs.units, collective=no_collective)
    participation = Use(Participation, units=Needs.units, collective=no_collective)
