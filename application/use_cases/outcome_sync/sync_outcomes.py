"""Send Outcomes: the decision that a background job carries out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from application.errors import Conflict, Invalid, LmsRefused, LmsUnauthorised, LmsUnavailable
from application.outcome_sync.plan import OutcomesPlan
from application.ports.runtime import Clock, NewId, Transact
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.refusals import outcome_sentence
from application.use_cases.outcome_sync.plan_outcomes import PlanOutcomes, PlanOutcomesCommand
from domain.audit import Deed
from domain.ids import JobId, PersonId, SiteId, SloId, SyncItemId, SyncRunId
from domain.outcomes.found import OutcomePlace
from domain.outcomes.sync_plan import PlanLine, Step
from domain.outcomes.sync_run import ItemState, RunState, SyncItem, SyncRun

KIND = "sync-outcomes"
Chosen = Sequence[tuple[OutcomePlace, PlanLine]]


@dataclass(frozen=True, slots=True)
class SyncOutcomesCommand:
    """`slo_ids` None sends all; `overwrite` may replace what was changed there.

    `accepted` are slugs of hindrances under which the person sends all the same.
    """

    planning: PlanOutcomesCommand
    slo_ids: frozenset[SloId] | None = None
    overwrite: frozenset[SloId] = frozenset()
    accepted: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class SyncOutcomes:
    """Decide what is sent, write it down, and enqueue the job in the same transaction."""

    units: UnitOfWorkFactory
    transact: Transact
    clock: Clock
    new_id: NewId
    plan: PlanOutcomes

    async def __call__(self, command: SyncOutcomesCommand) -> SyncRunId | None:
        """Start a run and return its id, None when there is nothing to do.

        Raises:
            Invalid: a hindrance that was not accepted; its slug is the field.
            Conflict: another run works in one of these places.
            LmsError: the LMS could not be asked, so nothing was decided.
            NotFound, Forbidden: as `PlanOutcomes`.
        """
        plan = await self.plan(command.planning)
        _refuse_unread(plan)
        chosen = plan.chosen(command.slo_ids, command.overwrite)
        if not chosen:
            return None
        _refuse_unaccepted(plan, command.accepted)
        return await self.transact(lambda: self._start(command.planning, plan, chosen))

    def _start(
        self, planning: PlanOutcomesCommand, plan: OutcomesPlan, chosen: Chosen
    ) -> SyncRunId:
        now = self.clock.now()
        run_id = SyncRunId(self.new_id())
        run = SyncRun(
            id=run_id,
            site_id=plan.site.id,
            work_id=plan.work_id,
            acts_as=planning.acts_as,
            requested_by=planning.viewer.actor,
            requested_at=now,
            state=RunState.QUEUED,
            reason="",
            job_id=None,
            finished_at=None,
            undo_of=None,
            version=0,
        )
        items = [
            _item(SyncItemId(self.new_id()), run_id, number, place, line)
            for number, (place, line) in enumerate(chosen)
        ]
        with self.units() as unit:
            start_run(unit, run, items)
            unit.audit.record(
                Deed(run.requested_by, "sent outcomes", f"sync:{run_id}", counted(items), now)
            )
            unit.commit()
        return run_id


def start_run(unit: UnitOfWork, run: SyncRun, items: Sequence[SyncItem]) -> None:
    """Store a run and enqueue its job. Raises Conflict as `refuse_busy`."""
    refuse_busy(unit, run, items)
    stored = unit.sync_runs.save(run)
    unit.sync_runs.put_items(items)
    unit.sync_runs.save(stored.queued(enqueue_sync(unit, stored, attempt="first")))


def refuse_busy(unit: UnitOfWork, run: SyncRun, items: Iterable[SyncItem]) -> None:
    """Raises: Conflict while another run of the site works in one of these places."""
    places = {item.place for item in items}
    for other in unit.sync_runs.open_runs():
        elsewhere = other.site_id != run.site_id or other.id == run.id
        if not elsewhere and places & {one.place for one in unit.sync_runs.items(other.id)}:
            raise Conflict("Outcomes are being sent there; wait until that is done.")


def enqueue_sync(unit: UnitOfWork, run: SyncRun, *, attempt: str) -> JobId:
    """One run of a site at a time: Canvas runs imports of a root account one by one."""
    return unit.jobs.enqueue(
        KIND, {"run_id": run.id}, key=f"sync:{run.id}:{attempt}", lane=f"{run.site_id}:outcomes"
    )


def requeue(unit: UnitOfWork, run: SyncRun) -> SyncRun:
    return unit.sync_runs.save(run.queued(enqueue_sync(unit, run, attempt=str(run.version))))


def resume_waiting_syncs(unit: UnitOfWork, site_id: SiteId, person_id: PersonId) -> None:
    """Queue again the runs that waited for this person's consent, or for any account's.

    One that still finds nobody to act goes back to waiting.
    """
    for run in unit.sync_runs.open_runs():
        if run.waits and run.site_id == site_id and run.acts_as in {None, person_id}:
            requeue(unit, run)


def counted(items: Iterable[SyncItem]) -> str:
    listed = list(items)
    return f"outcomes:{len(listed)} places:{len({item.place for item in listed})}"


def _item(
    item_id: SyncItemId, run_id: SyncRunId, number: int, place: OutcomePlace, line: PlanLine
) -> SyncItem:
    wish, there = line.wish, line.there
    ends = line.step is Step.RECORD and (wish.retired or line.reason == "superseded")
    return SyncItem(
        id=item_id,
        run_id=run_id,
        number=number,
        place=place,
        folder=wish.folder,
        slo_id=wish.slo_id,
        slo_version=wish.slo_version,
        label=wish.code,
        step=line.step,
        guid=line.guid,
        generation=line.generation,
        content=wish.content,
        meanings=wish.meanings,
        before=there.content if there else None,
        old_ref=there.ref if there and not ends else None,
        state=ItemState.PENDING,
        reason="",
        outcome_ref=None,
    )


def _refuse_unread(plan: OutcomesPlan) -> None:
    match plan.unread:
        case "":
            return
        case "unauthorised":
            raise LmsUnauthorised(outcome_sentence(plan.unread))
        case "unavailable":
            raise LmsUnavailable(outcome_sentence(plan.unread))
        case reason:
            raise LmsRefused(outcome_sentence(reason), reason=reason)


def _refuse_unaccepted(plan: OutcomesPlan, accepted: frozenset[str]) -> None:
    for one in plan.hindrances:
        if one.slug not in accepted:
            raise Invalid(one.slug, f"{one.sentence} Accept that by name to send all the same.")
