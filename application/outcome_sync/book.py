"""The rows of a synchronisation, moved on one transaction at a time."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from application.committing import committed
from application.outcome_sync.records import published
from application.ports.runtime import Clock, NewId, Transact
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from domain.audit import Deed
from domain.ids import SyncItemId, SyncRunId
from domain.outcomes.arrival import (
    emptied,
    has_arrived,
    replaced_link,
    shows_again,
    there_of,
)
from domain.outcomes.found import Found, OutcomePlace
from domain.outcomes.sync_plan import Step
from domain.outcomes.sync_run import ItemState, RunState, SyncItem, SyncRun, Upload

WAITS_FOR = frozenset({"unauthorised", "no-scope"})
"""Reasons that a new consent mends; items wait with their run."""

_SILENCE = frozenset({"unavailable", "not-arrived"})
"""Reasons that leave open whether the LMS did what it was handed; a refusal says more."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class SyncBook:
    units: UnitOfWorkFactory
    transact: Transact
    clock: Clock
    new_id: NewId

    async def begin(self, run_id: SyncRunId) -> list[str]:
        """The run is under way now; the places where something is left to do.

        A run that was stopped stays so and has none.
        """

        def work(unit: UnitOfWork) -> list[str]:
            run = unit.sync_runs.get(run_id)
            if not run.is_open:
                return []
            if run.state is not RunState.RUNNING:
                unit.sync_runs.save(run.moved(RunState.RUNNING))
            left = [item for item in unit.sync_runs.items(run_id) if item.is_open]
            return list(dict.fromkeys(str(item.place) for item in left))

        return await self._in_unit(work)

    async def run(self, run_id: SyncRunId) -> SyncRun:
        return await self._in_unit(lambda unit: unit.sync_runs.get(run_id))

    async def items(self, run_id: SyncRunId, place: str = "") -> list[SyncItem]:
        """All items of the run, or those of one place."""

        def work(unit: UnitOfWork) -> list[SyncItem]:
            items = unit.sync_runs.items(run_id)
            return [item for item in items if not place or str(item.place) == place]

        return await self._in_unit(work)

    async def settle(
        self, run_id: SyncRunId, found: Found, *, last: bool = False
    ) -> list[SyncItem]:
        """Settle open items that have arrived, and our publications with them.

        A replacement waits until the old outcome is gone, and what an undo takes away until
        its empty folder is, or this is the `last` look; what comes back waits until its
        successor is gone.
        Returns the items that are left open there.
        """
        empty = frozenset() if last else emptied(found)

        def work(unit: UnitOfWork) -> list[SyncItem]:
            run = unit.sync_runs.get(run_id)

            def arrives(item: SyncItem) -> bool:
                if not has_arrived(item, found):
                    return False
                folder_is_left = run.undo_of and item.ends and item.folder.guid in empty
                return last or not (folder_is_left or replaced_link(item, found))

            items = [one for one in unit.sync_runs.items(run_id) if one.place == found.place]
            open_items = [item for item in items if item.is_open]
            stays = {one.slo_id for one in items if _removal_is_left(one) and not arrives(one)}
            arrived = [
                item
                for item in open_items
                if arrives(item) and not (shows_again(item) and item.slo_id in stays)
            ]
            seen = [(item, there_of(item, found)) for item in arrived]
            unit.sync_runs.put_items([item.settled(o.ref if o else None) for item, o in seen])
            known = unit.publications.of_place(run.site_id, found.place, run.work_id)
            now = self.clock.now()
            unit.publications.save(published(run, seen, known, now=now, new_id=self.new_id))
            done = {item.id for item in arrived}
            return [item for item in open_items if item.id not in done]

        return await self._in_unit(work)

    async def fail(self, run_id: SyncRunId, reasons: Mapping[SyncItemId, str]) -> None:
        """What is settled already stays as it is."""

        def work(unit: UnitOfWork) -> None:
            items = [item for item in unit.sync_runs.items(run_id) if item.is_open]
            failed = [item.failed(reasons[item.id]) for item in items if item.id in reasons]
            unit.sync_runs.put_items(failed)

        if reasons:
            await self._in_unit(work)

    async def hand_over(self, items: Iterable[SyncItem]) -> None:
        """Mark items before a call for them goes out."""
        posting = [replace(item, state=ItemState.POSTING) for item in items]
        await self._in_unit(lambda unit: unit.sync_runs.put_items(posting))

    async def begin_upload(self, items: Collection[SyncItem]) -> Upload:
        """Write the upload down, before its call goes out."""
        first = next(iter(items))

        def work(unit: UnitOfWork) -> Upload:
            earlier = _uploads_at(unit, first.run_id, first.place)
            ids = tuple(item.id for item in items)
            upload = Upload(first.run_id, first.place, len(earlier), ids, "", 0, settled=False)
            for one in earlier:
                unit.sync_runs.put_upload(replace(one, settled=True))
            unit.sync_runs.put_upload(upload)
            unit.sync_runs.put_items([replace(item, state=ItemState.POSTING) for item in items])
            return upload

        return await self._in_unit(work)

    async def put_upload(self, upload: Upload) -> None:
        await self._in_unit(lambda unit: unit.sync_runs.put_upload(upload))

    async def open_upload(self, run_id: SyncRunId, place: OutcomePlace) -> Upload | None:
        """One that the LMS took and whose end we have not seen."""

        def work(unit: UnitOfWork) -> Upload | None:
            uploads = _uploads_at(unit, run_id, place)
            return next((one for one in uploads if one.import_ref and not one.settled), None)

        return await self._in_unit(work)

    async def counts(self, run_id: SyncRunId) -> tuple[int, int]:
        """How many items are settled, and how many there are."""
        items = await self.items(run_id)
        return sum(not item.is_open for item in items), len(items)

    async def close(self, run_id: SyncRunId, reasons: Mapping[str, str]) -> None:
        """End this run of the job; `reasons` by place say why something was left there.

        Authorisation lost: the run waits with what is left. Otherwise it has failed.
        """
        waits = next((reason for reason in reasons.values() if reason in WAITS_FOR), "")
        now = self.clock.now()

        def work(unit: UnitOfWork) -> None:
            run = unit.sync_runs.get(run_id)
            if not run.is_open:
                return
            left = [item for item in unit.sync_runs.items(run_id) if item.is_open]
            unit.sync_runs.put_items(_given_up(left, reasons))
            if waits:
                unit.sync_runs.save(run.moved(RunState.WAITING, reason=waits))
                unit.audit.record(Deed("system", "waits", f"sync:{run_id}", waits, now))
            else:
                unit.sync_runs.save(run.moved(RunState.DONE, at=now))

        await self._in_unit(work)

    async def _in_unit(self, work: Callable[[UnitOfWork], T]) -> T:
        return await committed(self.units, self.transact, work)


def _removal_is_left(item: SyncItem) -> bool:
    return item.step is Step.REMOVE and item.state is not ItemState.DONE


def _uploads_at(unit: UnitOfWork, run_id: SyncRunId, place: OutcomePlace) -> list[Upload]:
    return [one for one in unit.sync_runs.uploads(run_id) if one.place == place]


def _given_up(items: Iterable[SyncItem], reasons: Mapping[str, str]) -> list[SyncItem]:
    failed = []
    for item in items:
        reason = reasons.get(str(item.place), "not-arrived")
        if reason not in WAITS_FOR:
            unknown = item.state is ItemState.POSTING and reason in _SILENCE
            failed.append(item.failed("not-read-back" if unknown else reason))
    return failed
