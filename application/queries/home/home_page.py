"""Home: what is due for a person who teaches, by term and section."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from application.college_rules import today
from application.launch_context import LaunchContext
from application.ports.runtime import Clock
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.queries.home.due_items import DueDesk, DueItem
from application.queries.home.due_sources import SOURCES
from application.term_guard import term_warning
from application.viewers import Viewer
from domain.ids import PersonId, SectionId, TermId
from domain.rostering import EnrolmentRole, Section, Term


@dataclass(frozen=True, slots=True)
class DueGroup:
    """What is due in one section of one term; `section` empty: of the person alone."""

    term: str
    section: str
    items: tuple[DueItem, ...]


@dataclass(frozen=True, slots=True)
class HomeView:
    """`groups` are of the term looked at; `elsewhere` are plans and requests of other terms."""

    terms: tuple[Term, ...]
    """The current ones and all in which the person teaches, newest first."""
    term: Term | None
    warning: str
    """Not empty: the term looked at is not the current one."""
    groups: tuple[DueGroup, ...]
    elsewhere: tuple[DueGroup, ...]
    teaches_here: bool
    launched: bool
    """The term is that of the launch, not chosen."""


@dataclass(frozen=True, slots=True)
class HomePage:
    """`wanted` is the id of a term; empty: that of the launch, else the current one."""

    units: UnitOfWorkFactory
    clock: Clock

    def __call__(self, viewer: Viewer, context: LaunchContext, wanted: str = "") -> HomeView:
        now = self.clock.now()
        person_id = viewer.person_id or PersonId("")
        with self.units(write=False) as unit:
            taught = unit.roster.sections_of(person_id, EnrolmentRole.TEACHER)
            sections = {section.id: section for section in taught}
            terms = unit.roster.terms()
            day = today(unit.settings, now)
            launched = _launched(terms, sections, context)
            term = _chosen(terms, wanted, launched, day)
            here = tuple(one for one in taught if term and one.term_id == term.id)
            desk = DueDesk(viewer, person_id, sections, here, now)
            items = [item for source in SOURCES for item in source(unit, desk)]
            groups = _groups(unit, items, terms)
        own = {one.term_id for one in taught}
        return HomeView(
            tuple(one for one in terms if one.id in own or one.is_current(day)),
            term,
            term_warning(term, terms, day) if term else "",
            tuple(group for group in groups if term and group.term == term.name),
            tuple(group for group in groups if not term or group.term != term.name),
            bool(here),
            launched is not None and launched == term and not wanted,
        )


def _launched(
    terms: Iterable[Term], sections: dict[SectionId, Section], context: LaunchContext
) -> Term | None:
    """The one term of the sections that the launch means; None where it means none, or several."""
    meant = {sections[one].term_id for one in context.sections if one in sections}
    found = [term for term in terms if term.id in meant]
    return found[0] if len(found) == 1 else None


def _chosen(terms: list[Term], wanted: str, launched: Term | None, today: date) -> Term | None:
    named = [term for term in terms if term.id == wanted]
    current = [term for term in terms if term.is_current(today)]
    return next(iter([*named, *([launched] if launched else []), *current, *terms]), None)


def _groups(unit: UnitOfWork, items: list[DueItem], terms: list[Term]) -> list[DueGroup]:
    """Newest term first; in it the person's own, then sections by Title; by due date within."""
    names = {term.id: term.name for term in terms}
    order = {term.id: place for place, term in enumerate(terms)}
    titles = {one: unit.roster.section(one).title for one in {i.section_id for i in items} if one}
    found: dict[tuple[TermId, str], list[DueItem]] = {}
    for item in items:
        title = titles[item.section_id] if item.section_id else ""
        found.setdefault((item.term_id, title), []).append(item)
    places = sorted(found, key=lambda key: (order.get(key[0], len(order)), key[1]))
    return [
        DueGroup(names.get(term, ""), title, tuple(sorted(found[term, title], key=_soonest)))
        for term, title in places
    ]


def _soonest(item: DueItem) -> tuple[bool, datetime | None, str]:
    return item.due_at is None, item.due_at, item.title
