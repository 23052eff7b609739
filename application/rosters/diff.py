"""Comparing the stored records of one kind with the rows that a roster lists."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Generic, Protocol, TypeVar

from application.rosters.records import FileMode, Listing, RecordKind, RowError, Severity
from domain.rostering import Course, Enrolment, Org, Person, Section, Term

LOCAL = "local:"
"""Start of the source id of people made by hand; no roster ends them."""


class RecordLike(Protocol):
    @property
    def line(self) -> int: ...
    @property
    def source_id(self) -> str: ...


Entity = TypeVar("Entity", bound=Org | Term | Course | Section | Person | Enrolment)
Row = TypeVar("Row", bound=RecordLike)


@dataclass(frozen=True, slots=True)
class KindPlan(Generic[Entity]):
    """The changes of one kind. `live` are the records active after it, by source id."""

    kind: RecordKind
    added: tuple[Entity, ...]
    changed: tuple[Entity, ...]
    ended: tuple[Entity, ...]
    same: int
    active_before: int
    live: Mapping[str, Entity]
    errors: tuple[RowError, ...]

    @property
    def to_put(self) -> tuple[Entity, ...]:
        return (*self.added, *self.changed, *self.ended)


class RowRefused(Exception):
    """The row cannot be taken; `field` is ours, the file's name for it is looked up.

    `spare` is the id of a stored record that this row shows to be still there.
    """

    def __init__(self, field: str, value: str, cause: str, *, spare: str = "") -> None:
        super().__init__(cause)
        self.field = field
        self.value = value
        self.cause = cause
        self.spare = spare


def compare(
    kind: RecordKind,
    stored: list[Entity],
    listing: Listing[Row],
    build: Callable[[Row, Entity | None], Entity],
    find: Callable[[Row], Entity | None] | None = None,
) -> KindPlan[Entity]:
    """Sort the rows into added, changed, same and refused, and the rest into ended.

    `build` makes the wanted record of a row, or raises RowRefused. `find` knows a stored
    record of a row by something else than its source id. A refused row ends nothing.
    """
    by_source = {item.source_id: item for item in stored}
    after: list[tuple[Entity | None, Entity]] = []
    kept: set[str] = {by_source[ref].id for ref in listing.refused if ref in by_source}
    errors: list[RowError] = []
    for record in listing.rows:
        before = by_source.get(record.source_id) or (find(record) if find else None)
        kept.add(before.id if before else "")
        try:
            after.append((before, build(record, before)))
        except RowRefused as refusal:
            errors.append(_row_error(listing, record.line, refusal))
            kept.add(refusal.spare)
    errors.extend(_nothing_to_end(listing, by_source))
    left_out = tuple(_left_out(stored, listing, kept))
    return _sorted_out(kind, stored, after, left_out, tuple(errors))


def _sorted_out(
    kind: RecordKind,
    stored: list[Entity],
    after: list[tuple[Entity | None, Entity]],
    left_out: tuple[Entity, ...],
    errors: tuple[RowError, ...],
) -> KindPlan[Entity]:
    moved = [(before, now) for before, now in after if before is not None and before != now]
    added = tuple(now for before, now in after if before is None)
    stopped = tuple(now for before, now in moved if before.active and not now.active)
    changed = tuple(now for before, now in moved if now.active or not before.active)
    ended = (*stopped, *left_out)
    return KindPlan(
        kind,
        added,
        changed,
        ended,
        len(after) - len(added) - len(moved),
        sum(item.active for item in stored),
        {item.source_id: item for item in _active_after(stored, (*added, *changed, *ended))},
        errors,
    )


def _left_out(stored: Iterable[Entity], listing: Listing[Row], kept: set[str]) -> Iterator[Entity]:
    for item in stored:
        unlisted = listing.mode is FileMode.BULK and not item.source_id.startswith(LOCAL)
        if item.active and item.id not in kept and (item.source_id in listing.ended or unlisted):
            yield replace(item, active=False)


def _active_after(stored: Iterable[Entity], put: Iterable[Entity]) -> Iterator[Entity]:
    replaced = {item.id: item for item in put}
    yield from (item for item in stored if item.active and item.id not in replaced)
    yield from (item for item in replaced.values() if item.active)


def _row_error(listing: Listing[Row], line: int, refusal: RowRefused) -> RowError:
    column = listing.columns.get(refusal.field, refusal.field)
    return RowError(listing.file, line, column, refusal.value, refusal.cause)


def _nothing_to_end(listing: Listing[Row], known: Mapping[str, object]) -> Iterator[RowError]:
    column = listing.columns.get("source_id", "source_id")
    for source_id, line in listing.ended.items():
        if source_id not in known:
            cause = "marked for removal, but it was never loaded: nothing to end"
            yield RowError(listing.file, line, column, source_id, cause, Severity.WARNING)


def live(
    plan: KindPlan[Entity], source_id: str, field: str, word: str, listing: Listing[object]
) -> Entity:
    """The record that a reference names. Raises RowRefused when it is not active."""
    found = plan.live.get(source_id)
    if found is None:
        raise RowRefused(field, source_id, f"{listing.file} has no such {word}, or it has ended")
    return found
