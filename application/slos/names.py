"""Records by the names that people and pages give them: an id, or a code."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import TypeVar

from application.errors import Invalid
from application.ports.unit_of_work import UnitOfWork
from domain.ids import SloId
from domain.rostering import Course, Org, Term
from domain.slo import Slo

T = TypeVar("T")


def course_named(unit: UnitOfWork, name: str, field: str = "course") -> Course:
    """By id, code or source id. Raises Invalid."""
    courses = unit.roster.courses()
    names: Callable[[Course], tuple[str, ...]] = lambda one: (one.id, one.code, one.source_id)  # noqa: E731
    return _only(courses, names, name, field, "course")


def org_named(unit: UnitOfWork, name: str, field: str = "org") -> Org:
    """By id, code or source id. Raises Invalid."""
    orgs = unit.roster.orgs()
    names: Callable[[Org], tuple[str, ...]] = lambda one: (one.id, one.code, one.source_id)  # noqa: E731
    return _only(orgs, names, name, field, "org")


def term_named(unit: UnitOfWork, name: str, field: str = "term") -> Term:
    """By id, name or source id. Raises Invalid."""
    terms = unit.roster.terms()
    names: Callable[[Term], tuple[str, ...]] = lambda one: (one.id, one.name, one.source_id)  # noqa: E731
    return _only(terms, names, name, field, "term")


def slo_named(unit: UnitOfWork, name: str, field: str = "slo") -> Slo:
    """By id or code. Raises Invalid."""
    found = unit.outcomes.slos_by_id([SloId(name)])
    if found:
        return found[SloId(name)]
    names: Callable[[Slo], tuple[str, ...]] = lambda one: (one.code,)  # noqa: E731
    return _only(unit.outcomes.slos(), names, name, field, "SLO")


def usual_term(unit: UnitOfWork, today: date) -> Term | None:
    """The current term, else the one that begins last; None before any was loaded."""
    terms = [term for term in unit.roster.terms() if term.active]
    current = [term for term in terms if term.is_current(today)]
    return next(iter([*current, *terms]), None)


def _only(
    offered: Iterable[T],
    names: Callable[[T], tuple[str, ...]],
    wanted: str,
    field: str,
    what: str,
) -> T:
    """The first kind of name that fits anything must fit exactly one."""
    listed = [(names(one), one) for one in offered]
    for kind in range(len(listed[0][0]) if listed else 0):
        fitting = [one for own, one in listed if own[kind] == wanted]
        if len(fitting) == 1:
            return fitting[0]
        if fitting:
            raise Invalid(field, f"'{wanted}' names {len(fitting)} of them; give the source id.")
    raise Invalid(field, f"there is no {what} named '{wanted}'.")
