"""What taking back a synchronisation means, item by item."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from application.errors import Conflict
from application.ports.runtime import NewId
from application.ports.unit_of_work import UnitOfWork
from domain.ids import SyncItemId, SyncRunId
from domain.outcomes.publication import Publication
from domain.outcomes.sync_plan import Step
from domain.outcomes.sync_run import ItemState, SyncItem, SyncRun

_LOOKED_THROUGH = 500
"""Newest runs among which the last one of a site or work is looked for."""


def undoable(unit: UnitOfWork, run: SyncRun) -> str:
    """Why the run cannot be taken back, as a sentence; empty when it can."""
    if run.is_open:
        return "Outcomes are still being sent; wait until that is done."
    if run.undo_of is not None:
        return "This run took another one back already; send again instead."
    last = next((one for one in unit.sync_runs.recent(_LOOKED_THROUGH) if _alike(one, run)), run)
    if last.id != run.id:
        return "Only the last run can be taken back."
    if not any(_reverses(item) for item in unit.sync_runs.items(run.id)):
        return "This run changed nothing in Canvas."
    return ""


def require_undoable(unit: UnitOfWork, run: SyncRun) -> None:
    """Raises Conflict with the sentence."""
    if cause := undoable(unit, run):
        raise Conflict(cause)


@dataclass(frozen=True, slots=True)
class Reversal:
    """Makes the items of a run that takes another one back.

    What was added goes, what was changed says again what it said before, what was taken away
    or replaced is shown again. Folders keep their new names.
    """

    run_id: SyncRunId
    new_id: NewId
    known: Sequence[Publication]
    """Publications of the site for this use."""

    def of(self, items: Iterable[SyncItem]) -> list[SyncItem]:
        made = [one for item in items if _reverses(item) for one in self._reversed(item)]
        return [replace(one, number=number) for number, one in enumerate(made)]

    def _reversed(self, item: SyncItem) -> Iterator[SyncItem]:
        match item.step:
            case Step.ADD:
                yield self._removal(item)
            case Step.REPLACE:
                yield self._removal(item)
                yield from self._predecessor(item)
            case Step.CHANGE:
                # The version before is not known; a lower one makes the next plan see a change.
                version = max(item.slo_version - 1, 0)
                yield self._fresh(
                    item, Step.CHANGE, content=item.before, before=item.content,
                    slo_version=version, old_ref=item.outcome_ref,
                )  # fmt: skip
            case Step.REMOVE if not self._is_superseded(item):
                yield self._fresh(
                    item, Step.ADD, content=item.before or item.content, old_ref=item.old_ref
                )

    def _removal(self, item: SyncItem) -> SyncItem:
        return self._fresh(item, Step.REMOVE, before=item.content, old_ref=item.outcome_ref)

    def _predecessor(self, item: SyncItem) -> Iterator[SyncItem]:
        old = next((one for one in self.known if one.outcome_ref == item.old_ref), None)
        if old is not None and item.before is not None:
            yield self._fresh(
                item, Step.ADD, guid=old.guid, generation=old.generation, meanings=old.meanings,
                slo_version=old.slo_version, content=item.before, old_ref=item.old_ref,
            )  # fmt: skip

    def _is_superseded(self, item: SyncItem) -> bool:
        """A later generation stands for the SLO, so that this one need not come back."""
        return any(
            one.live and one.generation > item.generation
            for one in self.known
            if one.slo_id == item.slo_id and one.place == item.place
        )

    def _fresh(self, item: SyncItem, step: Step, **changes: object) -> SyncItem:
        pristine = replace(
            item,
            id=SyncItemId(self.new_id()),
            run_id=self.run_id,
            step=step,
            before=None,
            state=ItemState.PENDING,
            reason="",
            outcome_ref=None,
        )
        return replace(pristine, **changes)  # type: ignore[arg-type] # fields of an item


def _reverses(item: SyncItem) -> bool:
    if item.state is not ItemState.DONE:
        return False
    if item.step is Step.CHANGE:
        return item.before is not None and bool(item.content.differences(item.before))
    return item.step in {Step.ADD, Step.REPLACE, Step.REMOVE}


def _alike(one: SyncRun, run: SyncRun) -> bool:
    return one.site_id == run.site_id and one.work_id == run.work_id
