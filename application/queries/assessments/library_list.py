"""The assessment library as keepers see it: filtered, a page at a time."""

from dataclasses import dataclass

from application.org_tree import TreeOrg, drawn_orgs
from application.paging import on_page, page_within, pages_of
from application.planning.keeping import is_seen, may_change
from application.ports.repositories import Uses
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.viewers import Viewer, kept_orgs, with_those_below
from domain.assessment import Assessment, AssessmentState
from domain.ids import OrgId, SloId

PAGE = 100
_UNUSED = Uses(0, 0)


@dataclass(frozen=True, slots=True)
class LibraryFilter:
    """Empty means all, but for `state`: what is retired is shown only when asked for.

    `org` is an id or code, with all below it; `slo` a code; `shared` is `library` or `own`.
    """

    kind: str = ""
    purpose: str = ""
    org: str = ""
    slo: str = ""
    state: str = AssessmentState.ACTIVE
    shared: str = ""
    query: str = ""


@dataclass(frozen=True, slots=True)
class LibraryLine:
    assessment: Assessment
    org: str
    """Name of the org that shares it; empty for the whole college."""
    uses: Uses
    may_change: bool


@dataclass(frozen=True, slots=True)
class LibraryView:
    filter: LibraryFilter
    orgs: tuple[TreeOrg, ...]
    lines: tuple[LibraryLine, ...]
    total: int
    all_there: int
    """How many the viewer sees without any filter."""
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class LibraryList:
    """By name. Raises Forbidden."""

    units: UnitOfWorkFactory

    def __call__(self, viewer: Viewer, wanted: LibraryFilter, page: int = 1) -> LibraryView:
        with self.units(write=False) as unit:
            orgs = kept_orgs(unit, viewer)
            seen = [one for one in unit.assessments.all() if is_seen(one, viewer, orgs)]
            fits = _Fitting.of(unit, wanted)
            found = [one for one in seen if fits(one)]
            uses = unit.assessments.uses()
            names = {org.id: org.name for org in unit.roster.orgs()}
            tree = drawn_orgs(org for org in unit.roster.orgs() if org.id in orgs)
        at = page_within(page, len(found), PAGE)
        return LibraryView(
            filter=wanted,
            orgs=tree,
            lines=tuple(
                LibraryLine(
                    one,
                    names.get(one.org_id, "") if one.org_id else "",
                    uses.get(one.id, _UNUSED),
                    may_change(one, viewer, orgs),
                )
                for one in on_page(found, at, PAGE)
            ),
            total=len(found),
            all_there=len(seen),
            page=at,
            pages=pages_of(len(found), PAGE),
        )


@dataclass(frozen=True, slots=True)
class _Fitting:
    wanted: LibraryFilter
    orgs: frozenset[OrgId] | None
    slos: frozenset[SloId] | None

    @classmethod
    def of(cls, unit: UnitOfWork, wanted: LibraryFilter) -> "_Fitting":
        orgs, slos = None, None
        if wanted.org:
            listed = unit.roster.orgs()
            roots = [one.id for one in listed if wanted.org in {one.id, one.code}]
            orgs = with_those_below(listed, roots)
        if word := wanted.slo.strip().casefold():
            slos = frozenset(
                slo.id for slo in unit.outcomes.slos() if slo.code.casefold().startswith(word)
            )
        return cls(wanted, orgs, slos)

    def __call__(self, one: Assessment) -> bool:
        wanted = self.wanted
        return (
            wanted.kind in {"", one.kind}
            and wanted.purpose in {"", one.purpose}
            and wanted.state in {"", one.state}
            and wanted.shared in {"", "library" if one.in_library else "own"}
            and (self.orgs is None or one.org_id in self.orgs)
            and (self.slos is None or not self.slos.isdisjoint(slos_of(one)))
            and _speaks_of(one, wanted.query)
        )


def slos_of(one: Assessment) -> frozenset[SloId]:
    return frozenset(slo_id for row in one.rubric.rows for slo_id in row.slo_ids)


def _speaks_of(one: Assessment, query: str) -> bool:
    words = f"{one.name} {one.code} {one.description}".casefold()
    return all(word in words for word in query.casefold().split())
