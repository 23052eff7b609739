"""A college with results in fall, and the use cases that answer them."""

from dataclasses import dataclass, replace
from typing import Any

from adapters.outbound.memory.unit_of_work import MemoryUnits
from application.use_cases.improvement.move_action_plan import (
    FollowUpActionPlan,
    FollowUpActionPlanCommand,
    MoveActionPlan,
    MoveActionPlanCommand,
)
from application.use_cases.improvement.start_action_plan import (
    StartActionPlan,
    StartActionPlanCommand,
)
from application.use_cases.improvement.write_action_plan import (
    WriteActionPlan,
    WriteActionPlanCommand,
)
from application.viewers import Viewer
from domain.access import Role
from domain.ids import ActionPlanId, AssessmentId, PersonId, SectionAssessmentId, SectionId, SloId
from domain.improvement.action_plan import ActionPlan, OwnerKind, PlanMove
from domain.rostering import EnrolmentRole
from domain.rubric import Rubric
from tests.application.library_keeping import KEEPER, TEACHER, fill
from tests.builders import a_criterion, a_section_assessment, an_enrolment
from tests.stand_ins import CountedIds, FixedClock

TOM = Viewer(PersonId("person-tom"), Role.FACULTY)
STUDENT = Viewer(PersonId("person-ana"), Role.STUDENT)
ABROAD = Viewer(PersonId("person-carl"), Role.COORDINATOR)
"""Coordinates nothing here."""
WORK = SectionAssessmentId("work-essay")
ESSAY = AssessmentId("assessment-essay")
LATER = SectionAssessmentId("work-later")
THESIS = SloId("slo-thesis")


def scored_college(units: MemoryUnits) -> None:
    """The essay has results in 101-01 in fall, and in the spring section, which tess teaches."""
    with units() as unit:
        fill(unit)
        rubric = Rubric((a_criterion(slo_ids=(THESIS,)),))
        unit.assessments.save_work(replace(unit.assessments.work(WORK), snapshot=rubric))
        later = a_section_assessment(
            "later", assessment_id=ESSAY, section_id=SectionId("section-spring-01")
        )
        unit.assessments.save_work(replace(later, snapshot=rubric))
        teaches = an_enrolment("tess", "spring-01", role=EnrolmentRole.TEACHER)
        unit.roster.put_enrolments([teaches])
        unit.commit()


@dataclass
class Improving:
    units: MemoryUnits
    clock: FixedClock

    def __post_init__(self) -> None:
        self.new_id = CountedIds("plan")

    def start(self, viewer: Viewer = KEEPER, **changes: Any) -> tuple[ActionPlan, ...]:
        command = StartActionPlanCommand(
            viewer, "Clearer theses", OwnerKind.SECTION, ("ENGL101-01",), ask=viewer is KEEPER,
            term="term-fall", assessments=("ESSAY",),
        )  # fmt: skip
        start = StartActionPlan(self.units, self.clock, self.new_id)
        return start(replace(command, **changes))

    def write(self, plan: ActionPlan, viewer: Viewer = TEACHER, **changes: Any) -> ActionPlan:
        texts = {"q1": "Too few argue.", "q2": "Peer review."}
        command = WriteActionPlanCommand(
            viewer, plan.id, texts, "Tess Ortiz", self.clock.now().date(), "", submit=True,
            seen=plan.version,
        )  # fmt: skip
        return WriteActionPlan(self.units, self.clock)(replace(command, **changes))

    def move(self, plan: ActionPlan, move: PlanMove, viewer: Viewer, note: str = "") -> ActionPlan:
        command = MoveActionPlanCommand(viewer, plan.id, move, note)
        return MoveActionPlan(self.units, self.clock)(command)

    def follow_up(
        self, plan: ActionPlan, viewer: Viewer = TEACHER, work: SectionAssessmentId = LATER
    ) -> ActionPlan:
        command = FollowUpActionPlanCommand(viewer, plan.id, THESIS, work, "Fewer are below.")
        return FollowUpActionPlan(self.units, self.clock)(command)

    def done(self) -> ActionPlan:
        plan = self.write(self.start()[0])
        self.move(plan, PlanMove.APPROVE, KEEPER)
        return self.move(plan, PlanMove.FINISH, TEACHER, "Done twice a week.")

    def stored(self, plan_id: ActionPlanId) -> ActionPlan:
        with self.units(write=False) as unit:
            return unit.action_plans.get(plan_id)
