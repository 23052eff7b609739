from datetime import timedelta

import pytest

from adapters.outbound.memory.unit_of_work import MemoryUnits
from application.errors import Forbidden, Invalid, NotFound
from application.use_cases.assessments.carry_plans import (
    CarryPlans,
    CarryPlansCommand,
    PreviewCarry,
)
from application.use_cases.assessments.plan_sections import (
    FollowPlans,
    PlanSections,
    PlanSectionsCommand,
    PreviewPlan,
    UndoPlan,
)
from domain.assessment import AssessmentState
from domain.errors import NonsenseValue
from domain.ids import SectionId
from domain.planning import PlanTarget, TargetKind
from tests.application.library_keeping import (
    CHEM,
    ENGL101,
    ENGLISH,
    FALL,
    KEEPER,
    OF_101,
    SPRING,
    STEWARD,
    TALK,
    TEACHER,
    Keeping,
    fill,
)
from tests.builders import a_score, a_section, a_section_assessment
from tests.stand_ins import NOON, CountedIds, FixedClock

ONE, TWO = SectionId("section-engl101-01"), SectionId("section-engl101-02")
LATE = NOON + timedelta(days=20)


@pytest.fixture
def units(memory_units: MemoryUnits) -> MemoryUnits:
    with memory_units() as unit:
        fill(unit)
        unit.commit()
    return memory_units


@pytest.fixture
def keeping(units: MemoryUnits) -> Keeping:
    return Keeping(units)


@pytest.fixture
def plan(units: MemoryUnits, clock: FixedClock, new_id: CountedIds) -> PlanSections:
    return PlanSections(units, clock, new_id)


@pytest.fixture
def follow(units: MemoryUnits, clock: FixedClock, new_id: CountedIds) -> FollowPlans:
    return FollowPlans(units, clock, new_id)


def of(target: PlanTarget = OF_101, **changes: object) -> PlanSectionsCommand:
    given = {"viewer": KEEPER, "assessment": "TALK", "term_id": FALL, "target": target, **changes}
    return PlanSectionsCommand(**given)  # type: ignore[arg-type] # any field


class TestPlanning:
    def test_all_sections_of_a_course_get_it_planned(
        self, plan: PlanSections, keeping: Keeping
    ) -> None:
        report = plan(of(opens_at=NOON, due_at=LATE))

        assert report.plan is not None
        assert keeping.sections_with() == [ONE, TWO]
        for work in keeping.works():
            assert (work.planned, work.opens_at, work.due_at) == (True, NOON, LATE)
            assert work.plan_id == report.plan.id
        assert keeping.verbs() == ["planned assessment"]

    def test_a_preview_changes_nothing(self, units: MemoryUnits, keeping: Keeping) -> None:
        preview = PreviewPlan(units)(of())

        assert [section.id for section in preview.gets] == [ONE, TWO]
        assert keeping.sections_with() == []

    def test_who_has_it_keeps_theirs(
        self, plan: PlanSections, keeping: Keeping, units: MemoryUnits
    ) -> None:
        with units() as unit:
            unit.assessments.save_work(a_section_assessment("own", assessment_id=TALK))
            unit.commit()

        report = plan(of())

        assert [section.id for section in report.preview.has] == [ONE]
        assert [work.planned for work in keeping.works()] == [True, False]

    def test_twice_plans_once(self, plan: PlanSections, keeping: Keeping) -> None:
        plan(of())
        again = plan(of())

        assert again.plan is None
        assert len(keeping.works()) == 2

    def test_sections_of_other_orgs_are_left_out_and_said(
        self, plan: PlanSections, keeping: Keeping
    ) -> None:
        report = plan(of(PlanTarget(TargetKind.COURSES, (ENGL101, CHEM))))

        assert [section.id for section in report.preview.outside] == ["section-chem-01"]
        assert keeping.sections_with() == [ONE, TWO]
        assert report.plan is not None
        assert report.plan.target == OF_101

    def test_nothing_of_other_orgs_alone(self, plan: PlanSections) -> None:
        with pytest.raises(Forbidden):
            plan(of(PlanTarget(TargetKind.COURSES, (CHEM,))))

    def test_an_org_means_all_its_courses(self, plan: PlanSections, keeping: Keeping) -> None:
        plan(of(PlanTarget(TargetKind.ORGS, (ENGLISH,))))

        assert keeping.sections_with() == [ONE, TWO, "section-engl102-01"]

    def test_faculty_plan_nothing(self, plan: PlanSections) -> None:
        with pytest.raises(Forbidden):
            plan(of(viewer=TEACHER))

    def test_due_before_it_opens_is_refused(self, plan: PlanSections) -> None:
        with pytest.raises(NonsenseValue, match="before the open date"):
            plan(of(opens_at=LATE, due_at=NOON))

    def test_retired_ones_are_not_planned(self, plan: PlanSections, keeping: Keeping) -> None:
        keeping.change(state=AssessmentState.RETIRED)

        with pytest.raises(Invalid, match="retired"):
            plan(of())

    def test_sections_of_another_term_are_refused(self, plan: PlanSections) -> None:
        with pytest.raises(Invalid):
            plan(of(PlanTarget(TargetKind.SECTIONS, ("section-spring-01",))))


class TestUndoing:
    def test_takes_away_what_nothing_belongs_to(
        self, plan: PlanSections, units: MemoryUnits, clock: FixedClock, keeping: Keeping
    ) -> None:
        report = plan(of())
        assert report.plan is not None
        scored = next(work for work in keeping.works() if work.section_id == ONE)
        with units() as unit:
            unit.scores.save(a_score(section_assessment_id=scored.id))
            unit.commit()

        undone = UndoPlan(units, clock)(KEEPER, report.plan.id)
        again = UndoPlan(units, clock)(KEEPER, report.plan.id)

        assert (undone.removed, [section.id for section in undone.kept]) == (1, [ONE])
        assert again.removed == 0
        assert keeping.sections_with() == [ONE]
        assert not again.plan.stands

    def test_of_others_is_not_there(
        self, plan: PlanSections, units: MemoryUnits, clock: FixedClock
    ) -> None:
        chemistry = plan(of(PlanTarget(TargetKind.COURSES, (CHEM,)), viewer=STEWARD)).plan
        assert chemistry is not None

        with pytest.raises(NotFound):
            UndoPlan(units, clock)(KEEPER, chemistry.id)


class TestSectionsThatComeLater:
    def load(self, units: MemoryUnits) -> None:
        with units() as unit:
            unit.roster.put_sections([a_section("engl101-03")])
            unit.commit()

    def test_get_what_their_course_has_planned_once(
        self, plan: PlanSections, units: MemoryUnits, follow: FollowPlans, keeping: Keeping
    ) -> None:
        plan(of())
        self.load(units)

        assert [follow(), follow()] == [1, 0]
        assert "section-engl101-03" in keeping.sections_with()

    def test_not_of_plans_undone_or_retired_or_over(
        self,
        plan: PlanSections,
        units: MemoryUnits,
        follow: FollowPlans,
        keeping: Keeping,
        clock: FixedClock,
    ) -> None:
        made = plan(of()).plan
        assert made is not None
        self.load(units)

        keeping.change(state=AssessmentState.RETIRED)
        assert follow() == 0
        keeping.change(state=AssessmentState.ACTIVE)
        clock.advance(days=200)
        assert follow() == 0
        clock.advance(days=-200)
        UndoPlan(units, clock)(KEEPER, made.id)
        assert follow() == 0

    def test_a_plan_of_sections_is_for_those_alone(
        self, plan: PlanSections, units: MemoryUnits, follow: FollowPlans
    ) -> None:
        plan(of(PlanTarget(TargetKind.SECTIONS, (ONE,))))
        self.load(units)

        assert follow() == 0


class TestCarrying:
    @pytest.fixture
    def carry(self, units: MemoryUnits, clock: FixedClock, new_id: CountedIds) -> CarryPlans:
        return CarryPlans(units, clock, new_id)

    def test_plans_come_by_course_and_dates_by_weeks(
        self, plan: PlanSections, units: MemoryUnits, carry: CarryPlans, keeping: Keeping
    ) -> None:
        plan(of(PlanTarget(TargetKind.SECTIONS, (TWO,)), opens_at=NOON, due_at=LATE))
        command = CarryPlansCommand(KEEPER, FALL, SPRING)

        (line,) = PreviewCarry(units)(command)
        report = carry(command)

        assert (line.target, line.names, line.reason) == (OF_101, ("ENGL101",), "")
        assert report.sections == 1
        work = next(work for work in keeping.works() if work.section_id == "section-spring-01")
        assert work.due_at == LATE + timedelta(weeks=21)
        assert work.planned

    def test_carried_once(self, plan: PlanSections, units: MemoryUnits, carry: CarryPlans) -> None:
        plan(of())
        command = CarryPlansCommand(KEEPER, FALL, SPRING)
        carry(command)

        assert [line.reason for line in PreviewCarry(units)(command)] == ["Carried already."]
        assert carry(command).plans == ()

    def test_imported_planned_work_is_carried_too(
        self, units: MemoryUnits, carry: CarryPlans, keeping: Keeping
    ) -> None:
        with units() as unit:
            unit.assessments.save_work(
                a_section_assessment("old", assessment_id=TALK, planned=True)
            )
            unit.commit()

        assert carry(CarryPlansCommand(KEEPER, FALL, SPRING)).sections == 1
        assert "section-spring-01" in keeping.sections_with()

    def test_only_what_is_chosen_and_ones_own(self, plan: PlanSections, carry: CarryPlans) -> None:
        plan(of(PlanTarget(TargetKind.COURSES, (CHEM,)), viewer=STEWARD))
        plan(of())

        assert carry(CarryPlansCommand(KEEPER, FALL, SPRING, ())).plans == ()
        with pytest.raises(Invalid):
            carry(CarryPlansCommand(KEEPER, FALL, SPRING, ("nonsense",)))
        assert len(carry(CarryPlansCommand(KEEPER, FALL, SPRING)).plans) == 1

    def test_a_term_is_not_carried_to_itself(self, carry: CarryPlans) -> None:
        with pytest.raises(Invalid):
            carry(CarryPlansCommand(KEEPER, FALL, FALL))

    def test_sections_loaded_after_the_carrying_get_it(
        self,
        plan: PlanSections,
        units: MemoryUnits,
        carry: CarryPlans,
        follow: FollowPlans,
        keeping: Keeping,
    ) -> None:
        plan(of())
        carry(CarryPlansCommand(KEEPER, FALL, SPRING))
        with units() as unit:
            unit.roster.put_sections([a_section("spring-02", term_id=SPRING)])
            unit.commit()

        assert follow() == 1
        assert "section-spring-02" in keeping.sections_with()
