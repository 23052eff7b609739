"""The use cases of counts, evaluators, second scores and reflections: one line each."""

from application.queries.agreement_page import AgreementPage
from application.queries.counts_page import CountsPage
from application.queries.evaluators_page import EvaluatorsPage
from application.queries.scoring_list import ScoringList
from application.use_cases.enter_counts import EnterCounts
from application.use_cases.give_to_score import GiveToScore, TakeBack
from application.use_cases.settle_scores import SettleScores
from entrypoints.needs import Needs, Use

units = Needs.units
clock = Needs.clock


class Evaluation(Needs):
    counts_page = Use(CountsPage, units=units)
    enter_counts = Use(EnterCounts, units=units, clock=clock)

    # Evaluators, and work scored twice
    scoring_list = Use(ScoringList, units=units)
    evaluators_page = Use(EvaluatorsPage, units=units)
    give_to_score = Use(GiveToScore, units=units, clock=clock, new_secret=Needs.new_secret)
    take_back = Use(TakeBack, units=units, clock=clock)
    agreement_page = Use(AgreementPage, units=units)
    settle_scores = Use(SettleScores, units=units, clock=clock)
