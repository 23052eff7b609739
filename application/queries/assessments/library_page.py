"""One assessment of the library: its definition, where it is used, its plans."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from application.planning.keeping import may_change, seen_assessment
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.viewers import Viewer, kept_orgs
from domain.assessment import Assessment, SectionAssessment
from domain.ids import SloId
from domain.planning import AssessmentPlan, PlanTarget, TargetKind
from domain.rostering import Term
from domain.rubric import Criterion

_NAMES = 12


@dataclass(frozen=True, slots=True)
class TermUse:
    """`editions` counts sections that were scored, by the edition that they froze."""

    term: Term
    sections: int
    editions: Mapping[int, int]
    closed: int


@dataclass(frozen=True, slots=True)
class PlanLine:
    """`names` are the first few of what it is for, `more` how many others."""

    plan: AssessmentPlan
    term: str
    names: tuple[str, ...]
    more: int
    sections: int
    """In how many sections its work stands."""


@dataclass(frozen=True, slots=True)
class RubricPart:
    """One rubric of the assessment; the name is empty where there is only one."""

    name: str
    rows: tuple[Criterion, ...]


@dataclass(frozen=True, slots=True)
class LibraryItemView:
    assessment: Assessment
    org: str
    owner: str
    scale: str
    slos: Mapping[SloId, str]
    """Codes of the SLOs that the rows show."""
    parts: tuple[RubricPart, ...]
    uses: tuple[TermUse, ...]
    plans: tuple[PlanLine, ...]
    may_change: bool

    @property
    def scored(self) -> int:
        return sum(sum(use.editions.values()) for use in self.uses)


@dataclass(frozen=True, slots=True)
class LibraryPage:
    """`assessment` is an id or a code. Raises NotFound, Forbidden."""

    units: UnitOfWorkFactory

    def __call__(self, viewer: Viewer, assessment: str) -> LibraryItemView:
        with self.units(write=False) as unit:
            found = seen_assessment(unit, viewer, assessment)
            wanted = {slo_id for row in found.rubric.rows for slo_id in row.slo_ids}
            owners = unit.roster.people([found.owner_id]) if found.owner_id else {}
            works = unit.assessments.works_of(found.id)
            return LibraryItemView(
                assessment=found,
                org=unit.roster.org(found.org_id).name if found.org_id else "",
                owner=next((person.full_name for person in owners.values()), ""),
                scale=unit.outcomes.scale(found.scale_id).name,
                slos={slo.id: slo.code for slo in unit.outcomes.slos_by_id(wanted).values()},
                parts=parts_of(found),
                uses=tuple(_uses(unit, works)),
                plans=tuple(_plans(unit, found, works)),
                may_change=may_change(found, viewer, kept_orgs(unit, viewer)),
            )


def parts_of(assessment: Assessment) -> tuple[RubricPart, ...]:
    """The rubrics in the order in which their first rows stand."""
    names = dict.fromkeys(row.part for row in assessment.rubric.criteria)
    return tuple(
        RubricPart(name, tuple(row for row in assessment.rubric.criteria if row.part == name))
        for name in names
    )


def _uses(unit: UnitOfWork, works: list[SectionAssessment]) -> list[TermUse]:
    """Newest term first."""
    homes = {section.id: section.term_id for section in unit.roster.sections()} if works else {}
    found = []
    for term in unit.roster.terms():
        own = [work for work in works if homes.get(work.section_id) == term.id]
        if own:
            editions = Counter(work.edition for work in own if work.edition is not None)
            found.append(TermUse(term, len(own), editions, sum(work.closed for work in own)))
    return found


def _plans(
    unit: UnitOfWork, assessment: Assessment, works: list[SectionAssessment]
) -> list[PlanLine]:
    """Newest first."""
    planned = Counter(work.plan_id for work in works)
    terms = {term.id: term.name for term in unit.roster.terms()}
    lines = []
    for plan in unit.plans.of_assessment(assessment.id):
        names = target_names(unit, plan.target)
        lines.append(
            PlanLine(
                plan,
                terms[plan.term_id],
                names[:_NAMES],
                max(0, len(names) - _NAMES),
                planned[plan.id],
            )
        )
    return lines


def target_names(unit: UnitOfWork, target: PlanTarget) -> tuple[str, ...]:
    """Section titles, course codes or names of orgs, in order."""
    wanted, found = set(target.ids), list[str]()
    match target.kind:
        case TargetKind.SECTIONS:
            found = [one.title for one in unit.roster.sections() if one.id in wanted]
        case TargetKind.COURSES:
            found = [one.code for one in unit.roster.courses() if one.id in wanted]
        case TargetKind.ORGS:
            found = [one.name for one in unit.roster.orgs() if one.id in wanted]
    return tuple(sorted(found))
