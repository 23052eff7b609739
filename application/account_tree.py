"""Accounts of the LMS as a tree, drawn as a list with depths."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from application.ports.lms_outcomes import LmsUnit
from domain.ids import LmsAccountRef
from domain.rostering import collation_key


@dataclass(frozen=True, slots=True)
class TreeAccount:
    """`depth` 0: nothing above it was told."""

    ref: LmsAccountRef
    name: str
    sis_id: str | None
    depth: int


@dataclass(frozen=True, slots=True)
class AccountTree:
    """`unread` is a slug of the refusals: why the LMS could not be asked; empty when it was."""

    accounts: tuple[TreeAccount, ...] = ()
    unread: str = ""

    def account(self, ref: str) -> TreeAccount | None:
        return next((one for one in self.accounts if one.ref == ref), None)


def tree_of(units: Iterable[LmsUnit]) -> tuple[TreeAccount, ...]:
    """Each account before those below it, sisters by name."""
    listed = {unit.ref: unit for unit in units}
    below: dict[LmsAccountRef | None, list[LmsUnit]] = {}
    for unit in listed.values():
        above = unit.parent_ref if unit.parent_ref in listed else None
        below.setdefault(above, []).append(unit)
    return tuple(_drawn(below, None, 0))


def _drawn(
    below: dict[LmsAccountRef | None, list[LmsUnit]], parent: LmsAccountRef | None, depth: int
) -> Iterator[TreeAccount]:
    for unit in sorted(below.get(parent, []), key=lambda one: collation_key(one.name)):
        yield TreeAccount(unit.ref, unit.name, unit.sis_id, depth)
        yield from _drawn(below, unit.ref, depth + 1)
