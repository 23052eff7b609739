"""What kind of package files look like, for one that was given as another kind."""

from collections import Counter
from collections.abc import Mapping

from adapters.inbound.files.canvas_sis_kinds import kind_by_columns
from adapters.inbound.files.csv_header import bare
from adapters.inbound.files.package import Package
from adapters.inbound.files.source import Source
from application.rosters.read_options import ReadOptions

_MARKS: Mapping[str, tuple[frozenset[str], ...]] = {
    "oneroster": (frozenset({"sourcedid"}), frozenset({"propertyname", "value"})),
    "data-load": (
        frozenset({"code", "name"}),
        frozenset({"code", "title"}),
        frozenset({"techid"}),
    ),
}
"""Columns that files of a kind have and those of the others never; Canvas has a list of its own."""


def looks_like(package: Package, options: ReadOptions) -> Mapping[str, int]:
    """How many files look like each kind of package, by the name of the kind."""
    source = Source(package, options, "")
    found = (_kind_of({bare(name) for name in source.peek(file)[0]}) for file in package.members)
    return Counter(kind for kind in found if kind)


def _kind_of(columns: set[str]) -> str:
    for kind, marks in _MARKS.items():
        if any(mark <= columns for mark in marks):
            return kind
    return "canvas-sis" if kind_by_columns(columns) else ""
