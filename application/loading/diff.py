"""Comparing the stored records of one kind with the rows that a roster lists."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Generic, Protocol, TypeAlias, TypeVar

from application.rosters.records import RecordKind
from application.rosters.roster import FileMode, Listing
from application.rosters.row_errors import RowError, Severity
from domain.rostering import Course, Enrolment, Org, Person, Section, Term

LOCAL = "local:"
"""Start of the source id of people made by hand; no roster ends them."""


class RecordLike(Protocol):
    @property
    def line(self) -> int: ...
    @property
    def source_id(self) -> str: ...


AnyEntity = Org | Term | Course | Section | Person | Enrolment
Entity = TypeVar("Entity", bound=AnyEntity)
Row = TypeVar("Row", bound=RecordLike)
Pair: TypeAlias = tuple[Entity, Entity]
"""A record as it is stored, and as it shall be."""


@dataclass(frozen=True, slots=True)
class KindPlan(Generic[Entity]):
    """The changes of one kind. `live` are the records active after it, by source id."""

    kind: RecordKind
    added: Sequence[Entity]
    changed: tuple[Entity, ...]
    ended: tuple[Entity, ...]
    before: tuple[Entity, ...]
    """What is stored of the changed ones, then of the ended ones."""
    same: int
    stored: int
    """How many records there are, ended ones too."""
    active_before: int
    live: Mapping[str, Entity]
    errors: tuple[RowError, ...]

    @property
    def after(self) -> tuple[Entity, ...]:
        """In the order of `before`."""
        return (*self.changed, *self.ended)

    @property
    def puts(self) -> int:
        """How many records are to be written."""
        return len(self.added) + len(self.before)

    @property
    def to_put(self) -> tuple[Entity, ...]:
        return (*self.added, *self.after)


@dataclass(frozen=True, slots=True)
class Frame:
    """Around a comparison: source ids that are new, and what a bulk file is the truth about."""

    renames: Mapping[str, str] = field(default_factory=dict)
    """Old source id -> new one."""
    holds: Callable[[AnyEntity], bool] = lambda _: True


WHOLE = Frame()


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
    frame: Frame = WHOLE,
) -> KindPlan[Entity]:
    """Sort the rows into added, changed, same and refused, and the rest into ended.

    `build` makes the wanted record of a row, or raises RowRefused. `find` knows a stored
    record of a row by something else than its source id. A refused row ends nothing.
    """
    renamed = frame.renames
    by_source = {renamed.get(item.source_id, item.source_id): item for item in stored}
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
    seen = {before.id for before, _ in after if before is not None}
    for new in renamed.values():
        item = by_source.get(new)
        if item is not None and item.id not in seen and item.source_id != new:
            after.append((item, _renamed(item, new)))
            kept.add(item.id)
    left_out = tuple(_left_out(by_source, listing, kept, frame))
    return _sorted_out(kind, stored, after, left_out, tuple(errors))


def _sorted_out(
    kind: RecordKind,
    stored: list[Entity],
    after: list[tuple[Entity | None, Entity]],
    left_out: tuple[Pair[Entity], ...],
    errors: tuple[RowError, ...],
) -> KindPlan[Entity]:
    moved = [
        (before, now)
        for before, now in after
        if before is not now and before is not None and before != now
    ]
    added = tuple(now for before, now in after if before is None)
    stopped = [pair for pair in moved if pair[0].active and not pair[1].active]
    turned = [pair for pair in moved if pair[1].active or not pair[0].active]
    gone = (*stopped, *left_out)
    changed, ended = tuple(now for _, now in turned), tuple(now for _, now in gone)
    return KindPlan(
        kind,
        added,
        changed,
        ended,
        tuple(before for before, _ in (*turned, *gone)),
        len(after) - len(added) - len(moved),
        len(stored),
        sum(item.active for item in stored),
        {item.source_id: item for item in _active_after(stored, (*added, *changed, *ended))},
        errors,
    )


def _renamed(item: Entity, new: str) -> Entity:
    """A person whose Tech ID was the old id gets the new one as Tech ID too."""
    if isinstance(item, Person) and item.tech_id == item.source_id:
        return replace(item, source_id=new, tech_id=new)
    return replace(item, source_id=new)


def _left_out(
    by_source: Mapping[str, Entity], listing: Listing[Row], kept: set[str], frame: Frame
) -> Iterator[Pair[Entity]]:
    is_whole = listing.mode is FileMode.BULK
    for source_id, item in by_source.items():
        if not item.active or item.id in kept:
            continue
        unlisted = is_whole and not source_id.startswith(LOCAL) and frame.holds(item)
        if source_id in listing.ended or unlisted:
            yield item, replace(item, active=False)


def _active_after(stored: Iterable[Entity], put: Iterable[Entity]) -> Iterator[Entity]:
    replaced = {item.id: item for item in put}
    yield from (item for item in stored if item.active and item.id not in replaced)
    yield from (item for item in replaced.values() if item.active)


def _row_error(listing: Listing[Row], line: int, refusal: RowRefused) -> RowError:
    column = listing.columns.get(refusal.field, refusal.field)
    return RowError(*listing.place(line), column, refusal.value, refusal.cause)


def _nothing_to_end(listing: Listing[Row], known: Mapping[str, object]) -> Iterator[RowError]:
    column = listing.columns.get("source_id", "source_id")
    for source_id, line in listing.ended.items():
        if source_id not in known:
            cause = "marked for removal, but it was never loaded: nothing to end"
            place = listing.place(line)
            yield RowError(*place, column, source_id, cause, Severity.WARNING)


def live(
    plan: KindPlan[Entity], source_id: str, field: str, word: str, listing: Listing[object]
) -> Entity:
    """The record that a reference names. Raises RowRefused when it is not active."""
    found = plan.live.get(source_id)
    if found is None:
        raise RowRefused(field, source_id, f"{listing.file} has no such {word}, or it has ended")
    return found
