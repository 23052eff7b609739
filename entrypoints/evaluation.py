"""The use cases of counts, evaluators, second scores and reflections: one line each."""

from application.later import imported_later
from entrypoints.needs import Needs, Use

with imported_later(__name__):
    from application.queries.scoring.agreement_page import AgreementPage
    from application.queries.scoring.counts_page import CountsPage
    from application.queries.scoring.evaluators_page import EvaluatorsPage
    from application.queries.scoring.reflection_list import ReflectionList
    from application.queries.scoring.scoring_list import ScoringList
    from application.queries.scoring.template_pages import TemplateEditor, TemplateList
    from application.use_cases.scoring.enter_counts import EnterCounts
    from application.use_cases.scoring.give_to_score import GiveToScore, TakeBack
    from application.use_cases.scoring.keep_templates import RetireTemplate, SaveTemplate
    from application.use_cases.scoring.settle_scores import SettleScores

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

    # Reflections that others read, and the templates of their questions
    reflection_list = Use(ReflectionList, units=units)
    template_list = Use(TemplateList, units=units)
    template_editor = Use(TemplateEditor, units=units)
    save_template = Use(SaveTemplate, units=units, clock=clock, new_id=Needs.new_id)
    retire_template = Use(RetireTemplate, units=units, clock=clock)
