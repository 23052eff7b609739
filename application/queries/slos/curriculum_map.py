"""The curriculum map: courses and their CSLOs against the PSLOs or ISLOs of an org."""

from collections import Counter
from dataclasses import dataclass

from application.college_rules import today
from application.org_tree import TreeOrg, drawn_orgs
from application.paging import on_page, page_within, pages_of
from application.ports.runtime import Clock
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.slos.keeper import Keeper, keeper_of
from application.slos.mapper import Pair
from application.slos.names import usual_term
from application.viewers import Viewer, with_those_below
from domain.ids import CourseId, OrgId
from domain.rostering import Course, Term, collation_key
from domain.slo import SloHead, SloKind, SloState
from domain.slo_mapping import MappingKind

COURSES = 25
"""Courses on one page of the map, at most."""
_CELLS = 100
"""Courses times columns on one page: a cell of each CSLO is a choice of five."""


@dataclass(frozen=True, slots=True)
class MapFilter:
    """`org` is an id; empty: the first that owns SLOs of the kind. `kind`: pslo or islo."""

    org: str = ""
    kind: str = SloKind.PROGRAM
    page: int = 1


@dataclass(frozen=True, slots=True)
class MapCell:
    """`mapped` with `kind` None: mapped without a kind."""

    lower: SloHead
    higher: SloHead
    mapped: bool
    kind: MappingKind | None
    may_change: bool


@dataclass(frozen=True, slots=True)
class MapRow:
    slo: SloHead
    cells: tuple[MapCell, ...]


@dataclass(frozen=True, slots=True)
class MapCourse:
    """`kinds` has, for each column, the kinds of all its CSLOs, or `mapped` for none."""

    course: Course
    rows: tuple[MapRow, ...]
    kinds: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class MapView:
    filter: MapFilter
    org: str
    columns: tuple[SloHead, ...]
    covered: tuple[int, ...]
    """For each column, how many courses of all pages lead there."""
    courses: tuple[MapCourse, ...]
    total: int
    page: int
    pages: int
    orgs: tuple[TreeOrg, ...]
    terms: tuple[Term, ...]
    term: Term | None

    @property
    def editable(self) -> bool:
        return any(
            cell.may_change for one in self.courses for row in one.rows for cell in row.cells
        )


@dataclass(frozen=True, slots=True)
class CurriculumMap:
    """Raises Forbidden for a role that keeps no outcomes."""

    units: UnitOfWorkFactory
    clock: Clock

    def __call__(self, viewer: Viewer, wanted: MapFilter) -> MapView:
        with self.units(write=False) as unit:
            keeper = keeper_of(unit, viewer)
            slos = [slo for slo in unit.curriculum.slo_heads() if slo.state is not SloState.RETIRED]
            columns, org = _columns(unit, keeper, slos, wanted)
            mapped = {
                (one.lower_id, one.higher_id): one.kind
                for one in unit.curriculum.mappings()
                if one.is_open
            }
            courses = _courses(unit, keeper, slos, columns, mapped, org)
            size = max(1, min(COURSES, _CELLS // max(1, len(columns))))
            page = page_within(wanted.page, len(courses), size)
            by_course = _by_course(slos)
            return MapView(
                wanted,
                org or "",
                columns,
                _covered(slos, columns, mapped),
                tuple(
                    _course(keeper, one, by_course[one.id], columns, mapped)
                    for one in on_page(courses, page, size)
                ),
                len(courses),
                page,
                pages_of(len(courses), size),
                drawn_orgs(unit.roster.orgs()),
                tuple(unit.roster.terms()),
                usual_term(unit, today(unit.settings, self.clock.now())),
            )


Mapped = dict[Pair, MappingKind | None]


def _columns(
    unit: UnitOfWork, keeper: Keeper, slos: list[SloHead], wanted: MapFilter
) -> tuple[tuple[SloHead, ...], OrgId | None]:
    kind = SloKind.INSTITUTION if wanted.kind == SloKind.INSTITUTION else SloKind.PROGRAM
    higher = [slo for slo in slos if slo.kind is kind]
    if kind is SloKind.INSTITUTION:
        return tuple(higher), OrgId(wanted.org) if wanted.org else None
    if wanted.org:
        return tuple(slo for slo in higher if slo.org_id == wanted.org), OrgId(wanted.org)
    owners = Counter(slo.org_id for slo in higher if keeper.keeps(slo)) or Counter(
        slo.org_id for slo in higher
    )
    tree = [one.org.id for one in drawn_orgs(unit.roster.orgs())]
    first = next((org_id for org_id in tree if owners[org_id]), None)
    return tuple(slo for slo in higher if slo.org_id == first), first


def _courses(
    unit: UnitOfWork,
    keeper: Keeper,
    slos: list[SloHead],
    columns: tuple[SloHead, ...],
    mapped: Mapped,
    org: OrgId | None,
) -> list[Course]:
    """Courses with CSLOs: those of the org and below it, and all that lead to a column."""
    inside = with_those_below(unit.roster.orgs(), [org] if org else keeper.orgs)
    higher = {slo.id for slo in columns}
    leading = {lower for lower, to in mapped if to in higher}
    with_slos: dict[CourseId, bool] = {}
    for slo in slos:
        if slo.kind is SloKind.COURSE and slo.course_id:
            leads = with_slos.get(slo.course_id, False) or slo.id in leading
            with_slos[slo.course_id] = leads
    found = [
        course
        for course in unit.roster.courses()
        if course.id in with_slos and (course.org_id in inside or with_slos[course.id])
    ]
    return sorted(found, key=lambda course: collation_key(course.code))


def _by_course(slos: list[SloHead]) -> dict[CourseId, list[SloHead]]:
    found: dict[CourseId, list[SloHead]] = {}
    for slo in slos:
        if slo.kind is SloKind.COURSE and slo.course_id:
            found.setdefault(slo.course_id, []).append(slo)
    return found


def _course(
    keeper: Keeper,
    course: Course,
    slos: list[SloHead],
    columns: tuple[SloHead, ...],
    mapped: Mapped,
) -> MapCourse:
    rows = tuple(
        MapRow(
            slo,
            tuple(
                MapCell(
                    slo,
                    higher,
                    (slo.id, higher.id) in mapped,
                    mapped.get((slo.id, higher.id)),
                    keeper.keeps(slo) or keeper.keeps(higher),
                )
                for higher in columns
            ),
        )
        for slo in slos
    )
    kinds = tuple(
        tuple(dict.fromkeys(str(cell.kind or "mapped") for cell in column if cell.mapped))
        for column in zip(*(row.cells for row in rows), strict=True)
    )
    return MapCourse(course, rows, kinds)


def _covered(slos: list[SloHead], columns: tuple[SloHead, ...], mapped: Mapped) -> tuple[int, ...]:
    courses = {slo.id: slo.course_id for slo in slos}
    return tuple(
        len({courses.get(lower) for lower, to in mapped if to == higher.id} - {None})
        for higher in columns
    )
