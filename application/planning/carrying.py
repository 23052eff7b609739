"""A term's plans looked at again for another term, matched by course."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from application.college_rules import college_time
from application.errors import Invalid
from application.planning.targets import PlanningGround, PlanPreview
from application.ports.unit_of_work import UnitOfWork
from application.viewers import Viewer, kept_orgs
from domain.assessment import Assessment, SectionAssessment
from domain.college_time import CollegeTime
from domain.ids import AssessmentId, PlanId, TermId
from domain.planning import AssessmentPlan, PlanTarget, TargetKind
from domain.rostering import Term

UNPLANNED = "work:"
"""Begins the key of planned work that no plan of ours put there, such as imported work."""


@dataclass(frozen=True, slots=True)
class CarryLine:
    """What one plan of the earlier term becomes; `key` names it for choosing.

    `reason` not empty: it is not carried, and why.
    """

    key: str
    assessment: Assessment
    target: PlanTarget | None
    names: tuple[str, ...]
    """Codes of the courses or orgs that it is for."""
    opens_at: datetime | None
    due_at: datetime | None
    preview: PlanPreview | None
    carried_from: PlanId | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class _Source:
    key: str
    assessment_id: AssessmentId
    target: PlanTarget
    opens_at: datetime | None
    due_at: datetime | None
    plan_id: PlanId | None


def carry_lines(
    unit: UnitOfWork, viewer: Viewer, earlier: TermId, later: TermId
) -> list[CarryLine]:
    """By assessment name; plans of which nothing is the viewer's are left out.

    Raises:
        Invalid: the same term twice. NotFound: a term. Forbidden.
    """
    if earlier == later:
        raise Invalid("to", "choose another term than the first.")
    orgs = kept_orgs(unit, viewer)
    shift = _Shift.between(
        unit.roster.term(earlier), unit.roster.term(later), college_time(unit.settings)
    )
    before = PlanningGround.of(unit, earlier, orgs)
    after = PlanningGround.of(unit, later, orgs)
    assessments = {one.id: one for one in unit.assessments.all()}
    standing = [plan for plan in unit.plans.of_term(later) if plan.stands]
    lines = (
        _line(source, assessments[source.assessment_id], before, after, standing, shift)
        for source in _sources(unit, earlier, before)
    )
    return sorted(
        (line for line in lines if line is not None), key=lambda one: (one.assessment.name, one.key)
    )


@dataclass(frozen=True, slots=True)
class _Shift:
    """Whole weeks between the starts of terms, so that a Friday stays a Friday."""

    by: timedelta
    time: CollegeTime

    @staticmethod
    def between(earlier: Term, later: Term, time: CollegeTime) -> "_Shift":
        weeks = round((later.starts_on - earlier.starts_on).days / 7)
        return _Shift(timedelta(weeks=weeks), time)

    def __call__(self, at: datetime | None) -> datetime | None:
        return None if at is None else self.time.moved(at, self.by)


def _sources(unit: UnitOfWork, term_id: TermId, ground: PlanningGround) -> Iterator[_Source]:
    for plan in unit.plans.of_term(term_id):
        if plan.stands:
            yield _Source(
                plan.id, plan.assessment_id, plan.target, plan.opens_at, plan.due_at, plan.id
            )
    works = unit.assessments.works_in([section.id for section in ground.sections])
    yield from _unplanned(work for work in works if work.planned and work.plan_id is None)


def _unplanned(works: Iterable[SectionAssessment]) -> Iterator[_Source]:
    """Work that says planned and names no plan: one source for each assessment."""
    grouped: dict[AssessmentId, list[SectionAssessment]] = {}
    for work in works:
        grouped.setdefault(work.assessment_id, []).append(work)
    for assessment_id, group in grouped.items():
        target = PlanTarget(TargetKind.SECTIONS, tuple(work.section_id for work in group))
        opens = [work.opens_at for work in group if work.opens_at]
        due = [work.due_at for work in group if work.due_at]
        yield _Source(
            f"{UNPLANNED}{assessment_id}",
            assessment_id,
            target,
            min(opens, default=None),
            max(due, default=None),
            None,
        )


def _line(
    source: _Source,
    assessment: Assessment,
    before: PlanningGround,
    after: PlanningGround,
    standing: list[AssessmentPlan],
    shift: _Shift,
) -> CarryLine | None:
    wanted = _by_course(source.target, before)
    preview = after.preview(assessment.id, wanted) if wanted else None
    target = preview.inside if preview else None
    if target is None:
        return None
    return CarryLine(
        key=source.key,
        assessment=assessment,
        target=target,
        names=_names(target, after),
        opens_at=shift(source.opens_at),
        due_at=shift(source.due_at),
        preview=preview,
        carried_from=source.plan_id,
        reason=_why_not(source, assessment, target, standing),
    )


def _by_course(target: PlanTarget, before: PlanningGround) -> PlanTarget | None:
    """Sections become their courses; of orgs and courses what is still active stays."""
    ids: tuple[str, ...] = ()
    match target.kind:
        case TargetKind.SECTIONS:
            ids = before.courses_meant(target)
        case TargetKind.COURSES:
            ids = tuple(one for one in target.ids if one in before.courses)
        case TargetKind.ORGS:
            active = {org.id for org in before.orgs if org.active}
            ids = tuple(one for one in target.ids if one in active)
    kind = TargetKind.ORGS if target.kind is TargetKind.ORGS else TargetKind.COURSES
    return PlanTarget(kind, ids) if ids else None


def _names(target: PlanTarget, ground: PlanningGround) -> tuple[str, ...]:
    codes: dict[str, str] = {course.id: course.code for course in ground.courses.values()}
    codes |= {org.id: org.name for org in ground.orgs}
    return tuple(sorted(codes.get(one, one) for one in target.ids))


def _why_not(
    source: _Source, assessment: Assessment, target: PlanTarget, standing: list[AssessmentPlan]
) -> str:
    if not assessment.active:
        return "The assessment is retired."
    for plan in standing:
        same = plan.assessment_id == assessment.id and plan.target == target
        if same or (source.plan_id is not None and plan.carried_from == source.plan_id):
            return "Carried already."
    return ""
