"""Plan a library assessment for a term, look before that, and undo it while nothing is scored."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from application.college_rules import today
from application.errors import Forbidden, Invalid, NotFound
from application.planning.keeping import seen_assessment
from application.planning.targets import PlanningGround, PlanPreview
from application.ports.runtime import Clock, NewId
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.viewers import Viewer, kept_orgs
from domain.assessment import SectionAssessment
from domain.audit import Deed
from domain.ids import PlanId, SectionAssessmentId, TermId
from domain.planning import AssessmentPlan, PlanTarget, refuse_disorder
from domain.rostering import Section


@dataclass(frozen=True, slots=True)
class PlanSectionsCommand:
    """`assessment` is an id or a code."""

    viewer: Viewer
    assessment: str
    term_id: TermId
    target: PlanTarget
    opens_at: datetime | None = None
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PlanSectionsReport:
    """`plan` None: a dry run, or every section had it already."""

    preview: PlanPreview
    plan: AssessmentPlan | None


@dataclass(frozen=True, slots=True)
class UndoPlanReport:
    """`kept` stay, since something belongs to them already."""

    plan: AssessmentPlan
    removed: int
    kept: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class PreviewPlan:
    """Raises as PlanSections does."""

    units: UnitOfWorkFactory

    def __call__(self, command: PlanSectionsCommand) -> PlanPreview:
        with self.units(write=False) as unit:
            return _previewed(unit, command)


@dataclass(frozen=True, slots=True)
class PlanSections:
    """Put the assessment on every section that is meant and lacks it, as planned work.

    A plan of courses or orgs is kept even where no section is there yet: those that are
    loaded later get it by `FollowPlans`.

    Raises:
        NotFound: the assessment or term. Forbidden: nothing of the target is the planner's.
        Invalid: the assessment is retired, or the target names what is not there.
        NonsenseValue: due before it opens.
    """

    units: UnitOfWorkFactory
    clock: Clock
    new_id: NewId

    def __call__(self, command: PlanSectionsCommand) -> PlanSectionsReport:
        refuse_disorder(command.opens_at, command.due_at)
        now = self.clock.now()
        with self.units() as unit:
            assessment = seen_assessment(unit, command.viewer, command.assessment)
            preview = _previewed(unit, command)
            if preview.inside is None:
                raise Forbidden("None of these sections belong to your orgs.")
            if not preview.gets and preview.has:
                return PlanSectionsReport(preview, None)
            plan = AssessmentPlan(
                PlanId(self.new_id()), assessment.id, command.term_id, preview.inside,
                command.opens_at, command.due_at, command.viewer.person_id, now, None, None, 0,
            )  # fmt: skip
            saved = put_on(unit, plan, preview.gets, self.new_id)
            details = f"{len(preview.gets)} sections, {preview.inside.kind}"
            unit.audit.record(
                Deed(command.viewer.actor, "planned assessment", f"plan:{plan.id}", details, now)
            )
            unit.commit()
        return PlanSectionsReport(preview, saved)


@dataclass(frozen=True, slots=True)
class UndoPlan:
    """Take planned work away where nothing belongs to it yet; undoing twice is harmless.

    Raises:
        NotFound: no such plan for the viewer.
    """

    units: UnitOfWorkFactory
    clock: Clock

    def __call__(self, viewer: Viewer, plan_id: PlanId) -> UndoPlanReport:
        now = self.clock.now()
        with self.units() as unit:
            plan = _own_plan(unit, viewer, plan_id)
            works = unit.assessments.works_of_plan(plan.id)
            in_use = unit.assessments.works_in_use([work.id for work in works])
            free = [work.id for work in works if work.id not in in_use]
            unit.assessments.remove_works(free)
            undone = unit.plans.save(plan.undone(now)) if plan.stands else plan
            kept = tuple(
                unit.roster.section(work.section_id) for work in works if work.id in in_use
            )
            details = f"{len(free)} removed, {len(kept)} kept"
            unit.audit.record(Deed(viewer.actor, "undid plan", f"plan:{plan.id}", details, now))
            unit.commit()
        return UndoPlanReport(undone, len(free), kept)


@dataclass(frozen=True, slots=True)
class FollowPlans:
    """Give sections that came later what is planned for their courses and orgs.

    Plans of terms that are over, and of retired assessments, are not followed.
    """

    units: UnitOfWorkFactory
    clock: Clock
    new_id: NewId

    def __call__(self) -> int:
        """How many sections got something."""
        now = self.clock.now()
        with self.units() as unit:
            day = today(unit.settings, now)
            terms = [term for term in unit.roster.terms() if term.ends_on >= day]
            added = sum(self._follow(unit, term.id) for term in terms)
            if added:
                deed = Deed("system", "followed plans", "plans", f"{added} sections", now)
                unit.audit.record(deed)
                unit.commit()
        return added

    def _follow(self, unit: UnitOfWork, term_id: TermId) -> int:
        plans = [plan for plan in unit.plans.of_term(term_id) if plan.stands]
        everything = frozenset(org.id for org in unit.roster.orgs()) if plans else frozenset()
        added = 0
        for plan in plans:
            if not unit.assessments.get(plan.assessment_id).active:
                continue
            ground = PlanningGround.of(unit, term_id, everything)
            missing = [
                section
                for section in ground.meant(plan.target)
                if (plan.assessment_id, section.id) not in ground.taken
            ]
            unit.assessments.save_works(planned_works(plan, missing, self.new_id))
            added += len(missing)
        return added


def put_on(
    unit: UnitOfWork, plan: AssessmentPlan, sections: Iterable[Section], new_id: NewId
) -> AssessmentPlan:
    """Store the plan and its work in these sections."""
    saved = unit.plans.save(plan)
    unit.assessments.save_works(planned_works(plan, sections, new_id))
    return saved


def planned_works(
    plan: AssessmentPlan, sections: Iterable[Section], new_id: NewId
) -> list[SectionAssessment]:
    return [
        SectionAssessment(
            SectionAssessmentId(new_id()),
            plan.assessment_id,
            section.id,
            plan.due_at,
            planned=True,
            released_at=None,
            snapshot=None,
            version=0,
            opens_at=plan.opens_at,
            plan_id=plan.id,
        )
        for section in sections
    ]


def _previewed(unit: UnitOfWork, command: PlanSectionsCommand) -> PlanPreview:
    assessment = seen_assessment(unit, command.viewer, command.assessment)
    if not assessment.active:
        raise Invalid("assessment", "it is retired; restore it before you plan it.")
    unit.roster.term(command.term_id)
    ground = PlanningGround.of(unit, command.term_id, kept_orgs(unit, command.viewer))
    return ground.preview(assessment.id, command.target)


def _own_plan(unit: UnitOfWork, viewer: Viewer, plan_id: PlanId) -> AssessmentPlan:
    """A plan all of whose target the viewer keeps, or that the viewer made."""
    plan = unit.plans.get(plan_id)
    orgs = kept_orgs(unit, viewer)
    if viewer.sees_all or plan.made_by == viewer.person_id:
        return plan
    ground = PlanningGround.of(unit, plan.term_id, orgs)
    if ground.preview(plan.assessment_id, plan.target).inside != plan.target:
        raise NotFound("This plan")
    return plan
