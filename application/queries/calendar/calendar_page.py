"""The distribution calendar: a page of rows, counts of states, and the rows of its export."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from application.calendar.filters import Calendar, CalendarFilter, CalendarRow, calendar_of
from application.org_tree import TreeOrg, drawn_orgs
from application.paging import on_page, page_within, pages_of
from application.ports.runtime import Clock
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.viewers import Viewer, kept_orgs
from domain.assessment import WorkState
from domain.ids import AssessmentId
from domain.rostering import Term

PAGE = 100


@dataclass(frozen=True, slots=True)
class CalendarLine:
    """One row with the names of those who teach its section."""

    row: CalendarRow
    teachers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CalendarView:
    """`counts` are over all states; `total` is how many rows the state leaves."""

    filter: CalendarFilter
    term: Term | None
    terms: tuple[Term, ...]
    orgs: tuple[TreeOrg, ...]
    assessments: tuple[tuple[AssessmentId, str], ...]
    """Those that stand in sections of the term, by name."""
    counts: Mapping[WorkState, int]
    lines: tuple[CalendarLine, ...]
    total: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class CalendarPage:
    """Raises: Forbidden, Invalid."""

    units: UnitOfWorkFactory
    clock: Clock

    def __call__(self, viewer: Viewer, wanted: CalendarFilter, page: int = 1) -> CalendarView:
        with self.units(write=False) as unit:
            calendar = calendar_of(unit, viewer, wanted, self.clock.now())
            shown = calendar.shown
            at = page_within(page, len(shown), PAGE)
            orgs = kept_orgs(unit, viewer)
            return CalendarView(
                filter=wanted,
                term=calendar.term,
                terms=tuple(unit.roster.terms()),
                orgs=drawn_orgs(org for org in unit.roster.orgs() if org.id in orgs),
                assessments=_assessments(calendar),
                counts=counted(calendar),
                lines=lines_of(unit, on_page(shown, at, PAGE)),
                total=len(shown),
                page=at,
                pages=pages_of(len(shown), PAGE),
            )


@dataclass(frozen=True, slots=True)
class CalendarExport:
    """Every row that the filter means, for files and terminals."""

    units: UnitOfWorkFactory
    clock: Clock

    def __call__(self, viewer: Viewer, wanted: CalendarFilter) -> tuple[CalendarLine, ...]:
        """Raises: Forbidden, Invalid."""
        with self.units(write=False) as unit:
            calendar = calendar_of(unit, viewer, wanted, self.clock.now())
            return lines_of(unit, calendar.shown)


def counted(calendar: Calendar) -> dict[WorkState, int]:
    found = Counter(row.state for row in calendar.rows)
    return {state: found[state] for state in WorkState}


def lines_of(unit: UnitOfWork, rows: tuple[CalendarRow, ...]) -> tuple[CalendarLine, ...]:
    taught = unit.standings.teachers(row.standing.section_id for row in rows)
    return tuple(
        CalendarLine(row, tuple(one.full_name for one in taught.get(row.standing.section_id, [])))
        for row in rows
    )


def _assessments(calendar: Calendar) -> tuple[tuple[AssessmentId, str], ...]:
    found = {row.standing.assessment_id: row.standing.assessment for row in calendar.rows}
    return tuple(sorted(found.items(), key=lambda item: (item[1], item[0])))
