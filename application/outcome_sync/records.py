"""What our records say of outcomes once items of a run have arrived."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from application.ports.runtime import NewId
from domain.ids import PublicationId
from domain.outcomes.found import FoundOutcome
from domain.outcomes.publication import Publication
from domain.outcomes.sync_plan import Step
from domain.outcomes.sync_run import SyncItem, SyncRun

Arrived = tuple[SyncItem, FoundOutcome | None]


def published(
    run: SyncRun,
    arrived: Iterable[Arrived],
    known: Sequence[Publication],
    *,
    now: datetime,
    new_id: NewId,
) -> list[Publication]:
    """The publications to be stored; `known` are those of the place and use."""
    changed: dict[str, Publication] = {}
    by_guid = {one.guid: one for one in known if not one.mapped}
    for item, there in arrived:
        before = changed.get(item.guid) or by_guid.get(item.guid)
        if item.ends:
            if before is not None:
                changed[item.guid] = replace(before, live=False, run_id=run.id)
        elif there is not None:
            fresh = before or _new(run, item, there, now, PublicationId(new_id()))
            changed[item.guid] = _as_shown(fresh, run, item, there, now)
            if item.step is Step.REPLACE:
                changed |= _superseded(item, by_guid.values())
    return list(changed.values())


def _new(
    run: SyncRun, item: SyncItem, there: FoundOutcome, now: datetime, new_id: PublicationId
) -> Publication:
    return Publication(
        id=new_id,
        site_id=run.site_id,
        slo_id=item.slo_id,
        place=item.place,
        work_id=run.work_id,
        guid=item.guid,
        generation=item.generation,
        slo_version=item.slo_version,
        outcome_ref=there.ref,
        content=there.content,
        meanings=item.meanings,
        live=True,
        mapped=False,
        sent_at=now,
        run_id=run.id,
        version=0,
    )


def _as_shown(
    before: Publication, run: SyncRun, item: SyncItem, there: FoundOutcome, now: datetime
) -> Publication:
    return replace(
        before,
        slo_version=item.slo_version,
        outcome_ref=there.ref,
        content=there.content,
        meanings=item.meanings,
        live=True,
        sent_at=now,
        run_id=run.id,
    )


def _superseded(item: SyncItem, known: Iterable[Publication]) -> dict[str, Publication]:
    """What stood for the SLO before; whether it is still shown is seen by the next plan."""
    return {
        one.guid: replace(one, live=False)
        for one in known
        if one.slo_id == item.slo_id and one.generation < item.generation and one.live
    }
