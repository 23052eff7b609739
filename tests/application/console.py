"""The identity console over a college in memory: launches, the queue, decisions, merges."""

from dataclasses import dataclass, field

import pytest

from adapters.outbound.memory.unit_of_work import MemoryUnits
from application.errors import LaunchRejected
from application.queries.matching_queue_page import ReadCase, ReadDecisions, ReadQueue
from application.use_cases.accept_launch import AcceptLaunch
from application.use_cases.dismiss_case import DismissCase
from application.use_cases.matching_queue import ReadLaunchLog, ResolveQueued, ResolveQueuedCommand
from application.use_cases.merge_people import MergePeople, MergePeopleCommand, MergeReport
from application.use_cases.replay_imports import ReplayImport, ReplayImports
from application.use_cases.replay_queue import ReplayQueue
from application.use_cases.undo_decision import UndoDecision
from domain.ids import LaunchId, MatchingDecisionId, PersonId
from domain.matching_case import CaseKind
from domain.score import ScoreValue
from tests import builders
from tests.matching_builders import a_launch
from tests.stand_ins import CountedIds, FixedClock

ANA, BEN, TWIN = (PersonId(f"person-{name}") for name in ("ana", "ben", "twin"))
STEW = "person-tess"


@dataclass
class Console:
    units: MemoryUnits
    clock: FixedClock
    new_id: CountedIds = field(default_factory=CountedIds)

    def __post_init__(self) -> None:
        units, clock, new_id = self.units, self.clock, self.new_id
        self.accept = AcceptLaunch(units, clock, CountedIds("launch"), CountedIds("secret"))
        self.queue, self.case, self.log = ReadQueue(units), ReadCase(units), ReadLaunchLog(units)
        self.decisions = ReadDecisions(units)
        self.resolve = ResolveQueued(units, clock, new_id)
        self.dismiss = DismissCase(units, clock, new_id)
        self.undo = UndoDecision(units, clock)
        self.merge = MergePeople(units, clock, new_id)
        self.replay = ReplayQueue(units, clock, ReplayImports(units, ReplayImport(units, clock)))
        with units() as unit:
            builders.College().store(unit)
            unit.commit()

    def launch(self, person: str, roles: str = "Learner", **params: str) -> PersonId:
        self.clock.advance(seconds=1)
        return self.accept(a_launch(person, roles, **params)).person_id

    def refused(self, person: str, roles: str = "Learner", **params: str) -> str:
        with pytest.raises(LaunchRejected) as caught:
            self.launch(person, roles, **params)
        return caught.value.reason or caught.value.rejected_as

    def waiting(self) -> list[CaseKind]:
        return [case.kind for case in self.queue().cases]

    def first(self) -> str:
        return self.queue().cases[0].id

    def decide(self, tech_id: str) -> None:
        command = ResolveQueuedCommand(STEW, LaunchId(self.first()), tech_id)
        self.resolve(command)

    def latest(self) -> MatchingDecisionId:
        return self.decisions().decisions[0].id

    def put(self, key: str, **changes: object) -> PersonId:
        person = builders.a_person(key, **changes)
        with self.units() as unit:
            unit.roster.put_people([person])
            unit.commit()
        return person.id

    def enrol(self, key: str) -> None:
        with self.units() as unit:
            unit.roster.put_enrolments([builders.an_enrolment(key)])
            unit.commit()

    def score(self, student: str, row: str, value: ScoreValue, **changes: object) -> None:
        with self.units() as unit:
            unit.scores.save(builders.a_score(student, row, value=value, **changes))
            unit.commit()

    def join(self, *, dry_run: bool = False) -> MergeReport:
        return self.merge(MergePeopleCommand(STEW, TWIN, ANA, dry_run))
