"""One action plan with all that led to it and all that became of it."""

from collections.abc import Iterable
from dataclasses import dataclass

from application.errors import NotFound
from application.improvement.citable import CitableResult, citable_results
from application.improvement.owners import owner_name
from application.improvement.sight import seen_plan
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.viewers import Viewer
from domain.evidence import EvidenceTarget
from domain.ids import ActionPlanId, PersonId, SectionAssessmentId
from domain.improvement.action_plan import ActionPlan, Party, PlanMove, PlanStep
from domain.slo import Slo

_MOST_CITABLE = 200


@dataclass(frozen=True, slots=True)
class CitedWork:
    """A result that a plan cites. `opens`: the viewer teaches its section."""

    work_id: SectionAssessmentId
    assessment: str
    section: str
    term: str
    opens: bool


@dataclass(frozen=True, slots=True)
class TakenStep:
    step: PlanStep
    by: str


@dataclass(frozen=True, slots=True)
class ActionPlanView:
    plan: ActionPlan
    owner: str
    term: str
    slos: tuple[Slo, ...]
    works: tuple[CitedWork, ...]
    asked: tuple[str, ...]
    """Who answers: by name, or the teachers of the section."""
    history: tuple[TakenStep, ...]
    follow_up: CitedWork | None
    parties: frozenset[Party]
    moves: tuple[PlanMove, ...]
    citable: tuple[CitableResult, ...]
    """Later results to choose among, while the plan waits for one."""
    evidence: int
    """How many pieces there are, retired ones left out."""

    @property
    def may_write(self) -> bool:
        return self.plan.writable


@dataclass(frozen=True, slots=True)
class ActionPlanPage:
    units: UnitOfWorkFactory

    def __call__(self, viewer: Viewer, plan_id: ActionPlanId) -> ActionPlanView:
        """Raises: NotFound, also where the plan is not for the viewer."""
        with self.units(write=False) as unit:
            plan, parties = seen_plan(unit, viewer, plan_id)
            slos = unit.outcomes.slos_by_id(plan.slo_ids)
            moves = plan.moves(parties)
            waits = PlanMove.FOLLOW_UP in moves
            cited = [plan.follow_up.work_id] if plan.follow_up else []
            closing = _cited(unit, viewer, cited)
            return ActionPlanView(
                plan,
                owner_name(unit, plan.owner),
                unit.roster.term(plan.term_id).name,
                tuple(slos[slo_id] for slo_id in plan.slo_ids if slo_id in slos),
                _cited(unit, viewer, plan.work_ids),
                _asked(unit, plan),
                _steps(unit, plan.history),
                closing[0] if closing else None,
                parties,
                moves,
                tuple(citable_results(unit, viewer, plan)[:_MOST_CITABLE]) if waits else (),
                sum(one.is_kept for one in unit.evidence.of_target(_target(plan))),
            )


def _target(plan: ActionPlan) -> EvidenceTarget:
    return EvidenceTarget.action_plan(plan.id)


def _asked(unit: UnitOfWork, plan: ActionPlan) -> tuple[str, ...]:
    people = list(unit.roster.people(plan.asked_ids).values())
    if section_id := plan.owner.section_id:
        people += unit.standings.teachers([section_id]).get(section_id, [])
    names = {one.id: (one.list_name, one.full_name) for one in people}
    return tuple(full for _, full in sorted(names.values()))


def _cited(
    unit: UnitOfWork, viewer: Viewer, ids: Iterable[SectionAssessmentId]
) -> tuple[CitedWork, ...]:
    """Works that were removed meanwhile are left out."""
    found = []
    for work_id in ids:
        try:
            work = unit.assessments.work(work_id)
        except NotFound:
            continue
        section = unit.roster.section(work.section_id)
        teachers = unit.standings.teachers([section.id]).get(section.id, [])
        found.append(
            CitedWork(
                work.id,
                unit.assessments.get(work.assessment_id).name,
                section.title,
                unit.roster.term(section.term_id).name,
                viewer.person_id in {one.id for one in teachers},
            )
        )
    return tuple(found)


def _steps(unit: UnitOfWork, history: tuple[PlanStep, ...]) -> tuple[TakenStep, ...]:
    people = unit.roster.people(PersonId(step.by) for step in history)
    return tuple(
        TakenStep(step, people[PersonId(step.by)].full_name if step.by in people else step.by)
        for step in history
    )
