"""What the stores of action plans, requests for information and templates promise."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from application.errors import Conflict, NotFound
from application.ports.unit_of_work import UnitOfWorkFactory
from domain.ids import ActionPlanId, AskId, OrgId, PersonId, RfiId, SectionId, SloId
from domain.improvement.action_plan import FollowUp, OwnerKind, Party, PlanMove, PlanOwner
from domain.reflection import Answer
from tests.builders import College, a_section_assessment
from tests.improvement_builders import a_question_template, an_action_plan, an_ask, an_rfi
from tests.stand_ins import NOON

TESS, ANA = PersonId("person-tess"), PersonId("person-ana")
SECTION = SectionId("section-engl101-01")
LATER = NOON + timedelta(hours=1)


@pytest.fixture
def college(units: UnitOfWorkFactory) -> UnitOfWorkFactory:
    with units() as unit:
        College().store(unit)
        unit.commit()
    return units


class TestActionPlans:
    def test_a_plan_comes_back_whole(self, college: UnitOfWorkFactory) -> None:
        follow_up = FollowUp(SloId("slo-thesis"), a_section_assessment().id, "Fewer are below.")
        plan = an_action_plan(
            answers=(Answer("q1", "What?", "Peer review"),), who="Tess", by_when=date(2026, 10, 1),
            asked_ids=(ANA, TESS), follow_up=follow_up, work_ids=(follow_up.work_id,),
        )  # fmt: skip
        with college() as unit:
            saved = unit.action_plans.save(plan)
            changed = replace(saved, asked_ids=(ANA,), follow_up=None)
            again = unit.action_plans.save(
                changed.moved(PlanMove.SUBMIT, frozenset(Party), by=TESS, at=LATER)
            )
            with pytest.raises(Conflict):
                unit.action_plans.save(saved)
            unit.commit()
        with college(write=False) as unit:
            assert unit.action_plans.get(plan.id) == again
            assert again.asked_ids == (ANA,)
            with pytest.raises(NotFound):
                unit.action_plans.get(ActionPlanId("none"))

    def test_they_are_found_by_org_by_section_and_by_who_is_asked(
        self, college: UnitOfWorkFactory
    ) -> None:
        course = PlanOwner(OwnerKind.COURSE, "course-engl101")
        with college() as unit:
            own = unit.action_plans.save(an_action_plan())
            asked = unit.action_plans.save(
                an_action_plan("asked", owner=course, asked_ids=(TESS,), made_at=LATER)
            )
            other = unit.action_plans.save(an_action_plan("other", owner=course))
            unit.commit()
        with college(write=False) as unit:
            plans = unit.action_plans
            assert plans.in_orgs(None) == [asked, own, other]
            assert plans.in_orgs([OrgId("org-english")]) == [asked, own, other]
            assert plans.in_orgs([]) == []
            assert plans.to_answer(TESS, []) == [asked]
            assert plans.to_answer(TESS, [SECTION]) == [asked, own]
            assert plans.to_answer(None, [SECTION]) == [own]


class TestRequests:
    def test_a_request_and_its_answers_come_back_whole(self, college: UnitOfWorkFactory) -> None:
        of_section = an_ask("section", person_id=None, section_id=SECTION)
        with college() as unit:
            rfi = unit.rfis.save(an_rfi())
            mine, section = unit.rfis.save_asks([an_ask(), of_section])
            given = mine.answered(rfi, (Answer("q1", "What?", "4"),), TESS, LATER, give=True)
            answered = unit.rfis.save_asks([given])[0]
            closed = unit.rfis.save(rfi.ended(LATER))
            with pytest.raises(Conflict):
                unit.rfis.save_asks([mine])
            unit.commit()
        with college(write=False) as unit:
            assert unit.rfis.get(rfi.id) == closed
            assert unit.rfis.ask(mine.id) == answered
            assert unit.rfis.asks_of([rfi.id]) == [section, answered]
            assert unit.rfis.asks_to(TESS, []) == [answered]
            assert unit.rfis.asks_to(ANA, [SECTION]) == [section]
            assert unit.rfis.in_orgs([OrgId("org-english")]) == [closed]
            assert unit.rfis.in_orgs([]) == []
            for missing in (lambda: unit.rfis.get(RfiId("x")), lambda: unit.rfis.ask(AskId("x"))):
                with pytest.raises(NotFound):
                    missing()

    def test_nobody_is_asked_twice_by_one_request(self, college: UnitOfWorkFactory) -> None:
        of_section = an_ask("a", person_id=None, section_id=SECTION)
        with college() as unit:
            unit.rfis.save(an_rfi())
            unit.rfis.save(an_rfi("other", org_id=None))
            unit.rfis.save_asks([an_ask(), of_section, an_ask(rfi_key="other")])
            for twice in (an_ask(), of_section):
                with pytest.raises(Conflict):
                    unit.rfis.save_asks([replace(twice, id=AskId("again"))])
            unit.commit()
        with college(write=False) as unit:
            assert len(unit.rfis.asks_of([an_rfi().id, an_rfi("other").id])) == 3
            assert [one.id for one in unit.rfis.in_orgs(None)] == ["rfi-other", "rfi-hours"]


def test_templates_stand_by_name(college: UnitOfWorkFactory) -> None:
    with college() as unit:
        old = unit.question_templates.save(a_question_template("b", name="Zeal").retired(NOON))
        new = unit.question_templates.save(a_question_template())
        with pytest.raises(Conflict):
            unit.question_templates.save(replace(old, version=0))
        unit.commit()
    with college(write=False) as unit:
        assert unit.question_templates.all() == [new, old]
        assert unit.question_templates.get(old.id) == old
