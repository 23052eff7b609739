"""Says so where somebody works in a term that is not the current one."""

from collections.abc import Iterable
from datetime import date

from domain.rostering import Term


def term_warning(term: Term, terms: Iterable[Term], today: date) -> str:
    """One or two sentences; empty while the term runs, or while no term does."""
    running = [one for one in terms if one.is_current(today)]
    if not running or term in running:
        return ""
    if term.starts_on > today:
        told = f"{term.name} begins only on {_day(term.starts_on)}."
    elif term.ends_on < today:
        told = f"{term.name} ended on {_day(term.ends_on)}."
    else:
        told = f"{term.name} is not active."
    return f"{told} The current term is {running[0].name}."


def _day(day: date) -> str:
    return f"{day:%-d %b %Y}"
