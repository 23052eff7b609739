"""Ask others for an action plan, or begin one of one's own."""

from dataclasses import dataclass
from datetime import datetime

from application.college_rules import today
from application.errors import Forbidden, Invalid, NotFound
from application.improvement.owners import (
    NamedOwner,
    everybody_teaching,
    measured_slos,
    owners_named,
    sections_within,
)
from application.improvement.sight import ImprovementSight, sight_of
from application.planning.keeping import named
from application.ports.runtime import Clock, NewId
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.slos.names import slo_named, term_named, usual_term
from application.viewers import Viewer
from domain.assessment import SectionAssessment
from domain.audit import Deed
from domain.identity import LocalField
from domain.ids import ActionPlanId, PersonId, SloId, TemplateId
from domain.improvement.action_plan import (
    ActionPlan,
    ActionPlanState,
    OwnerKind,
    PlanMove,
    PlanStep,
)
from domain.improvement.question_template import TemplateUse
from domain.reflection import Question
from domain.rostering import Term

PLAIN = (
    Question("q1", "What do the results show?"),
    Question("q2", "What will change, and how?"),
)
"""Asked where no template is chosen."""
_LONGEST = 5_000


@dataclass(frozen=True, slots=True)
class StartActionPlanCommand:
    """Names as people write them. One plan is made for each owner that is named.

    `ask` False: the viewer writes it, as a draft. `people` are Tech IDs of who is asked;
    without any, those who teach the owner's sections in the term are.
    """

    viewer: Viewer
    title: str
    kind: OwnerKind
    names: tuple[str, ...]
    ask: bool
    term: str = ""
    slos: tuple[str, ...] = ()
    assessments: tuple[str, ...] = ()
    """Codes of assessments whose results in the term are the cause."""
    template: str = ""
    people: tuple[str, ...] = ()
    reason: str = ""
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class StartActionPlan:
    """One plan for each owner that is named, in one transaction.

    Raises:
        Invalid: a name that fits nothing, or no SLO and no result.
        Forbidden: asking others is for those who keep the org.
    """

    units: UnitOfWorkFactory
    clock: Clock
    new_id: NewId

    def __call__(self, command: StartActionPlanCommand) -> tuple[ActionPlan, ...]:
        if len(command.reason) > _LONGEST:
            raise Invalid("reason", f"write at most {_LONGEST:,} characters.")
        now = self.clock.now()
        with self.units() as unit:
            desk = _Desk(unit, command, sight_of(unit, command.viewer), now)
            made = []
            for owner in desk.owners():
                plan = unit.action_plans.save(desk.plan(owner, ActionPlanId(self.new_id())))
                verb = "requested action plan" if command.ask else "drafted action plan"
                unit.audit.record(Deed(command.viewer.actor, verb, plan.id, "", now))
                made.append(plan)
            unit.commit()
        return tuple(made)


@dataclass(frozen=True, slots=True)
class _Desk:
    unit: UnitOfWork
    command: StartActionPlanCommand
    sight: ImprovementSight
    now: datetime

    def owners(self) -> list[NamedOwner]:
        command, term = self.command, self._term()
        found = owners_named(self.unit, self.sight, command.kind, command.names, term.id)
        if command.ask and not all(self.sight.keeps(one.org_id) for one in found):
            raise Forbidden("Only those who keep the org may ask others for an action plan.")
        return found

    def plan(self, owner: NamedOwner, plan_id: ActionPlanId) -> ActionPlan:
        command, term = self.command, self._term()
        causes = self._causes(owner, term)
        state = ActionPlanState.REQUESTED if command.ask else ActionPlanState.DRAFT
        move = PlanMove.REQUEST if command.ask else PlanMove.DRAFT
        step = PlanStep(move, state, command.viewer.actor, self.now)
        return ActionPlan(
            id=plan_id,
            title=_required(command.title),
            owner=owner.owner,
            org_id=owner.org_id,
            term_id=term.id,
            reason=command.reason.strip(),
            slo_ids=self._slos(causes),
            work_ids=tuple(work.id for work in causes),
            questions=self._questions(),
            answers=(),
            who="",
            by_when=None,
            resources="",
            due_at=command.due_at,
            state=state,
            history=(step,),
            follow_up=None,
            made_at=self.now,
            version=0,
            asked_ids=tuple(sorted(self._asked(owner, term))),
        )

    def _term(self) -> Term:
        if self.command.term:
            return term_named(self.unit, self.command.term)
        term = usual_term(self.unit, today(self.unit.settings, self.now))
        if term is None:
            raise Invalid("term", "there is no term yet; a Data Steward loads a roster first.")
        return term

    def _causes(self, owner: NamedOwner, term: Term) -> list[SectionAssessment]:
        """The scored uses of the assessments in the owner's sections of the term."""
        if not self.command.assessments:
            return []
        sections = [
            one.id
            for one in sections_within(self.unit, owner.owner)
            if one.term_id == term.id and owner.owner.section_id in {None, one.id}
        ]
        works = self.unit.assessments.works_in(sections)
        found = []
        for code in self.command.assessments:
            assessment_id = _assessment_named(self.unit, code)
            own = [one for one in works if one.assessment_id == assessment_id and one.snapshot]
            if not own:
                cure = f"'{code}' has no results in {owner.name} in {term.name}."
                raise Invalid("assessments", cure)
            found += own
        return found

    def _slos(self, causes: list[SectionAssessment]) -> tuple[SloId, ...]:
        """Those named, else those that the cited results measure."""
        slos = [slo_named(self.unit, code, "slos").id for code in self.command.slos]
        if not slos:
            slos = sorted({slo for work in causes for slo in measured_slos(work)})
        if not slos:
            raise Invalid("slos", "name at least one SLO, or an assessment with results.")
        return tuple(dict.fromkeys(slos))

    def _questions(self) -> tuple[Question, ...]:
        if not self.command.template:
            return PLAIN
        return offered_template(
            self.unit, self.sight, TemplateUse.ACTION_PLAN, self.command.template
        )

    def _asked(self, owner: NamedOwner, term: Term) -> frozenset[PersonId]:
        if not self.command.ask:
            return frozenset(one for one in (self.command.viewer.person_id,) if one)
        named_people = people_named(self.unit, self.command.people)
        if named_people or owner.owner.section_id:
            return named_people
        asked = everybody_teaching(self.unit, owner.owner, term.id)
        if not asked:
            raise Invalid(
                "people", f"nobody teaches in {owner.name} in {term.name}; name who is asked."
            )
        return asked


def people_named(unit: UnitOfWork, tech_ids: tuple[str, ...]) -> frozenset[PersonId]:
    """Raises: Invalid for a Tech ID that is not exactly one active person's."""
    found = set()
    for tech_id in tech_ids:
        people = unit.roster.people_where(LocalField.TECH_ID, tech_id)
        active = [one for one in people if one.active]
        if len(active) != 1:
            raise Invalid("people", f"'{tech_id}' is not the Tech ID of exactly one active person.")
        found.add(active[0].id)
    return frozenset(found)


def offered_template(
    unit: UnitOfWork, sight: ImprovementSight, use: TemplateUse, template_id: str
) -> tuple[Question, ...]:
    """The questions of a template that is offered to the viewer. Raises: Invalid."""
    try:
        template = unit.question_templates.get(TemplateId(template_id))
    except NotFound:
        raise Invalid("template", "choose one of those listed.") from None
    seen = template.org_id is None or sight.keeps(template.org_id)
    if template.use is not use or not template.offered or not seen:
        raise Invalid("template", "choose one of those listed.")
    return template.questions


def _assessment_named(unit: UnitOfWork, code: str) -> str:
    try:
        return named(unit, code).id
    except NotFound:
        raise Invalid("assessments", f"no assessment has the code '{code}'.") from None


def _required(title: str) -> str:
    if not title.strip():
        raise Invalid("title", "say what the plan is about.")
    return title.strip()
