"""What a report is asked for, as an address or an option says it, and what that means."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from application.calendar.filters import term_named
from application.college_rules import today
from application.errors import Invalid
from application.ports.runtime import Clock
from application.ports.unit_of_work import UnitOfWork
from application.reports.curriculum import Curriculum
from application.reports.reach import ReportReach
from application.viewers import with_those_below
from domain.course_codes import near_codes
from domain.ids import CourseId, OrgId, SloId
from domain.rostering import Org, Term
from domain.slo import SloHead, SloKind

KINDS: Mapping[str, SloKind] = {kind.value: kind for kind in SloKind}


@dataclass(frozen=True, slots=True)
class ReportAsked:
    """Empty means all; an empty term the current one, an empty kind course SLOs.

    `term` is an id, source id or name; `org` an id or code, with all below it; `course` the
    beginning of a code; `slo` a code or id; `by` what a report is split by.
    """

    term: str = ""
    kind: str = ""
    org: str = ""
    course: str = ""
    slo: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class ReportScope:
    """`slos` are those to be counted, by code; `courses` those whose results are told."""

    term: Term | None
    terms: tuple[Term, ...]
    """All, the newest first."""
    org: Org | None
    kind: SloKind
    slo: SloHead | None
    slos: tuple[SloHead, ...]
    courses: frozenset[CourseId]
    orgs: frozenset[OrgId]
    """Orgs that are told of: the chosen one with all below, or all within reach."""
    asks_for_courses: bool

    @property
    def slo_ids(self) -> frozenset[SloId]:
        return frozenset(slo.id for slo in self.slos)

    @property
    def before(self) -> Term | None:
        """The term that began before this one."""
        older = [one for one in self.terms if self.term and one.starts_on < self.term.starts_on]
        return max(older, key=lambda one: one.starts_on, default=None)


def scope_of(
    unit: UnitOfWork, curriculum: Curriculum, reach: ReportReach, asked: ReportAsked, clock: Clock
) -> ReportScope:
    """Raises: Invalid for a name that fits nothing within reach."""
    terms = tuple(unit.roster.terms())
    org = _org(reach, asked.org)
    within = frozenset(one.id for one in reach.orgs)
    if org:
        within &= with_those_below(unit.roster.orgs(), [org.id])
    courses = _courses(reach, within, asked.course)
    slo = _slo(curriculum, reach, asked.slo)
    kind = slo.kind if slo else _kind(asked.kind)
    offered = (slo,) if slo else _offered(curriculum, kind, courses)
    return ReportScope(
        term_named(list(terms), asked.term, today(unit.settings, clock.now())),
        terms,
        org,
        kind,
        slo,
        offered,
        courses,
        within,
        bool(asked.course.strip()),
    )


def _kind(name: str) -> SloKind:
    if name and name not in KINDS:
        raise Invalid("kind", f"choose one of: {', '.join(KINDS)}.")
    return KINDS[name] if name else SloKind.COURSE


def _org(reach: ReportReach, name: str) -> Org | None:
    named = [org for org in reach.orgs if name and name in {org.id, org.code}]
    if name and not named:
        raise Invalid("org", f"none of your orgs is called '{name}'.")
    return named[0] if named else None


def _courses(reach: ReportReach, orgs: Collection[OrgId], code: str) -> frozenset[CourseId]:
    """Faculty have courses and no orgs. Raises: Invalid when no code begins so."""
    start = code.strip().casefold()
    within = [
        course
        for course in reach.courses.values()
        if reach.is_own_sections or course.org_id in orgs
    ]
    found = frozenset(one.id for one in within if one.code.casefold().startswith(start))
    if start and not found:
        near = ", ".join(near_codes(code, (one.code for one in within)))
        cure = f" The nearest: {near}." if near else " Give the first letters of a course code."
        raise Invalid(
            "course", f"no course here has a code that begins with '{code.strip()}'.{cure}"
        )
    return found


def _slo(curriculum: Curriculum, reach: ReportReach, name: str) -> SloHead | None:
    if not name:
        return None
    for slo in curriculum.slos.values():
        if name in {slo.id, slo.code} and (slo.course_id is None or slo.course_id in reach.courses):
            return slo
    raise Invalid("slo", f"no SLO of yours has the code '{name}'.")


def _offered(
    curriculum: Curriculum, kind: SloKind, courses: Collection[CourseId]
) -> tuple[SloHead, ...]:
    """CSLOs of the courses; of PSLOs and ISLOs all, as it is results that tell where."""
    return tuple(
        slo
        for slo in curriculum.slos.values()
        if slo.kind is kind and (slo.course_id is None or slo.course_id in courses)
    )
