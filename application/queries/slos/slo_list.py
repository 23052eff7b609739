"""SLOs by filter, a page at a time."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from application.org_tree import TreeOrg, drawn_orgs
from application.paging import on_page, page_within, pages_of
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.slos.keeper import Keeper, keeper_of
from application.viewers import Viewer, with_those_below
from domain.ids import CourseId, OrgId, SloId
from domain.rostering import Course, collation_key
from domain.slo import Slo, SloHead, SloKind, SloState

PAGE = 100


@dataclass(frozen=True, slots=True)
class SloFilter:
    """Empty: any. `org` is an id and counts with those below it; `course` an id or how codes begin.

    `state` empty: all but retired ones; `all`: those too.
    """

    kind: str = ""
    org: str = ""
    course: str = ""
    state: str = ""
    search: str = ""
    own: bool = False
    """Only those that the viewer may change."""
    page: int = 1


@dataclass(frozen=True, slots=True)
class SloLine:
    id: SloId
    code: str
    kind: SloKind
    owner: str
    title: str
    statement: str
    state: SloState
    version: int
    mapped_to: tuple[str, ...]
    """Codes of higher SLOs, as far as these mappings have not ended."""
    kept: bool
    """The viewer may change it."""


@dataclass(frozen=True, slots=True)
class SloListView:
    lines: tuple[SloLine, ...]
    total: int
    any_at_all: bool
    page: int
    filter: SloFilter
    orgs: tuple[TreeOrg, ...]
    courses: tuple[Course, ...]
    kept_orgs: tuple[TreeOrg, ...]
    """Orgs and courses for which the viewer may make SLOs."""
    kept_courses: tuple[Course, ...]

    @property
    def pages(self) -> int:
        return pages_of(self.total, PAGE)

    @property
    def first(self) -> int:
        return (self.page - 1) * PAGE + 1 if self.lines else 0

    @property
    def last(self) -> int:
        return (self.page - 1) * PAGE + len(self.lines)


@dataclass(frozen=True, slots=True)
class SloList:
    """Raises Forbidden for a role that keeps no outcomes."""

    units: UnitOfWorkFactory

    def __call__(
        self, viewer: Viewer, wanted: SloFilter, *, size: int | None = PAGE
    ) -> SloListView:
        with self.units(write=False) as unit:
            keeper = keeper_of(unit, viewer)
            stored = unit.curriculum.slo_heads()
            every = unit.roster.courses()
            fits = _Sieve(unit, keeper, wanted, every)
            fitting = [slo for slo in stored if fits(slo)]
            page = page_within(wanted.page, len(fitting), PAGE)
            shown = fitting if size is None else on_page(fitting, page, size)
            active = [course for course in every if course.active]
            courses = sorted(active, key=lambda course: collation_key(course.code))
            orgs = unit.roster.orgs()
            return SloListView(
                _lines(unit, keeper, shown, stored, every),
                len(fitting),
                bool(stored),
                page,
                wanted,
                drawn_orgs(orgs),
                tuple(courses),
                drawn_orgs(org for org in orgs if org.id in keeper.orgs),
                tuple(course for course in courses if course.org_id in keeper.orgs),
            )


class _Sieve:
    def __init__(
        self, unit: UnitOfWork, keeper: Keeper, wanted: SloFilter, courses: list[Course]
    ) -> None:
        self._keeper = keeper
        self._wanted = wanted
        self._search = _comparable(wanted.search)
        roots = [OrgId(wanted.org)] if wanted.org else []
        self._orgs = with_those_below(unit.roster.orgs(), roots)
        self._courses = _courses_meant(courses, wanted.course.strip())

    def __call__(self, slo: SloHead) -> bool:
        wanted = self._wanted
        return (
            wanted.kind in {"", slo.kind}
            and (not wanted.course.strip() or slo.course_id in self._courses)
            and self._in_state(slo)
            and (not wanted.org or self._keeper.org_of(slo) in self._orgs)
            and (not wanted.own or self._keeper.keeps(slo))
            and (not self._search or self._search in _comparable(_said(slo)))
        )

    def _in_state(self, slo: SloHead) -> bool:
        if self._wanted.state == "":
            return slo.state is not SloState.RETIRED
        return self._wanted.state in {"all", slo.state}


def _courses_meant(courses: list[Course], written: str) -> frozenset[CourseId]:
    """The course of this id or code, else those whose codes begin so."""
    exactly = frozenset(one.id for one in courses if written in {one.id, one.code})
    begun = written.casefold()
    return exactly or frozenset(one.id for one in courses if one.code.casefold().startswith(begun))


def _said(slo: SloHead) -> str:
    return f"{slo.code} {slo.title} {slo.statement}"


def _comparable(text: str) -> str:
    """Letters before marks and case, so that a search finds Élan by elan."""
    bare = unicodedata.normalize("NFKD", " ".join(text.split()))
    return "".join(char for char in bare if not unicodedata.combining(char)).casefold()


def _lines(
    unit: UnitOfWork,
    keeper: Keeper,
    shown: Sequence[SloHead],
    stored: list[SloHead],
    every: list[Course],
) -> tuple[SloLine, ...]:
    courses = {course.id: course.code for course in every}
    orgs = {org.id: org.name for org in unit.roster.orgs()}
    codes = {slo.id: slo.code for slo in stored}
    mapped: dict[SloId, list[str]] = {}
    for mapping in unit.curriculum.mappings():
        if mapping.is_open and mapping.higher_id in codes:
            mapped.setdefault(mapping.lower_id, []).append(codes[mapping.higher_id])
    return tuple(
        SloLine(
            slo.id,
            slo.code,
            slo.kind,
            owner_name(slo, courses, orgs),
            slo.title,
            slo.statement,
            slo.state,
            slo.version,
            tuple(sorted(mapped.get(slo.id, []))),
            keeper.keeps(slo),
        )
        for slo in shown
    )


def owner_name(slo: Slo | SloHead, courses: dict[CourseId, str], orgs: dict[OrgId, str]) -> str:
    """Code of the course, name of the org, or empty: the institution."""
    if slo.course_id:
        return courses.get(slo.course_id, "")
    return orgs.get(slo.org_id, "") if slo.org_id else ""
