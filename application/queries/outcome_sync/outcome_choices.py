"""What pages about outcomes in the LMS are concerned with: site, org and course, filtered."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from application.errors import NotFound
from application.org_tree import TreeOrg, drawn_orgs
from application.outcome_sync.scope import AccountScope, CourseScope, OrgScope, WholeCollege
from application.queries.outcome_sync.sync_scopes import ScopeChoice, SiteChoice, SyncScopes
from application.viewers import Viewer, with_those_below
from domain.ids import CourseId, OrgId
from domain.rostering import Course


@dataclass(frozen=True, slots=True)
class OutcomeFilter:
    """Empty means all; an empty `site`, which is a name, the first one in use."""

    site: str = ""
    org: str = ""
    course: str = ""


@dataclass(frozen=True, slots=True)
class OutcomeChoicesView:
    """`filter` as it holds: what is not there is left out. `site` None: none is in use."""

    filter: OutcomeFilter
    sites: tuple[SiteChoice, ...]
    site: SiteChoice | None
    orgs: tuple[TreeOrg, ...]
    courses: tuple[Course, ...]
    """Those of the org that is filtered for, by code."""
    scope: AccountScope
    named: str
    """The course or org of the scope; empty for all that the viewer sees."""


@dataclass(frozen=True, slots=True)
class OutcomeChoices:
    sync_scopes: SyncScopes

    def __call__(self, viewer: Viewer, wanted: OutcomeFilter) -> OutcomeChoicesView:
        """Raises: Forbidden, the role has no part in it; NotFound, no such site is in use."""
        choice = self.sync_scopes(viewer)
        orgs = {org.id: org.name for org in choice.orgs}
        org = wanted.org if wanted.org in orgs else ""
        courses = _within(choice, org)
        codes = {one.id: f"{one.code} {one.title}" for one in courses}
        course = wanted.course if wanted.course in codes else ""
        site = _site(choice.sites, wanted.site)
        held = replace(wanted, site=site.site.name if site else "", org=org, course=course)
        return OutcomeChoicesView(
            filter=held,
            sites=choice.sites,
            site=site,
            orgs=drawn_orgs(choice.orgs),
            courses=courses,
            scope=_scope(held),
            named=codes.get(CourseId(course)) or orgs.get(OrgId(org), ""),
        )


def _site(sites: Sequence[SiteChoice], name: str) -> SiteChoice | None:
    if not name:
        return sites[0] if sites else None
    for one in sites:
        if one.site.name == name:
            return one
    raise NotFound(f"The Canvas site {name}")


def _within(choice: ScopeChoice, org: str) -> tuple[Course, ...]:
    if not org:
        return choice.courses
    below = with_those_below(choice.orgs, [OrgId(org)])
    return tuple(course for course in choice.courses if course.org_id in below)


def _scope(held: OutcomeFilter) -> AccountScope:
    if held.course:
        return CourseScope(CourseId(held.course))
    return OrgScope(OrgId(held.org)) if held.org else WholeCollege()
