"""The use cases of matching and the identity console: one line each."""

from application.later import imported_later
from entrypoints.needs import Needs, Use

with imported_later(__name__):
    from application.queries.matching.matching_queue_page import (
        ReadCase,
        ReadDecisions,
        ReadQueue,
    )
    from application.use_cases.matching.dismiss_case import DismissCase
    from application.use_cases.matching.matching_queue import ReadLaunchLog, ResolveQueued
    from application.use_cases.matching.matching_rules import ReadMatchingRules, SaveMatchingRule
    from application.use_cases.matching.merge_people import MergePeople, PeopleByTechId
    from application.use_cases.matching.replay_queue import ReplayQueue
    from application.use_cases.matching.try_match import TryMatch
    from application.use_cases.matching.try_rule import TryRule
    from application.use_cases.matching.undo_decision import UndoDecision
    from application.use_cases.score_import.replay_imports import ReplayImport, ReplayImports


class IdentityConsole(Needs):
    read_matching_rules = Use(ReadMatchingRules, units=Needs.units)
    save_matching_rule = Use(SaveMatchingRule, units=Needs.units, clock=Needs.clock)
    try_match = Use(TryMatch, units=Needs.units)
    try_rule = Use(TryRule, units=Needs.units, transact=Needs.transact, agents=Needs.agents)
    read_launch_log = Use(ReadLaunchLog, units=Needs.units)
    read_queue = Use(ReadQueue, units=Needs.units)
    read_case = Use(ReadCase, units=Needs.units)
    read_decisions = Use(ReadDecisions, units=Needs.units)
    resolve_queued = Use(ResolveQueued, units=Needs.units, clock=Needs.clock, new_id=Needs.new_id)
    dismiss_case = Use(DismissCase, units=Needs.units, clock=Needs.clock, new_id=Needs.new_id)
    undo_decision = Use(UndoDecision, units=Needs.units, clock=Needs.clock)
    merge_people = Use(MergePeople, units=Needs.units, clock=Needs.clock, new_id=Needs.new_id)
    people_by_tech_id = Use(PeopleByTechId, units=Needs.units)
    replay_import = Use(ReplayImport, units=Needs.units, clock=Needs.clock)
    replay_imports = Use(ReplayImports, units=Needs.units, replay=replay_import)
    replay_queue = Use(
        ReplayQueue, units=Needs.units, clock=Needs.clock, replay_imports=replay_imports
    )
