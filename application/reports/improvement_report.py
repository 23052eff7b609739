"""Improvement: action plans that results led to, and how many were followed up."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from application.org_tree import TreeOrg, drawn_orgs
from application.ports.runtime import Clock
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.reports.asked import ReportAsked, ReportScope, scope_of
from application.reports.bars import per_cent
from application.reports.curriculum import curriculum_of
from application.reports.reach import ReportReach, report_reach
from application.viewers import Viewer
from domain.ids import CourseId, OrgId, SectionId, TermId
from domain.improvement.action_plan import ActionPlan, ActionPlanState, OwnerKind, PlanOwner
from domain.rostering import collation_key

RULES = (
    "A plan is closed when it is followed up with a later result of the same SLO.",
    "Withdrawn plans are no part of the share.",
    "The report tells what became of plans and never how students did, so nothing is withheld.",
)


@dataclass(frozen=True, slots=True)
class PlanStage:
    """States that a chart draws as one."""

    name: str
    states: frozenset[ActionPlanState]


_ENDED = (
    PlanStage("Followed up, closed", frozenset({ActionPlanState.FOLLOWED_UP})),
    PlanStage("Done, not followed up", frozenset({ActionPlanState.DONE})),
)
_WITHDRAWN = PlanStage("Withdrawn", frozenset({ActionPlanState.WITHDRAWN}))
_OPEN = frozenset(ActionPlanState) - _WITHDRAWN.states.union(*(one.states for one in _ENDED))
STAGES = (*_ENDED, PlanStage("Still open", _OPEN), _WITHDRAWN)
"""From the end of the work; every state stands in one of them."""
_MOST_DRAWN = 12


@dataclass(frozen=True, slots=True)
class ImprovementLine:
    """The plans of one org that answer results of one term, or all of them."""

    term: str
    org: str
    states: Mapping[ActionPlanState, int]

    @property
    def opened(self) -> int:
        """Asked for or begun, whatever became of them."""
        return sum(self.states.values())

    @property
    def closed(self) -> int:
        """Followed up with a later result."""
        return self.of(ActionPlanState.FOLLOWED_UP)

    @property
    def closed_share(self) -> Decimal | None:
        """In per cent of those that were not withdrawn; None where there are none."""
        kept = self.opened - self.of(ActionPlanState.WITHDRAWN)
        return per_cent(self.closed, kept) if kept else None

    def of(self, state: ActionPlanState) -> int:
        return self.states.get(state, 0)

    @property
    def stages(self) -> tuple[tuple[PlanStage, int], ...]:
        """All of them, in the order of `STAGES`."""
        return tuple((stage, sum(self.of(one) for one in stage.states)) for stage in STAGES)


@dataclass(frozen=True, slots=True)
class ImprovementView:
    """No line tells how students did, so that none is withheld.

    `lines` stand by term, the newest first, and by org. Without a term in the scope they
    are of all terms.
    """

    asked: ReportAsked
    scope: ReportScope
    orgs: tuple[TreeOrg, ...]
    lines: tuple[ImprovementLine, ...]
    terms: tuple[ImprovementLine, ...]
    """The same with all orgs in one line a term."""
    total: ImprovementLine
    own_sections: bool
    rules: tuple[str, ...] = RULES

    @property
    def drawn(self) -> tuple[ImprovementLine, ...]:
        """The terms that a chart shows: the newest, so that it stays one picture."""
        return self.terms[:_MOST_DRAWN]

    @property
    def chart_title(self) -> str:
        title = "Action plans by the term of the results they answer"
        whole = len(self.terms) <= _MOST_DRAWN
        return title if whole else f"{title}, the newest {_MOST_DRAWN} terms"


@dataclass(frozen=True, slots=True)
class ImprovementReport:
    """An empty term means all, since loops are closed in later terms.

    Faculty read of the plans of the courses that they teach.

    Raises: Forbidden; Invalid for a name that fits nothing of the viewer's.
    """

    units: UnitOfWorkFactory
    clock: Clock

    def __call__(self, viewer: Viewer, asked: ReportAsked) -> ImprovementView:
        with self.units(write=False) as unit:
            reach = report_reach(unit, viewer)
            scope = scope_of(unit, curriculum_of(unit), reach, asked, self.clock)
            scope = scope if asked.term else replace(scope, term=None)
            plans = list(_plans(unit, reach, scope))
            names = {org.id: org.name for org in unit.roster.orgs()}
            return ImprovementView(
                asked,
                scope,
                drawn_orgs(reach.orgs),
                _lines(plans, scope, names),
                _terms(plans, scope),
                ImprovementLine("All", "", _states(plans)),
                reach.is_own_sections,
            )


def _plans(unit: UnitOfWork, reach: ReportReach, scope: ReportScope) -> Iterator[ActionPlan]:
    """Of faculty and of chosen courses those that sections and courses own."""
    by_course = reach.is_own_sections or scope.asks_for_courses
    of_section = _courses(unit) if by_course else {}
    for plan in unit.action_plans.in_orgs(None if reach.is_own_sections else scope.orgs):
        in_term = scope.term is None or plan.term_id == scope.term.id
        if in_term and (not by_course or _course(plan.owner, of_section) in scope.courses):
            yield plan


def _courses(unit: UnitOfWork) -> Mapping[SectionId, CourseId]:
    return {one.id: one.course_id for one in unit.roster.sections()}


def _course(owner: PlanOwner, of_section: Mapping[SectionId, CourseId]) -> CourseId | None:
    if owner.kind is OwnerKind.COURSE:
        return CourseId(owner.id)
    return of_section.get(owner.section_id) if owner.section_id else None


def _lines(
    plans: Iterable[ActionPlan], scope: ReportScope, names: Mapping[OrgId, str]
) -> tuple[ImprovementLine, ...]:
    found: dict[tuple[TermId, OrgId], list[ActionPlan]] = {}
    for plan in plans:
        found.setdefault((plan.term_id, plan.org_id), []).append(plan)
    orgs = sorted({org for _, org in found}, key=lambda org: (collation_key(names[org]), org))
    return tuple(
        ImprovementLine(term.name, names[org], _states(found[term.id, org]))
        for term in sorted(scope.terms, key=lambda one: one.starts_on, reverse=True)
        for org in orgs
        if (term.id, org) in found
    )


def _terms(plans: Iterable[ActionPlan], scope: ReportScope) -> tuple[ImprovementLine, ...]:
    found: dict[TermId, list[ActionPlan]] = {}
    for plan in plans:
        found.setdefault(plan.term_id, []).append(plan)
    return tuple(
        ImprovementLine(term.name, "", _states(found[term.id]))
        for term in sorted(scope.terms, key=lambda one: one.starts_on, reverse=True)
        if term.id in found
    )


def _states(plans: Iterable[ActionPlan]) -> Mapping[ActionPlanState, int]:
    """In the order of the work."""
    counts = Counter(plan.state for plan in plans)
    return {state: counts[state] for state in ActionPlanState if counts[state]}
