"""Which CSLOs a page about outcomes in the LMS is concerned with, as its address says it."""

from collections.abc import Callable
from urllib.parse import urlencode

from application.queries.outcome_sync.outcome_choices import OutcomeFilter


def filter_of(field: Callable[[str], str]) -> OutcomeFilter:
    """From the fields of an address or a form; `field` answers empty for what is missing."""
    return OutcomeFilter(field("canvas"), field("org"), field("course"))


def address(path: str, wanted: OutcomeFilter, **more: str) -> str:
    """A path of ours that keeps the filter; what is empty is left out."""
    named = {"canvas": wanted.site, "org": wanted.org, "course": wanted.course, **more}
    query = urlencode({name: value for name, value in named.items() if value})
    return f"{path}?{query}" if query else path
