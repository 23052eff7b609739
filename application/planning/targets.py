"""Which sections a plan means: those that get it, have it, or are not the planner's."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from application.errors import Invalid
from application.ports.unit_of_work import UnitOfWork
from application.viewers import with_those_below
from domain.ids import AssessmentId, CourseId, OrgId, TermId
from domain.planning import PlanTarget, TargetKind
from domain.rostering import Course, Org, Section


@dataclass(frozen=True, slots=True)
class PlanPreview:
    """Sections by title. `inside` is the target without what is not the planner's."""

    gets: tuple[Section, ...]
    has: tuple[Section, ...]
    outside: tuple[Section, ...]
    inside: PlanTarget | None


@dataclass(frozen=True, slots=True)
class PlanningGround:
    """The sections of a term with what is needed to sort them, read once for many plans."""

    sections: tuple[Section, ...]
    courses: dict[CourseId, Course]
    orgs: tuple[Org, ...]
    kept: frozenset[OrgId]
    taken: frozenset[tuple[str, str]]
    """Assessments and sections that belong together already."""

    @classmethod
    def of(cls, unit: UnitOfWork, term_id: TermId, kept: frozenset[OrgId]) -> "PlanningGround":
        sections = unit.standings.sections_of(term_id)
        works = unit.assessments.works_in([section.id for section in sections])
        return cls(
            tuple(sections),
            {course.id: course for course in unit.roster.courses() if course.active},
            tuple(unit.roster.orgs()),
            kept,
            frozenset((work.assessment_id, work.section_id) for work in works),
        )

    def preview(self, assessment_id: AssessmentId, target: PlanTarget) -> PlanPreview:
        """Raises: Invalid when the target names something that is not of this term."""
        self._refuse_unknown(target)
        meant = self.meant(target)
        inside = [one for one in meant if self._org_of(one) in self.kept]
        own: set[str] = {one.id for one in inside}
        return PlanPreview(
            gets=tuple(s for s in inside if (assessment_id, s.id) not in self.taken),
            has=tuple(s for s in inside if (assessment_id, s.id) in self.taken),
            outside=tuple(s for s in meant if s.id not in own),
            inside=self._narrowed(target, own),
        )

    def courses_meant(self, target: PlanTarget) -> tuple[str, ...]:
        """Ids of the active courses of the sections that the target means."""
        found = dict.fromkeys(one.course_id for one in self.meant(target))
        return tuple(course_id for course_id in found if course_id in self.courses)

    def meant(self, target: PlanTarget) -> list[Section]:
        """All sections of the target, whoever keeps them."""
        ids = frozenset(target.ids)
        match target.kind:
            case TargetKind.SECTIONS:
                return [one for one in self.sections if one.id in ids]
            case TargetKind.COURSES:
                return [one for one in self.sections if one.course_id in ids]
            case TargetKind.ORGS:
                below = with_those_below(self.orgs, [OrgId(one) for one in target.ids])
                return [one for one in self.sections if self._org_of(one) in below]

    def _org_of(self, section: Section) -> OrgId | None:
        course = self.courses.get(section.course_id)
        return course.org_id if course else None

    def _narrowed(self, target: PlanTarget, sections: set[str]) -> PlanTarget | None:
        kept: Iterable[str]
        match target.kind:
            case TargetKind.SECTIONS:
                kept = (one for one in target.ids if one in sections)
            case TargetKind.COURSES:
                courses = {one: self.courses.get(CourseId(one)) for one in target.ids}
                kept = (one for one, course in courses.items() if course and
                        course.org_id in self.kept)  # fmt: skip
            case TargetKind.ORGS:
                kept = (one for one in target.ids if one in self.kept)
        ids = tuple(kept)
        return replace(target, ids=ids) if ids else None

    def _refuse_unknown(self, target: PlanTarget) -> None:
        known: set[str]
        match target.kind:
            case TargetKind.SECTIONS:
                known = {one.id for one in self.sections}
            case TargetKind.COURSES:
                known = set(self.courses)
            case TargetKind.ORGS:
                known = {org.id for org in self.orgs if org.active}
        if not known.issuperset(target.ids):
            raise Invalid(target.kind, f"choose active {target.kind} of this term.")
