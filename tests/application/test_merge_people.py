"""Two records of one person are made one, and nothing is lost or guessed."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.outbound.memory.store import Store
from adapters.outbound.memory.unit_of_work import MemoryUnits
from application.errors import Conflict, Invalid
from application.use_cases.merge_people import MergePeopleCommand
from domain.access import Role
from domain.ids import PersonId
from domain.matching_case import CaseKind
from domain.reflection import Answer
from domain.score import BLANK, NOT_ASSESSED, Scored, ScoreValue
from tests import builders
from tests.application.console import ANA, BEN, STEW, TWIN, Console
from tests.improvement_builders import an_action_plan, an_ask, an_rfi
from tests.stand_ins import NOON, FixedClock, NoQueue


@pytest.fixture
def console(memory_units: MemoryUnits, clock: FixedClock) -> Console:
    return Console(memory_units, clock)


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
