"""Whose an action plan is: sections, courses and orgs by their names, and what lies in them."""

from collections.abc import Iterable
from dataclasses import dataclass

from application.errors import Invalid
from application.improvement.sight import ImprovementSight
from application.ports.unit_of_work import UnitOfWork
from application.slos.names import course_named, org_named
from application.viewers import with_those_below
from domain.assessment import SectionAssessment
from domain.ids import CourseId, OrgId, PersonId, SectionId, SloId, TermId
from domain.improvement.action_plan import OwnerKind, PlanOwner
from domain.rostering import Org, Section, comparable_title

PROGRAM = "program"
"""The kind of an org that is a program."""
ORG_LEVEL = (OwnerKind.ORG, OwnerKind.PROGRAM)


@dataclass(frozen=True, slots=True)
class NamedOwner:
    """An owner that is there; `org_id` is the org that keeps its plans."""

    owner: PlanOwner
    org_id: OrgId
    name: str


def owners_named(
    unit: UnitOfWork, sight: ImprovementSight, kind: OwnerKind, names: Iterable[str], term: TermId
) -> list[NamedOwner]:
    """Sections by id, Title or source id within the term; courses and orgs by id or code.

    Raises: Invalid for a name that fits nothing which the viewer keeps or teaches.
    """
    wanted = list(dict.fromkeys(name.strip() for name in names if name.strip()))
    if not wanted:
        raise Invalid("names", "name at least one.")
    return [_named(unit, sight, kind, name, term) for name in wanted]


def _named(
    unit: UnitOfWork, sight: ImprovementSight, kind: OwnerKind, name: str, term: TermId
) -> NamedOwner:
    if kind is OwnerKind.SECTION:
        return _section(unit, sight, name, term)
    found: NamedOwner
    if kind is OwnerKind.COURSE:
        course = course_named(unit, name, "names")
        found = NamedOwner(PlanOwner(kind, course.id), course.org_id, course.code)
    else:
        org = org_named(unit, name, "names")
        found = NamedOwner(PlanOwner(_level(org), org.id), org.id, org.name)
    if not sight.keeps(found.org_id):
        raise Invalid("names", f"'{name}' is not of your orgs.")
    return found


def _level(org: Org) -> OwnerKind:
    return OwnerKind.PROGRAM if org.kind.casefold() == PROGRAM else OwnerKind.ORG


def _section(unit: UnitOfWork, sight: ImprovementSight, name: str, term: TermId) -> NamedOwner:
    title = comparable_title(name)
    courses = {course.id: course for course in unit.roster.courses()}
    for one in unit.roster.sections():
        here = one.term_id == term and title in {one.id, one.source_id, comparable_title(one.title)}
        if not here:
            continue
        org_id = courses[one.course_id].org_id
        if sight.keeps(org_id) or one.id in sight.sections:
            return NamedOwner(PlanOwner(OwnerKind.SECTION, one.id), org_id, one.title)
    raise Invalid("names", f"no section of this term that you keep or teach is called '{name}'.")


def owner_name(unit: UnitOfWork, owner: PlanOwner) -> str:
    """As a page names it."""
    match owner.kind:
        case OwnerKind.SECTION:
            return unit.roster.section(SectionId(owner.id)).title
        case OwnerKind.COURSE:
            return unit.roster.course(CourseId(owner.id)).code
        case _:
            return unit.roster.org(OrgId(owner.id)).name


def sections_within(unit: UnitOfWork, owner: PlanOwner) -> list[Section]:
    """Active sections of the owner in all terms; a section stands for its whole course."""
    sections = [one for one in unit.roster.sections() if one.active]
    if owner.kind in ORG_LEVEL:
        orgs = with_those_below(unit.roster.orgs(), [OrgId(owner.id)])
        courses = {one.id for one in unit.roster.courses() if one.org_id in orgs}
        return [one for one in sections if one.course_id in courses]
    course_id = owner.id
    if owner.section_id is not None:
        course_id = unit.roster.section(owner.section_id).course_id
    return [one for one in sections if one.course_id == course_id]


def teachers_of(unit: UnitOfWork, sections: Iterable[Section]) -> frozenset[PersonId]:
    found = unit.standings.teachers([one.id for one in sections])
    return frozenset(person.id for people in found.values() for person in people)


def everybody_teaching(unit: UnitOfWork, owner: PlanOwner, term: TermId) -> frozenset[PersonId]:
    """Who teaches the owner's sections in a term: they are asked where nobody is named."""
    return teachers_of(unit, (one for one in sections_within(unit, owner) if one.term_id == term))


def measured_slos(work: SectionAssessment) -> frozenset[SloId]:
    """SLOs of which the work has results; none before its first score."""
    if work.snapshot is None:
        return frozenset()
    return frozenset(slo_id for row in work.snapshot.rows for slo_id in row.slo_ids)
