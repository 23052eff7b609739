"""The use cases of counts, evaluators, second scores and reflections: one line each."""

from application.queries.counts_page import CountsPage
from application.use_cases.enter_counts import EnterCounts
from entrypoints.needs import Needs, Use

units = Needs.units
clock = Needs.clock


class Evaluation(Needs):
    counts_page = Use(CountsPage, units=units)
    enter_counts = Use(EnterCounts, units=units, clock=clock)
