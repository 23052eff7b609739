"""Reflections that others wrote, for those who may read them."""

from dataclasses import dataclass

from application.ports.scoring_repositories import ReflectionFilter, SubmittedReflection
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.viewers import Viewer, kept_orgs, with_those_below
from domain.access import Right, may
from domain.ids import OrgId, TermId
from domain.rostering import EnrolmentRole, Org, Term

PAGE = 50


@dataclass(frozen=True, slots=True)
class ReflectionsAsked:
    """`term` and `org` are ids; empty means all that the viewer may read."""

    term: str = ""
    org: str = ""
    page: int = 1


@dataclass(frozen=True, slots=True)
class ReflectionsView:
    asked: ReflectionsAsked
    terms: tuple[Term, ...]
    orgs: tuple[Org, ...]
    found: tuple[SubmittedReflection, ...]
    shared_only: bool
    """The viewer is shown what was shared, and not all that was submitted."""
    more: bool


@dataclass(frozen=True, slots=True)
class ReflectionList:
    """Keepers of an org read what was submitted there; faculty what was shared with them."""

    units: UnitOfWorkFactory

    def __call__(self, viewer: Viewer, asked: ReflectionsAsked) -> ReflectionsView:
        with self.units(write=False) as unit:
            shared_only = not _keeps(viewer)
            reach = _taught_orgs(unit, viewer) if shared_only else kept_orgs(unit, viewer)
            all_orgs = unit.roster.orgs()
            chosen = reach & with_those_below(all_orgs, [OrgId(asked.org)]) if asked.org else reach
            everywhere = viewer.sees_all and not asked.org
            term = TermId(asked.term) if asked.term else None
            wanted = ReflectionFilter(term, None if everywhere else chosen, shared_only)
            found = unit.reflections.submitted(
                wanted, limit=PAGE + 1, offset=PAGE * (asked.page - 1)
            )
            return ReflectionsView(
                asked,
                tuple(sorted(unit.roster.terms(), key=lambda one: one.starts_on, reverse=True)),
                tuple(one for one in all_orgs if one.id in reach),
                tuple(found[:PAGE]),
                shared_only,
                len(found) > PAGE,
            )


def _keeps(viewer: Viewer) -> bool:
    return viewer.role is None or may(viewer.role, Right.KEEP_OUTCOMES)


def _taught_orgs(unit: UnitOfWork, viewer: Viewer) -> frozenset[OrgId]:
    if viewer.person_id is None:
        return frozenset()
    taught = unit.roster.sections_of(viewer.person_id, EnrolmentRole.TEACHER)
    return frozenset(unit.roster.course(section.course_id).org_id for section in taught)
