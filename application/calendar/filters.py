"""What of the distribution calendar is looked at, and the numbers that answer it."""

from dataclasses import dataclass
from datetime import date, datetime

from application.college_rules import today
from application.errors import Invalid, NotFound
from application.planning.keeping import named
from application.ports.planning_repositories import StandingFilter
from application.ports.unit_of_work import UnitOfWork
from application.viewers import Viewer, kept_orgs, with_those_below
from domain.assessment import WorkState
from domain.ids import AssessmentId, OrgId
from domain.rostering import Term
from domain.work_standing import WorkStanding


@dataclass(frozen=True, slots=True)
class CalendarFilter:
    """As an address or an option says it; empty means all, an empty term the current one.

    `term` is an id, source id or name; `org` an id or code, with all below it; `course` and
    `assessment` are codes or ids.
    """

    term: str = ""
    org: str = ""
    course: str = ""
    assessment: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class CalendarRow:
    standing: WorkStanding
    state: WorkState


@dataclass(frozen=True, slots=True)
class Calendar:
    """All rows that the filter means but for its state, so that states can be counted."""

    term: Term | None
    rows: tuple[CalendarRow, ...]
    state: str

    @property
    def shown(self) -> tuple[CalendarRow, ...]:
        return tuple(row for row in self.rows if self.state in {"", row.state})


def calendar_of(
    unit: UnitOfWork, viewer: Viewer, wanted: CalendarFilter, now: datetime
) -> Calendar:
    """Raises: Forbidden; Invalid for a name that fits nothing of the viewer's."""
    orgs = kept_orgs(unit, viewer)
    term = term_named(unit.roster.terms(), wanted.term, today(unit.settings, now))
    if term is None:
        return Calendar(None, (), wanted.state)
    if wanted.state and wanted.state not in set(WorkState):
        raise Invalid("state", f"choose one of: {', '.join(WorkState)}.")
    found = unit.standings.of_term(term.id, _standing_filter(unit, viewer, orgs, wanted))
    rows = (CalendarRow(one, one.state(now)) for one in found)
    return Calendar(term, tuple(row for row in rows if _is_of_course(row, wanted)), wanted.state)


def term_named(terms: list[Term], name: str, day: date) -> Term | None:
    """The term that runs on the day without a name, else the newest; None where there is no term.

    Raises: Invalid for a name that fits none.
    """
    if name:
        for term in terms:
            if name in {term.id, term.source_id, term.name}:
                return term
        raise Invalid("term", f"no term is called '{name}'.")
    current = (term for term in terms if term.is_current(day))
    return next(current, terms[0] if terms else None)


def _standing_filter(
    unit: UnitOfWork, viewer: Viewer, orgs: frozenset[OrgId], wanted: CalendarFilter
) -> StandingFilter:
    within: frozenset[OrgId] | None = None if viewer.sees_all else orgs
    if wanted.org:
        all_orgs = unit.roster.orgs()
        named = [one for one in all_orgs if wanted.org in {one.id, one.code} and one.id in orgs]
        if not named:
            raise Invalid("org", f"none of your orgs is called '{wanted.org}'.")
        within = with_those_below(all_orgs, [named[0].id]) & orgs
    return StandingFilter(within, None, _assessment_id(unit, wanted.assessment))


def _assessment_id(unit: UnitOfWork, name: str) -> AssessmentId | None:
    if not name:
        return None
    try:
        return named(unit, name).id
    except NotFound:
        raise Invalid("assessment", f"no assessment has the code '{name}'.") from None


def _is_of_course(row: CalendarRow, wanted: CalendarFilter) -> bool:
    code, word = row.standing.course_code.casefold(), wanted.course.strip().casefold()
    return word in {"", row.standing.course_id.casefold()} or code.startswith(word)
