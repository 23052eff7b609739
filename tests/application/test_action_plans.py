from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from adapters.outbound.memory.unit_of_work import MemoryUnits
from application.errors import Conflict, Forbidden, Invalid, NotFound
from application.queries.improvement.action_plan_list import (
    ActionPlanFilter,
    ActionPlanList,
    WorkActionPlans,
)
from application.queries.improvement.action_plan_page import ActionPlanPage
from application.viewers import Viewer
from domain.errors import IllegalMove, NonsenseValue
from domain.ids import ActionPlanId
from domain.improvement.action_plan import ActionPlanState, OwnerKind, Party, PlanMove
from tests.application.improving import (
    ABROAD,
    LATER,
    STUDENT,
    THESIS,
    TOM,
    WORK,
    Improving,
    scored_college,
)
from tests.application.library_keeping import KEEPER, STEWARD, TEACHER, TERMINAL, Keeping
from tests.stand_ins import FixedClock

State = ActionPlanState


@pytest.fixture
def college(memory_units: MemoryUnits, clock: FixedClock) -> Improving:
    scored_college(memory_units)
    return Improving(memory_units, clock)


class TestAsking:
    def test_a_section_is_asked_with_the_slos_of_its_results(self, college: Improving) -> None:
        (plan,) = college.start(reason="Many are below.")

        assert (plan.state, plan.slo_ids, plan.work_ids) == (State.REQUESTED, (THESIS,), (WORK,))
        assert plan.reason == "Many are below."
        view = ActionPlanPage(college.units)(TEACHER, plan.id)
        assert (view.asked, view.parties) == (("Tess Ortiz",), frozenset({Party.RESPONDER}))
        assert Keeping(college.units).verbs() == ["requested action plan"]

    def test_each_section_named_gets_a_plan_of_its_own(self, college: Improving) -> None:
        made = college.start(names=("ENGL101-01", "ENGL101-02"), assessments=(), slos=("THESIS",))

        assert [plan.owner.id for plan in made] == ["section-engl101-01", "section-engl101-02"]

    def test_a_course_asks_who_teaches_it(self, college: Improving) -> None:
        (plan,) = college.start(kind=OwnerKind.COURSE, names=("ENGL101",))

        assert set(plan.asked_ids) == {TEACHER.person_id, TOM.person_id}
        assert ActionPlanPage(college.units)(TOM, plan.id).plan == plan

    def test_or_who_is_named(self, college: Improving) -> None:
        (plan,) = college.start(kind=OwnerKind.ORG, names=("ENGL",), people=("Ctom",))

        assert plan.asked_ids == (TOM.person_id,)

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"title": " "}, "title"),
            ({"names": ()}, "names"),
            ({"names": ("NOWHERE",)}, "names"),
            ({"kind": OwnerKind.COURSE, "names": ("CHEM",)}, "names"),
            ({"term": "term-none"}, "term"),
            ({"assessments": ("NONE",)}, "assessments"),
            ({"assessments": ("TALK",)}, "assessments"),
            ({"assessments": ()}, "slos"),
            ({"slos": ("NONE",)}, "slos"),
            ({"template": "none"}, "template"),
            ({"kind": OwnerKind.ORG, "names": ("ENGL",), "people": ("Cnone",)}, "people"),
            ({"reason": "x" * 5_001}, "reason"),
        ],
    )
    def test_what_fits_nothing_is_named(
        self, college: Improving, changes: dict[str, Any], field: str
    ) -> None:
        with pytest.raises(Invalid) as refused:
            college.start(**changes)

        assert refused.value.field == field
        assert Keeping(college.units).verbs() == []

    def test_teachers_ask_nobody_and_write_for_their_own_sections(self, college: Improving) -> None:
        (own,) = college.start(TEACHER)
        assert (own.state, own.requested) == (State.DRAFT, False)
        with pytest.raises(Forbidden):
            college.start(TEACHER, ask=True)
        with pytest.raises(Invalid):
            college.start(TEACHER, names=("ENGL101-02",), assessments=(), slos=("THESIS",))


class TestTheLoop:
    def test_goes_from_the_request_to_a_later_result(self, college: Improving) -> None:
        plan = college.write(college.start()[0])
        assert plan.state is State.SUBMITTED
        college.move(plan, PlanMove.APPROVE, KEEPER)
        college.move(plan, PlanMove.BEGIN, TEACHER)
        college.move(plan, PlanMove.FINISH, TEACHER, "Twice a week.")
        closed = college.follow_up(plan)

        assert closed.state is State.FOLLOWED_UP
        assert closed.follow_up is not None
        assert closed.follow_up.work_id == LATER
        assert [step.move for step in closed.history] == [
            PlanMove.REQUEST, PlanMove.SUBMIT, PlanMove.APPROVE, PlanMove.BEGIN, PlanMove.FINISH,
            PlanMove.FOLLOW_UP,
        ]  # fmt: skip

    def test_is_not_closed_by_the_result_that_caused_it(self, college: Improving) -> None:
        plan = college.done()
        view = ActionPlanPage(college.units)(TEACHER, plan.id)

        assert [one.work_id for one in view.citable] == [LATER]
        with pytest.raises(NotFound):
            college.follow_up(plan, work=WORK)
        assert college.stored(plan.id).state is State.DONE

    def test_is_sent_back_with_words(self, college: Improving) -> None:
        plan = college.write(college.start()[0])
        with pytest.raises(NonsenseValue):
            college.move(plan, PlanMove.RETURN, KEEPER, " ")
        back = college.move(plan, PlanMove.RETURN, KEEPER, "Say how many.")

        assert back.state is State.DRAFT
        assert college.write(back).state is State.SUBMITTED

    def test_only_keepers_approve(self, college: Improving) -> None:
        plan = college.write(college.start()[0])

        with pytest.raises(IllegalMove):
            college.move(plan, PlanMove.APPROVE, TEACHER)

    @pytest.mark.parametrize("move", [PlanMove.DRAFT, PlanMove.SUBMIT, PlanMove.FOLLOW_UP])
    def test_what_brings_more_is_no_bare_move(self, college: Improving, move: PlanMove) -> None:
        with pytest.raises(Invalid):
            college.move(college.start()[0], move, KEEPER)

    def test_a_request_is_withdrawn_by_who_asked_and_a_draft_by_its_writer(
        self, college: Improving
    ) -> None:
        asked = college.start()[0]
        with pytest.raises(IllegalMove):
            college.move(asked, PlanMove.WITHDRAW, TEACHER)
        assert college.move(asked, PlanMove.WITHDRAW, KEEPER).state is State.WITHDRAWN
        own = college.start(TEACHER)[0]
        assert college.move(own, PlanMove.WITHDRAW, TEACHER).state is State.WITHDRAWN


class TestWriting:
    def test_a_saved_draft_needs_nothing(self, college: Improving) -> None:
        plan = college.write(college.start()[0], answers={}, who="", by_when=None, submit=False)

        assert plan.state is State.DRAFT

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"answers": {"q1": "Yes"}}, "q2"),
            ({"who": " "}, "who"),
            ({"by_when": None}, "by_when"),
            ({"resources": "x" * 2_001}, "resources"),
            ({"answers": {"q1": "x" * 20_001, "q2": "x"}}, "q1"),
        ],
    )
    def test_what_is_missing_is_named(
        self, college: Improving, changes: dict[str, Any], field: str
    ) -> None:
        with pytest.raises(Invalid) as refused:
            college.write(college.start()[0], **changes)

        assert refused.value.field == field

    def test_two_writers_do_not_overwrite_each_other(self, college: Improving) -> None:
        plan = college.start()[0]
        college.write(plan, submit=False)

        with pytest.raises(Conflict):
            college.write(plan, KEEPER, who="Somebody else")

    def test_saving_twice_writes_once(self, college: Improving) -> None:
        saved = college.write(college.start()[0], submit=False)

        assert college.write(saved, submit=False) == saved
        assert Keeping(college.units).verbs() == ["requested action plan", "saved action plan"]

    def test_what_is_handed_in_stands(self, college: Improving) -> None:
        plan = college.write(college.start()[0])

        with pytest.raises(IllegalMove):
            college.write(plan, who="Another")


class TestWhoSeesThem:
    @pytest.mark.parametrize("viewer", [TOM, STUDENT, ABROAD])
    def test_others_find_nothing(self, college: Improving, viewer: Viewer) -> None:
        plan = college.start()[0]
        deeds: list[Callable[[], object]] = [
            lambda: ActionPlanPage(college.units)(viewer, plan.id),
            lambda: college.write(plan, viewer),
            lambda: college.move(plan, PlanMove.WITHDRAW, viewer),
            lambda: college.follow_up(plan, viewer),
            lambda: WorkActionPlans(college.units, college.clock)(viewer, WORK),
        ]
        for deed in deeds:
            with pytest.raises(NotFound):
                deed()
        listed = ActionPlanList(college.units, college.clock)
        assert listed(viewer, ActionPlanFilter()).plans == ()

    @pytest.mark.parametrize("viewer", [KEEPER, STEWARD, TEACHER, TERMINAL])
    def test_those_on_either_side_do(self, college: Improving, viewer: Viewer) -> None:
        plan = college.start()[0]
        view = ActionPlanList(college.units, college.clock)(viewer, ActionPlanFilter())

        assert [line.plan.id for line in view.plans] == [plan.id]
        with pytest.raises(NotFound):
            ActionPlanPage(college.units)(viewer, ActionPlanId("none"))

    def test_the_list_says_whose_turn_it_is_and_what_is_late(self, college: Improving) -> None:
        due = college.clock.now() + timedelta(days=1)
        plan = college.start(due_at=due)[0]
        listed = ActionPlanList(college.units, college.clock)
        assert [line.mine for line in listed(TEACHER, ActionPlanFilter()).plans] == [True]
        assert [line.mine for line in listed(KEEPER, ActionPlanFilter()).plans] == [False]
        college.clock.advance(days=2)
        assert [line.late for line in listed(TEACHER, ActionPlanFilter()).plans] == [True]
        college.write(plan)
        (line,) = listed(KEEPER, ActionPlanFilter(state="submitted")).plans
        assert (line.mine, line.late, line.owner) == (True, False, "ENGL101-01")
        assert listed(KEEPER, ActionPlanFilter(state="done")).total == 0
        with pytest.raises(Invalid):
            listed(KEEPER, ActionPlanFilter(state="strange"))

    def test_the_tab_of_a_work_shows_those_of_its_section(self, college: Improving) -> None:
        plan = college.start()[0]
        college.start(names=("ENGL101-02",), assessments=(), slos=("THESIS",))

        view = WorkActionPlans(college.units, college.clock)(TEACHER, WORK)

        assert [line.plan.id for line in view.plans] == [plan.id]
