"""Take back the last load: what it added goes, what it changed or ended is as it was."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from application.errors import Conflict
from application.loading.applying import forget_present_ones
from application.loading.undoing import undoable
from application.ports.runtime import Clock
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.rosters.load_runs import LoadBefore, LoadRun, LoadState
from application.rosters.records import RecordKind
from domain.audit import Deed
from domain.ids import LoadRunId, PersonId


@dataclass(frozen=True, slots=True)
class UndoLoadReport:
    """`left` counts records that were changed since by other hands and stay so."""

    run: LoadRun
    removed: int
    restored: int
    left: int


@dataclass(frozen=True, slots=True)
class UndoLoad:
    """One transaction: the load is taken back as a whole or not at all.

    What other records name is never removed: then the undo is refused with the reason.
    """

    units: UnitOfWorkFactory
    clock: Clock

    def __call__(self, actor: str, run_id: LoadRunId) -> UndoLoadReport:
        """Undo the load.

        Raises:
            NotFound: there is no such load.
            Conflict: it is not the last applied one, or what it added is in use.
        """
        with self.units() as unit:
            unit.loads.hold()
            run = undoable(unit, run_id)
            parts = unit.loads.before(run_id)
            removed = restored = left = 0
            for part in reversed(parts):
                back, kept = _restore(unit, part)
                removed, restored, left = removed + len(part.added), restored + back, left + kept
                _remove(unit, part)
            now = self.clock.now()
            done = replace(run, state=LoadState.UNDONE, undone_by=actor, undone_at=now)
            saved = unit.loads.save(done)
            details = f"{removed} removed, {restored} restored, {left} left as changed since"
            unit.audit.record(Deed(actor, "undid load", f"roster:{run.source}", details, now))
            unit.commit()
        return UndoLoadReport(saved, removed, restored, left)


def _restore(unit: UnitOfWork, part: LoadBefore) -> tuple[int, int]:
    """Put back what nobody changed since; returns how many, and how many stay."""
    before, after = part.before.of(part.kind), part.after.of(part.kind)
    now = unit.bulk.among(part.kind, (one.id for one in after))
    back = [was for was, became in zip(before, after, strict=True) if now.get(became.id) == became]
    unit.bulk.put(part.kind, back)
    if part.kind is RecordKind.PEOPLE:
        forget_present_ones(unit, (PersonId(one.id) for one in back))
    return len(back), len(after) - len(back)


def _remove(unit: UnitOfWork, part: LoadBefore) -> None:
    """Raises Conflict when what the load added is named by anything else."""
    if part.kind is RecordKind.PEOPLE:
        _forget(unit, part)
    uses = unit.bulk.uses(part.kind, part.added)
    if uses:
        named = ", ".join(f"{use.count} of kind {use.what}" for use in uses)
        raise Conflict(
            f"It cannot be undone: what it added of {part.kind} is in use by now ({named})."
        )
    unit.bulk.remove(part.kind, part.added)


def _forget(unit: UnitOfWork, part: LoadBefore) -> None:
    """What hangs on people and came with the load."""
    unit.bulk.remove_grants(part.grants)
    unit.bulk.put_grants(part.revoked or ())
    if part.sources:
        unit.bulk.remove_grant_sources(part.sources.after)
        unit.bulk.put_grant_sources(part.sources.before)
    unit.bulk.remove_demographics(unit.bulk.demographics_of(part.described))
    unit.bulk.put_demographics(part.demographics)
    added: Iterable[PersonId] = (PersonId(one) for one in part.added)
    unit.bulk.remove_aliases(unit.bulk.aliases_of(added))
