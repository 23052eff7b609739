"""Making assessments, taking them from the library, and the list that shows them."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from adapters.outbound.memory.unit_of_work import MemoryUnits
from application.errors import Invalid, NotFound
from application.launch_context import LaunchContext
from application.queries.assessments.assessment_list import HERE, AssessmentList, ListFilter
from application.queries.works.listed_work import LinkState
from application.use_cases.assessments.create_assessment import (
    CreateAssessment,
    CreateAssessmentCommand,
    NewCriterion,
)
from application.use_cases.assessments.plan_assessment import PlanAssessment, PlanAssessmentCommand
from domain.assessment import AssessmentKind, Purpose, WorkState
from domain.ids import AssessmentId, PersonId, RowId, SectionId, SloId
from domain.reflection import ReflectionTemplate
from domain.rostering import EnrolmentRole
from domain.score import NOT_ASSESSED
from tests.builders import (
    College,
    a_link,
    a_score,
    a_section_assessment,
    an_assessment,
    an_enrolment,
    an_slo,
)
from tests.stand_ins import CountedIds, FixedClock

TESS = PersonId("person-tess")
ONE, TWO = SectionId("section-engl101-01"), SectionId("section-engl101-02")
THESIS = SloId("slo-thesis")
LAUNCH = LaunchContext(
    platform="key:guid", context_id="context-1", resource_link_id="resource-essay"
)


@pytest.fixture
def units(memory_units: MemoryUnits) -> MemoryUnits:
    with memory_units() as unit:
        College().store(unit)
        unit.roster.put_enrolments([an_enrolment("tess", "engl101-02", role=EnrolmentRole.TEACHER)])
        unit.outcomes.put_slos([an_slo("grammar", descriptors=())])
        unit.commit()
    return memory_units


def a_command(**changes: Any) -> CreateAssessmentCommand:
    command = CreateAssessmentCommand(
        TESS, ONE, "Final essay", "", AssessmentKind.OUTCOMES, Purpose.SUMMATIVE, None, (THESIS,),
        (), Decimal(20), None, ReflectionTemplate(), in_library=False,
    )  # fmt: skip
    return replace(command, **changes)


def a_new_criterion(**changes: Any) -> NewCriterion:
    return replace(NewCriterion("Method", "", Decimal(2), (THESIS,)), **changes)


class TestCreating:
    @pytest.fixture
    def create(self, units: MemoryUnits, clock: FixedClock, new_id: CountedIds) -> CreateAssessment:
        return CreateAssessment(units, clock, new_id)

    def test_outcomes_oriented_has_the_chosen_slos_as_rows(
        self, create: CreateAssessment, units: MemoryUnits
    ) -> None:
        work_id = create(a_command())

        with units(write=False) as unit:
            work = unit.assessments.work(work_id)
            made = unit.assessments.get(work.assessment_id)
        assert (work.section_id, work.planned) == (ONE, False)
        assert [row.id for row in made.rubric.criteria] == [RowId(THESIS)]
        assert (made.owner_id, made.code) == (TESS, "engl101-final-essay")

    def test_student_oriented_derives_a_row_for_each_mapped_slo(
        self, create: CreateAssessment, units: MemoryUnits
    ) -> None:
        criteria = (a_new_criterion(), a_new_criterion(title="Style", weight=Decimal(1)))

        work_id = create(a_command(kind=AssessmentKind.STUDENT, slo_ids=(), criteria=criteria))

        with units(write=False) as unit:
            rubric = unit.assessments.get(unit.assessments.work(work_id).assessment_id).rubric
        weights = {row.title: row.weight for row in rubric.criteria}
        assert weights == {"Method": Decimal(2), "Style": Decimal(1)}
        assert [row.id for row in rubric.outcomes] == [RowId(THESIS)]

    def test_the_same_name_gets_a_code_of_its_own(
        self, create: CreateAssessment, units: MemoryUnits
    ) -> None:
        create(a_command())
        create(a_command())

        with units(write=False) as unit:
            codes = {made.code for made in unit.assessments.all()}
        assert {"engl101-final-essay", "engl101-final-essay-2"} <= codes

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"name": "  "}, "name"),
            ({"points_possible": Decimal(0)}, "points"),
            ({"slo_ids": ()}, "slos"),
            ({"slo_ids": (SloId("slo-of-another-course"),)}, "slos"),
            ({"scale_id": "scale-none"}, "scale"),
            ({"kind": AssessmentKind.STUDENT}, "criteria"),
        ],
    )
    def test_a_bad_field_is_named(
        self, create: CreateAssessment, changes: dict[str, Any], field: str
    ) -> None:
        with pytest.raises(Invalid) as refused:
            create(a_command(**changes))

        assert refused.value.field == field

    @pytest.mark.parametrize(
        "changes",
        [{"title": " "}, {"weight": Decimal(-1)}, {"slo_ids": ()}, {"weight": Decimal(0)}],
    )
    def test_a_bad_criterion_is_refused(
        self, create: CreateAssessment, changes: dict[str, Any]
    ) -> None:
        criteria = (a_new_criterion(**changes),)

        with pytest.raises(Invalid, match="criteria"):
            create(a_command(kind=AssessmentKind.STUDENT, criteria=criteria))

    def test_only_for_a_section_that_one_teaches(self, create: CreateAssessment) -> None:
        with pytest.raises(NotFound):
            create(a_command(actor_id=PersonId("person-ana")))


class TestTakingFromTheLibrary:
    @pytest.fixture
    def plan(self, units: MemoryUnits, clock: FixedClock, new_id: CountedIds) -> PlanAssessment:
        with units() as unit:
            unit.assessments.save(an_assessment("shared", in_library=True, owner_id=None))
            unit.assessments.save(an_assessment("private", owner_id=PersonId("person-ben")))
            unit.commit()
        return PlanAssessment(units, clock, new_id)

    def command(self, key: str = "shared", section: SectionId = TWO) -> PlanAssessmentCommand:
        return PlanAssessmentCommand(TESS, AssessmentId(f"assessment-{key}"), section, None)

    def test_asking_twice_puts_it_there_once(
        self, plan: PlanAssessment, units: MemoryUnits
    ) -> None:
        assert plan(self.command()) == plan(self.command())

        with units(write=False) as unit:
            assert len(unit.assessments.works_in([TWO])) == 1

    def test_what_others_keep_to_themselves_is_not_there(self, plan: PlanAssessment) -> None:
        with pytest.raises(NotFound):
            plan(self.command("private"))

    def test_only_into_a_section_that_one_teaches(self, plan: PlanAssessment) -> None:
        with pytest.raises(NotFound):
            plan(self.command(section=SectionId("section-none")))


class TestTheList:
    @pytest.fixture
    def listed(self, units: MemoryUnits, clock: FixedClock) -> AssessmentList:
        with units() as unit:
            unit.assessments.save(an_assessment("talk"))
            unit.assessments.save_work(a_section_assessment("talk", section_id=TWO))
            unit.scores.save(a_score())
            unit.scores.save(a_score(row="evidence", value=NOT_ASSESSED))
            unit.links.save(a_link())
            unit.commit()
        return AssessmentList(units, clock)

    def test_shows_share_state_and_link_of_each(self, listed: AssessmentList) -> None:
        view = listed(TESS, ListFilter(chosen=True), LAUNCH)

        essay, talk = sorted(view.works, key=lambda work: work.name)
        assert (essay.scored, essay.state, essay.link) == (
            50, WorkState.IN_PROGRESS, LinkState.HERE,
        )  # fmt: skip
        assert (talk.scored, talk.state, talk.link) == (0, WorkState.ASSIGNED, LinkState.NONE)

    def test_another_assignments_link_is_told_apart(self, listed: AssessmentList) -> None:
        other = replace(LAUNCH, resource_link_id="resource-other")

        view = listed(TESS, ListFilter(chosen=True), other)

        assert {work.name: work.link for work in view.works}["Essay"] is LinkState.ELSEWHERE

    def test_the_launchs_section_is_chosen(self, listed: AssessmentList) -> None:
        view = listed(TESS, ListFilter(), LAUNCH.among((TWO,)))

        assert (view.filter.section, view.target_section) == (TWO, TWO)
        assert [work.name for work in view.works] == ["Talk"]
        assert view.hidden == 1

    def test_both_sections_of_one_lms_course_are_offered(self, listed: AssessmentList) -> None:
        view = listed(TESS, ListFilter(), LAUNCH.among((ONE, TWO)))

        assert view.filter.section == HERE
        assert len(view.works) == 2
        assert view.sections[0].label == "This Canvas course (2 sections)"

    def test_without_a_launch_the_current_term_is_chosen(self, listed: AssessmentList) -> None:
        assert listed(TESS, ListFilter(), LaunchContext()).filter.term == "term-fall"

    @pytest.mark.parametrize(
        ("wanted", "names"),
        [
            (ListFilter(status="assigned", chosen=True), ["Talk"]),
            (ListFilter(section=ONE, chosen=True), ["Essay"]),
            (ListFilter(term="term-none", chosen=True), []),
        ],
    )
    def test_filters_leave_out_the_rest(
        self, listed: AssessmentList, wanted: ListFilter, names: list[str]
    ) -> None:
        view = listed(TESS, wanted, LAUNCH)

        assert [work.name for work in view.works] == names

    def test_past_due_it_is_overdue(self, listed: AssessmentList, clock: FixedClock) -> None:
        clock.advance(days=8)

        view = listed(TESS, ListFilter(chosen=True), LAUNCH)

        assert {work.state for work in view.works} == {WorkState.OVERDUE}

    def test_others_sections_are_not_listed(self, listed: AssessmentList) -> None:
        assert listed(PersonId("person-ana"), ListFilter(chosen=True), LAUNCH).works == ()
