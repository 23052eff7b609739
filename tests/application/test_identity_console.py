"""The identity console: nothing is picked silently, a decision survives, nothing is lost."""

from dataclasses import dataclass, field
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.outbound.memory.store import Store
from adapters.outbound.memory.unit_of_work import MemoryUnits
from application.errors import Conflict, Invalid, LaunchRejected, NotFound
from application.queries.matching.matching_queue_page import ReadCase, ReadDecisions, ReadQueue
from application.use_cases.access.accept_launch import AcceptLaunch
from application.use_cases.matching.dismiss_case import DismissCase, DismissCaseCommand
from application.use_cases.matching.matching_queue import (
    ReadLaunchLog,
    ResolveQueued,
    ResolveQueuedCommand,
)
from application.use_cases.matching.matching_rules import SaveMatchingRule, SaveMatchingRuleCommand
from application.use_cases.matching.merge_people import MergePeople, MergePeopleCommand, MergeReport
from application.use_cases.matching.replay_queue import ReplayQueue
from application.use_cases.matching.undo_decision import UndoDecision
from application.use_cases.score_import.replay_imports import ReplayImport, ReplayImports
from domain.access import Role
from domain.evaluation import Scoring, SecondScore
from domain.ids import LaunchId, MatchingDecisionId, PersonId
from domain.launch import Audience
from domain.matching_case import CaseKind
from domain.reflection import Answer
from domain.rostering import Demographic
from domain.score import BLANK, NOT_ASSESSED, Scored, ScoreValue
from tests import builders
from tests.contract.test_repositories_evaluation import an_evaluator
from tests.improvement_builders import an_action_plan, an_ask, an_rfi
from tests.matching_builders import a_launch
from tests.stand_ins import NOON, CountedIds, FixedClock, NoQueue

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


@pytest.fixture
def console(memory_units: MemoryUnits, clock: FixedClock) -> Console:
    return Console(memory_units, clock)


class TestALoadLater:
    def test_a_person_loaded_later_leaves_the_queue_and_is_let_in(self, console: Console) -> None:
        assert console.refused("cleo") == "nobody"
        assert console.waiting() == [CaseKind.UNMATCHED]

        person = console.put("cleo")
        console.enrol("cleo")

        assert console.waiting() == []
        assert console.log().queue == ()
        assert console.launch("cleo") == person

    def test_an_enrolment_loaded_later_too(self, console: Console) -> None:
        console.put("cleo")
        assert console.refused("cleo") == "section-unmatched"
        assert console.waiting() == [CaseKind.NO_SECTION]

        console.enrol("cleo")

        assert console.waiting() == []

    def test_somebody_else_who_is_loaded_changes_nothing(self, console: Console) -> None:
        console.refused("cleo")
        console.put("dora")
        assert console.waiting() == [CaseKind.UNMATCHED]

    def test_a_replay_marks_what_has_settled(self, console: Console) -> None:
        console.refused("cleo")
        console.refused("cleo")
        person = console.put("cleo")
        console.enrol("cleo")

        replayed = console.replay(STEW)

        assert (replayed.settled, replayed.launches) == (1, 2)
        with console.units(write=False) as unit:
            assert {one.resolved_to for one in unit.identities.recent()} == {person}
            assert unit.identities.queue() == []
        again = console.replay(STEW)
        assert (again.settled, again.launches) == (0, 0)


class TestDecisions:
    def test_a_renamed_user_stays_who_was_decided(self, console: Console) -> None:
        """Although what is sent goes on naming somebody else."""
        console.launch("ana")
        assert console.refused("ana", lis_person_sourcedid="Cben") == "reassigned"
        assert console.waiting() == [CaseKind.RENAMED]

        console.decide("Cana")

        for _ in range(2):
            assert console.launch("ana", lis_person_sourcedid="Cben") == ANA
        assert console.waiting() == []

    def test_a_decision_does_not_hold_for_what_is_sent_anew(self, console: Console) -> None:
        console.launch("ana")
        console.refused("ana", lis_person_sourcedid="Cben")
        console.decide("Cana")

        console.put("cleo")
        assert console.refused("ana", lis_person_sourcedid="Ccleo") == "reassigned"

    def test_it_can_be_taken_back(self, console: Console) -> None:
        console.refused("cleo")
        console.decide("Cana")
        assert console.launch("cleo", lis_person_sourcedid="") == ANA

        console.undo(console.latest(), STEW)

        assert console.waiting() == [CaseKind.UNMATCHED]
        assert console.refused("cleo", lis_person_sourcedid="") == "nothing-sent"
        with pytest.raises(Invalid, match="undone already"):
            console.undo(console.latest(), STEW)

    def test_taking_back_brings_what_was_remembered_before(self, console: Console) -> None:
        console.launch("ana")
        console.refused("ana", lis_person_sourcedid="Cben")
        console.decide("Cben")
        assert console.launch("ana", lis_person_sourcedid="Cben") == BEN

        console.undo(console.latest(), STEW)

        assert console.launch("ana") == ANA

    def test_a_newer_decision_is_taken_back_first(self, console: Console) -> None:
        console.refused("cleo")
        console.decide("Cana")
        older = console.latest()
        console.put("dora")
        console.refused("cleo", lis_person_sourcedid="Cdora")
        console.decide("Cben")

        with pytest.raises(Conflict, match="since"):
            console.undo(older, STEW)

    def test_the_trail_tells_without_names(self, console: Console) -> None:
        console.refused("cleo")
        console.decide("Cana")
        console.undo(console.latest(), STEW)
        with console.units(write=False) as unit:
            verbs = [entry.verb for entry in unit.audit.entries()]
            told = str(unit.audit.entries())
        assert verbs == ["resolved", "undid"]
        assert "Ccleo" not in told

    def test_candidates_come_with_their_reasons_and_values_masked(self, console: Console) -> None:
        console.put("cleo", active=False)
        console.refused("cleo", lis_person_name_full=builders.a_person("ana").full_name)

        detail = console.case(console.first())

        assert {one.person.id: len(one.reasons) for one in detail.candidates} == {
            "person-cleo": 1,
            ANA: 1,
        }
        assert ("lis_person_sourcedid", "Cc…eo") in detail.sent


class TestDismissal:
    def test_it_holds_while_the_same_is_sent(self, console: Console) -> None:
        console.refused("cleo")
        console.dismiss(DismissCaseCommand(STEW, console.first(), "A guest of the library."))
        assert console.waiting() == []

        console.refused("cleo")
        assert console.waiting() == []

        console.refused("cleo", lis_person_sourcedid="Cother")
        assert console.waiting() == [CaseKind.UNMATCHED]

    def test_it_needs_a_reason_and_can_be_taken_back(self, console: Console) -> None:
        console.refused("cleo")
        with pytest.raises(Invalid, match="reason"):
            console.dismiss(DismissCaseCommand(STEW, console.first(), " "))
        console.dismiss(DismissCaseCommand(STEW, console.first(), "A guest."))

        console.undo(console.latest(), STEW)

        assert console.waiting() == [CaseKind.UNMATCHED]

    def test_people_who_share_an_address_may_be_two(self, console: Console) -> None:
        console.put("twin", email=builders.a_person("ana").email)
        assert console.waiting() == [CaseKind.DUPLICATE]

        console.dismiss(DismissCaseCommand(STEW, console.first(), "Mother and daughter."))
        assert console.waiting() == []

        console.put("twin", email=builders.a_person("ana").email, login="ana")
        console.put("ana", login="ana")
        assert console.waiting() == [CaseKind.DUPLICATE]

    def test_an_unknown_case_is_named(self, console: Console) -> None:
        for case in ("launch-x", "people:person-ana,person-ben"):
            with pytest.raises(NotFound):
                console.dismiss(DismissCaseCommand(STEW, case, "No such."))


class TestWhatIsNoticed:
    def test_one_person_by_two_accounts_is_let_in_and_queued(self, console: Console) -> None:
        console.launch("ana", custom_canvas_user_id="1")
        console.launch("ana", user_id="lti-2", custom_canvas_user_id="2")
        assert console.waiting() == [CaseKind.SEVERAL_LOGINS]

        console.decide("Cana")
        console.launch("ana", user_id="lti-2", custom_canvas_user_id="2")
        assert console.waiting() == []

    def test_another_user_of_the_same_account_is_none(self, console: Console) -> None:
        console.launch("ana", custom_canvas_user_id="1")
        console.launch("ana", user_id="lti-2", custom_canvas_user_id="1")
        assert console.waiting() == []

    def test_a_user_whose_account_changed_was_merged_there(self, console: Console) -> None:
        console.launch("ana", custom_canvas_user_id="1")
        assert console.launch("ana", custom_canvas_user_id="7") == ANA
        assert console.waiting() == [CaseKind.MERGED]

        console.decide("Cana")

        assert console.launch("ana", custom_canvas_user_id="7") == ANA
        assert console.waiting() == []


class TestMerge:
    @pytest.fixture(autouse=True)
    def _twin(self, console: Console) -> None:
        console.put("twin", email=builders.a_person("ana").email)
        console.enrol("twin")

    def test_everything_of_the_one_becomes_the_others(self, console: Console) -> None:
        console.score("twin", "thesis", Scored(Decimal(2)))
        console.score("ana", "style", NOT_ASSESSED)
        with console.units() as unit:
            unit.roster.grant(builders.a_role_grant("twin", role=Role.COORDINATOR))
            unit.commit()

        console.join()

        with console.units(write=False) as unit:
            work = builders.a_section_assessment().id
            scores = {one.row_id: one.value for one in unit.scores.of_work(work)}
            owners = {one.student_id for one in unit.scores.of_work(work)}
            roles = [grant.role for grant in unit.roster.roles_of(ANA)]
            twin = unit.roster.person(TWIN)
        assert scores == {"row-thesis": Scored(Decimal(2)), "row-style": NOT_ASSESSED}
        assert owners == {ANA}
        assert Role.COORDINATOR in roles
        assert not twin.active
        assert console.waiting() == []

    def test_what_the_one_was_asked_for_the_other_is_and_it_comes_back(
        self, console: Console
    ) -> None:
        rfi = an_rfi()
        written = an_ask("twin").answered(rfi, (Answer("q1", "What?", "This."),), TWIN, NOON,
                                          give=False)  # fmt: skip
        with console.units() as unit:
            unit.action_plans.save(an_action_plan(asked_ids=(TWIN, BEN)))
            unit.rfis.save(rfi)
            unit.rfis.save_asks([written, an_ask("ana")])
            unit.commit()

        console.join()
        with console.units(write=False) as unit:
            (plan,), (ask,) = (unit.action_plans.to_answer(ANA, ()), unit.rfis.asks_to(ANA, ()))
        assert (plan.asked_ids, ask.texts) == ((BEN, ANA), {"q1": "This."})

        console.undo(console.latest(), STEW)
        with console.units(write=False) as unit:
            (plan,), (ask,) = (unit.action_plans.to_answer(TWIN, ()), unit.rfis.asks_to(ANA, ()))
        assert (plan.asked_ids, ask.texts) == ((BEN, TWIN), {})

    def test_work_given_to_score_goes_over_with_what_was_given_on_it(
        self, console: Console
    ) -> None:
        given = an_evaluator(person_id=TWIN)
        second = SecondScore.of(builders.a_score("ben", value=Scored(Decimal(3))), TWIN)
        with console.units() as unit:
            work = unit.evaluations.save_evaluator(given).section_assessment_id
            unit.evaluations.save_second_score(second)
            unit.bulk.put_demographics([Demographic(TWIN, "sex", "female")])
            unit.commit()

        console.join()
        with console.units(write=False) as unit:
            assert [one.section_assessment_id for one in unit.evaluations.given_to(ANA)] == [work]
            given_by_ana = unit.evaluations.of_scorer(work, ANA)
            assert [one.value for one in given_by_ana] == [second.value]
            assert unit.bulk.demographics_of([ANA]) == [Demographic(ANA, "sex", "female")]

        console.undo(console.latest(), STEW)
        with console.units(write=False) as unit:
            assert unit.evaluations.given_to(ANA) == []
            assert len(unit.evaluations.of_scorer(work, TWIN)) == 1
            assert unit.bulk.demographics_of([ANA]) == []

    def test_one_work_given_to_both_for_different_ends_stops_it(self, console: Console) -> None:
        with console.units() as unit:
            unit.evaluations.save_evaluator(an_evaluator(person_id=TWIN))
            unit.evaluations.save_evaluator(an_evaluator(person_id=ANA, scoring=Scoring.RECORD))
            unit.commit()

        with pytest.raises(Conflict, match="different evaluator assignments in 1 places"):
            console.join()

    def test_what_the_merged_one_was_called_names_the_other(self, console: Console) -> None:
        console.join()
        assert console.launch("twin") == ANA

    def test_merging_on_and_on_leads_to_the_last(self, console: Console) -> None:
        console.join()
        console.merge(MergePeopleCommand(STEW, ANA, BEN))
        assert console.launch("twin") == BEN

    def test_scores_that_differ_stop_it_and_nothing_moves(self, console: Console) -> None:
        console.score("twin", "thesis", Scored(Decimal(2)))
        console.score("ana", "thesis", Scored(Decimal(3)))

        assert [one.kind for one in console.join(dry_run=True).contradictions] == ["score"]
        with pytest.raises(Conflict, match="different scores in 1 places"):
            console.join()

        with console.units(write=False) as unit:
            assert unit.roster.person(TWIN).active

    def test_a_blank_gives_way_to_a_score_and_comes_back(self, console: Console) -> None:
        console.score("twin", "thesis", Scored(Decimal(2)))
        console.score("ana", "thesis", BLANK)
        work = builders.a_section_assessment().id
        with console.units(write=False) as unit:
            before = unit.scores.of_work(work)

        console.join()
        with console.units(write=False) as unit:
            values = {one.student_id: one.value for one in unit.scores.of_work(work)}
        assert values == {ANA: Scored(Decimal(2)), TWIN: BLANK}

        console.undo(console.latest(), STEW)
        with console.units(write=False) as unit:
            assert unit.scores.of_work(work) == before

    def test_it_comes_apart_as_it_was(self, console: Console) -> None:
        console.score("twin", "thesis", Scored(Decimal(2)))
        with console.units(write=False) as unit:
            before = (unit.roster.all_people(), unit.roster.all_enrolments())

        console.join()
        console.undo(console.latest(), STEW)

        with console.units(write=False) as unit:
            assert (unit.roster.all_people(), unit.roster.all_enrolments()) == before
            (score,) = unit.scores.of_work(builders.a_section_assessment().id)
        assert score.student_id == TWIN
        assert console.waiting() == [CaseKind.DUPLICATE]

    def test_it_stays_once_a_moved_score_was_changed(self, console: Console) -> None:
        console.score("twin", "thesis", Scored(Decimal(2)))
        console.join()
        console.score("ana", "thesis", Scored(Decimal(4)), version=2)

        with pytest.raises(Conflict, match="changed since"):
            console.undo(console.latest(), STEW)

    def test_a_load_that_names_both_again_changes_nothing_for_long(self, console: Console) -> None:
        console.join()
        twin = console.put("twin", email=builders.a_person("ana").email)
        with console.units() as unit:
            unit.roster.put_enrolments([builders.an_enrolment("twin", "engl101-02")])
            unit.commit()
        assert console.launch("twin") == ANA

        console.replay(STEW)

        with console.units(write=False) as unit:
            assert not unit.roster.person(twin).active
            assert {one.person_id for one in unit.roster.all_enrolments()} >= {ANA, BEN}
            assert TWIN not in {one.person_id for one in unit.roster.all_enrolments()}
        console.undo(console.latest(), STEW)
        with console.units(write=False) as unit:
            assert [one.person_id for one in unit.roster.all_enrolments()].count(TWIN) == 2

    def test_a_dry_run_counts_and_changes_nothing(self, console: Console) -> None:
        report = console.join(dry_run=True)
        assert {one.kind: one.count for one in report.moved} == {"enrolment": 1}
        assert console.waiting() == [CaseKind.DUPLICATE]

    @pytest.mark.parametrize(("gone", "kept"), [(ANA, ANA), (ANA, PersonId("person-off"))])
    def test_what_cannot_be_is_refused(
        self, console: Console, gone: PersonId, kept: PersonId
    ) -> None:
        console.put("off", active=False)
        with pytest.raises(Invalid):
            console.merge(MergePeopleCommand(STEW, gone, kept))

    def test_nobody_is_merged_twice(self, console: Console) -> None:
        console.join()
        with pytest.raises(Invalid, match="merged already"):
            console.join()


_VALUES = st.none() | st.sampled_from([BLANK, NOT_ASSESSED, *(Scored(Decimal(n)) for n in (2, 3))])


@given(pairs=st.dictionaries(st.sampled_from("abcdef"), st.tuples(_VALUES, _VALUES)))
def test_a_merge_keeps_every_score_or_is_not_made(
    pairs: dict[str, tuple[ScoreValue | None, ScoreValue | None]],
) -> None:
    clock = FixedClock()
    console = Console(MemoryUnits(Store(), lambda _: NoQueue()), clock)
    console.put("twin")
    for row, values in pairs.items():
        for student, value in zip(("twin", "ana"), values, strict=True):
            if value is not None:
                console.score(student, row, value)
    work = builders.a_section_assessment().id
    with console.units(write=False) as unit:
        before = unit.scores.of_work(work)
    given = {(one.row_id, one.value) for one in before if one.value != BLANK}

    differ = any(
        None not in {twin, ana} and BLANK not in {twin, ana} and twin != ana
        for twin, ana in pairs.values()
    )
    if differ:
        with pytest.raises(Conflict):
            console.join()
    else:
        console.join()
        with console.units(write=False) as unit:
            held = unit.scores.of_work(work)
        kept = {(one.row_id, one.value) for one in held if one.student_id == ANA}
        assert given <= kept
        console.undo(console.latest(), STEW)
    with console.units(write=False) as unit:
        assert unit.scores.of_work(work) == before


@given(
    logins=st.lists(st.sampled_from(["one", "two", ""]), max_size=4),
    active=st.lists(st.booleans(), min_size=4, max_size=4),
    sent=st.sampled_from(["one", "two", "three", "", "$Person.login"]),
)
def test_a_launch_is_let_in_as_the_only_one_it_names_or_waits(
    logins: list[str], active: list[bool], sent: str
) -> None:
    console = Console(MemoryUnits(Store(), lambda _: NoQueue()), FixedClock())
    param = "custom_canvas_user_login_id"
    save = SaveMatchingRule(console.units, console.clock)
    save(SaveMatchingRuleCommand(STEW, Audience.STUDENT, param, "login"))
    for number, (login, is_active) in enumerate(zip(logins, active, strict=False)):
        console.put(f"p{number}", login=login, active=is_active)
        console.enrol(f"p{number}")
    named = [
        PersonId(f"person-p{number}")
        for number, (login, is_active) in enumerate(zip(logins, active, strict=False))
        if login == sent and is_active and sent
    ]

    if len(named) == 1:
        assert [console.launch("x", **{param: sent})] == named
        assert CaseKind.UNMATCHED not in console.waiting()
    else:
        console.refused("x", **{param: sent})
        waits = CaseKind.AMBIGUOUS if named else CaseKind.UNMATCHED
        assert waits in console.waiting()


def test_the_queue_goes_by_pages_kinds_and_words(console: Console) -> None:
    for number in range(5):
        console.refused(f"guest{number}")
    console.refused("ana", "Learner", user_id="lti-x", lis_person_sourcedid="")
    console.put("twin", email=builders.a_person("ana").email)

    second = console.queue(page=2, size=3)
    assert (len(second.cases), second.total, second.pages) == (3, 7, 3)
    assert second.counts[CaseKind.UNMATCHED] == 6
    duplicates = console.queue(CaseKind.DUPLICATE)
    assert [case.kind for case in duplicates.cases] == [CaseKind.DUPLICATE]
    assert console.queue(words="twin").total == 1
    reference = second.cases[0].reference
    assert console.queue(words=reference).cases[0].reference == reference
