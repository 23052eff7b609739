"""The org tree of a roster: parents before children, circles refused."""

from collections.abc import Iterator
from dataclasses import dataclass

from application.rosters.records import OrgRecord
from application.rosters.roster import Listing
from application.rosters.row_errors import RowError, Severity


@dataclass(frozen=True, slots=True)
class OrgOrder:
    rows: tuple[OrgRecord, ...]
    errors: tuple[RowError, ...]


def parents_first(listing: Listing[OrgRecord]) -> OrgOrder:
    """The rows with each parent before its children.

    Rows in a circle are left out with a fatal error each: no tree can hold them. A row
    whose parent is nowhere stays, in the end, and is refused where references are.
    """
    rows = {record.source_id: record for record in listing.rows}
    placed: dict[str, OrgRecord] = {}
    errors: list[RowError] = []
    for record in listing.rows:
        path = tuple(_upwards(record, rows))
        if _is_circle(path, rows):
            column = listing.columns.get("parent", "parent")
            cause = "this org is its own ancestor; an org tree has no circles"
            errors.append(
                RowError(listing.file, record.line, column, record.parent, cause, Severity.FATAL)
            )
            continue
        placed.update((step.source_id, step) for step in reversed(path))
    return OrgOrder(tuple(placed.values()), tuple(errors))


def _upwards(record: OrgRecord, rows: dict[str, OrgRecord]) -> Iterator[OrgRecord]:
    """The record and its ancestors among `rows`, until a root or the first repetition."""
    seen: set[str] = set()
    step: OrgRecord | None = record
    while step is not None and step.source_id not in seen:
        seen.add(step.source_id)
        yield step
        step = rows.get(step.parent)


def _is_circle(path: tuple[OrgRecord, ...], rows: dict[str, OrgRecord]) -> bool:
    return path[-1].parent in rows
