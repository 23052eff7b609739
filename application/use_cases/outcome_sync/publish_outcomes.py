"""The job behind Send Outcomes: read a place, write what is not there, read back, settle.

The rows are the truth: what is handed over is marked before its call, and settled only by
what the place then shows, so that the job may be killed anywhere and taken up again. What is
unknown after a crash is read before it is sent again.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from application.errors import (
    LmsForbidden,
    LmsRecordMissing,
    LmsRefused,
)
from application.outcome_sync.book import SyncBook
from application.outcome_sync.place_agents import PlaceAgents
from application.outcome_sync.place_writer import PlaceWriter, Refusals
from application.patience import patiently
from application.ports.jobs import JobContext, Payload
from application.ports.lms import LmsGateway
from application.ports.lms_outcomes import OutcomeUpload, UploadState
from application.tokens import Pause
from domain.ids import SyncItemId, SyncRunId
from domain.outcomes.arrival import has_arrived, refusal, shows_again, there_of
from domain.outcomes.found import Found, OutcomePlace
from domain.outcomes.sync_plan import Step
from domain.outcomes.sync_run import ItemState, SyncItem, SyncRun, Upload

_POLLS = (1.0, 1.0, 2.0, 3.0, 4.0, 5.0, 8.0, 15.0, 30.0)
_LONGEST_POLLS = 34
"""About a quarter of an hour; Canvas runs one import of a root account at a time."""
ROW_REFUSED = "row-refused"

_PlaceWork = Callable[[SyncRun, OutcomePlace, LmsGateway], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class PublishOutcomes:
    book: SyncBook
    agents: PlaceAgents
    pause: Pause

    async def __call__(self, job: JobContext, payload: Payload) -> None:
        """Carry out one run; leaves it done, or waiting for authorisation."""
        run_id = SyncRunId(payload["run_id"])
        places = await job.step("list places", partial(self.book.begin, run_id))
        await job.progress(*await self.book.counts(run_id))
        reasons: dict[str, str] = {}
        for place in places:
            for name, work in (("send", self._send), ("read back", self._read_back)):
                if place not in reasons:
                    step = partial(self._at, run_id, place, work)
                    if reason := await self._step(job, f"{name} {place}", step):
                        reasons[place] = reason
            await job.progress(*await self.book.counts(run_id))
        await self.book.close(run_id, reasons)

    async def _step(self, job: JobContext, name: str, work: Callable[[], Awaitable[None]]) -> str:
        """Run a remembered step; its result is the reason to leave the place, or empty.

        Errors of the LMS become reasons there, since only plain results outlive a crash.
        """
        return await job.step(name, lambda: patiently(work, self.pause), attempts=1)

    async def _at(self, run_id: SyncRunId, place: str, work: _PlaceWork) -> None:
        """Do the work in a place as whoever may; nothing to do asks nobody."""
        items = [item for item in await self.book.items(run_id, place) if item.is_open]
        if not items:
            return
        run = await self.book.run(run_id)
        at = items[0].place
        await self.agents.work_at(run.site_id, at, run.acts_as, partial(work, run, at))

    async def _send(self, run: SyncRun, place: OutcomePlace, gateway: LmsGateway) -> None:
        """Hand over all that is not there yet."""
        await self._finish_earlier(run, place, gateway)
        found = await gateway.outcomes_at(place)
        writer = PlaceWriter(gateway, found)
        ways = writer.sort(await self._left(run, found))
        await self._one_by_one(run, ways.removals, writer.remove)
        kept = await self._kept(run, place)
        await self._one_by_one(
            run, [one for one in ways.single if one.id not in kept], writer.write
        )
        if uploaded := [one for one in ways.uploaded if one.id not in kept]:
            await self._upload(run, uploaded, writer)

    async def _left(self, run: SyncRun, found: Found) -> list[SyncItem]:
        """Settle what is there already, refuse what must not be sent; the rest."""
        opened = await self.book.settle(run.id, found)
        left = [item for item in opened if not has_arrived(item, found)]
        undoing = run.undo_of is not None
        reasons = {item.id: refusal(item, found, undoing=undoing) for item in left}
        await self.book.fail(run.id, {key: reason for key, reason in reasons.items() if reason})
        return [item for item in left if not reasons[item.id]]

    async def _kept(self, run: SyncRun, place: OutcomePlace) -> set[SyncItemId]:
        """What cannot come back because its successor stays; refused for the same reason."""
        if run.undo_of is None:
            return set()
        items = await self.book.items(run.id, str(place))
        stays = {
            item.slo_id: item.reason
            for item in items
            if item.step is Step.REMOVE and item.state is ItemState.FAILED
        }
        returns = [item for item in items if item.is_open and shows_again(item)]
        kept = {item.id: stays[item.slo_id] for item in returns if item.slo_id in stays}
        await self.book.fail(run.id, kept)
        return set(kept)

    async def _one_by_one(
        self,
        run: SyncRun,
        items: Sequence[SyncItem],
        call: Callable[[Sequence[SyncItem]], Awaitable[Refusals]],
    ) -> None:
        if items:
            await self.book.hand_over(items)
            await self.book.fail(run.id, await call(items))

    async def _upload(self, run: SyncRun, items: Sequence[SyncItem], writer: PlaceWriter) -> None:
        place, upload = writer.found.place, writer.upload_of(items)
        row = await self.book.begin_upload(items)
        try:
            reference = await writer.gateway.upload_outcomes(place, upload)
        except LmsForbidden:
            raise
        except LmsRefused as error:
            await self.book.fail(run.id, {item.id: error.reason for item in items})
            return
        row = replace(row, import_ref=reference)
        await self.book.put_upload(row)
        errors = await self._await(writer.gateway, row, upload)
        refused = {item.id: _row_reason(item, errors) for item in items}
        await self.book.fail(run.id, {key: reason for key, reason in refused.items() if reason})

    async def _await(
        self, gateway: LmsGateway, row: Upload, upload: OutcomeUpload
    ) -> Mapping[str, str]:
        """Wait until the LMS has worked through an upload; its errors by guid."""
        errors: Mapping[str, str] = {}
        for poll in range(_LONGEST_POLLS):
            report = await gateway.upload_report(row.place, row.import_ref, upload)
            errors = report.errors
            if report.state is not UploadState.RUNNING:
                break
            await self.book.put_upload(replace(row, done=report.done))
            await self.pause(_POLLS[min(poll, len(_POLLS) - 1)])
        await self.book.put_upload(replace(row, settled=True))
        return errors

    async def _finish_earlier(self, run: SyncRun, place: OutcomePlace, gateway: LmsGateway) -> None:
        """Wait for an upload whose end a crash kept from us; reading back tells what it did."""
        row = await self.book.open_upload(run.id, place)
        if row is None:
            return
        items = [one for one in await self.book.items(run.id, str(place)) if one.id in row.item_ids]
        writer = PlaceWriter(gateway, await gateway.outcomes_at(place))
        try:
            await self._await(gateway, row, writer.upload_of(items))
        except LmsRecordMissing:
            await self.book.put_upload(replace(row, settled=True))

    async def _read_back(self, run: SyncRun, place: OutcomePlace, gateway: LmsGateway) -> None:
        """Settle by what the place shows; replaced outcomes and empty folders go first."""
        found = await gateway.outcomes_at(place)
        writer = PlaceWriter(gateway, found)
        items = [item for item in await self.book.items(run.id, str(place)) if item.is_open]
        await writer.drop_replaced([item for item in items if has_arrived(item, found)])
        if run.undo_of is not None:
            await writer.remove_empty_folders([item for item in items if item.ends])
        left = await self.book.settle(run.id, found, last=True)
        await self.book.fail(run.id, {item.id: _why_open(item, found) for item in left})


def _row_reason(item: SyncItem, errors: Mapping[str, str]) -> str:
    """The slug and, after a colon, the words of the LMS; empty without an error."""
    words = errors.get(item.guid, errors.get(item.folder.guid))
    return "" if words is None else f"{ROW_REFUSED}:{words}"


def _why_open(item: SyncItem, found: Found) -> str:
    if item.ends:
        return "aligned"
    return "differs" if there_of(item, found) else "not-arrived"
