"""Requests for information: those to answer, and those that a person keeps."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from application.improvement.sight import ImprovementSight, sight_of
from application.paging import on_page, pages_of
from application.ports.runtime import Clock
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.viewers import Viewer
from domain.ids import AskId, RfiId, SectionId
from domain.improvement.rfi import AskState, Rfi, RfiAsk

PAGE = 50


@dataclass(frozen=True, slots=True)
class AskedOfMe:
    """`section` is the one that it is put to; empty where it is put to the person."""

    ask_id: AskId
    rfi: Rfi
    section: str
    section_id: SectionId | None
    state: AskState


@dataclass(frozen=True, slots=True)
class SentRfi:
    rfi: Rfi
    org: str
    """Empty for the whole college."""
    counts: Mapping[AskState, int]
    asked: int


@dataclass(frozen=True, slots=True)
class RfiListView:
    mine: tuple[AskedOfMe, ...]
    """Those still awaited first, by due date; then the newest."""
    sent: tuple[SentRfi, ...]
    total: int
    page: int
    keeps: bool

    @property
    def pages(self) -> int:
        return pages_of(self.total, PAGE)


@dataclass(frozen=True, slots=True)
class RfiList:
    units: UnitOfWorkFactory
    clock: Clock

    def __call__(self, viewer: Viewer, page: int = 1) -> RfiListView:
        now = self.clock.now()
        with self.units(write=False) as unit:
            sight = sight_of(unit, viewer)
            kept = _kept(unit, sight)
            sent = _sent(unit, on_page(kept, page, PAGE), now)
            mine = asked_of(unit, sight, now)
        return RfiListView(mine, sent, len(kept), page, sight.keeps_any)

    def all(self, viewer: Viewer) -> tuple[SentRfi, ...]:
        """Every one that the viewer keeps, newest first."""
        with self.units(write=False) as unit:
            return _sent(unit, _kept(unit, sight_of(unit, viewer)), self.clock.now())


def asked_of(unit: UnitOfWork, sight: ImprovementSight, now: datetime) -> tuple[AskedOfMe, ...]:
    """What is put to the person, and to the sections that they teach."""
    if sight.viewer.asked_id is None:
        return ()
    rfis: dict[RfiId, Rfi] = {}
    found = []
    for ask in unit.rfis.asks_to(sight.viewer.asked_id, sight.sections):
        if ask.rfi_id not in rfis:
            rfis[ask.rfi_id] = unit.rfis.get(ask.rfi_id)
        rfi = rfis[ask.rfi_id]
        section = unit.roster.section(ask.section_id).title if ask.section_id else ""
        found.append(AskedOfMe(ask.id, rfi, section, ask.section_id, ask.state(rfi, now)))
    ended = (AskState.ANSWERED, AskState.CLOSED)
    found.sort(key=lambda one: (one.rfi.due_at, one.rfi.title, one.section))
    open_ones = [one for one in found if one.state not in ended]
    return (*open_ones, *reversed([one for one in found if one.state in ended]))


def counts_of(rfi: Rfi, asks: list[RfiAsk], now: datetime) -> dict[AskState, int]:
    counts = Counter(ask.state(rfi, now) for ask in asks)
    return {state: counts[state] for state in AskState}


def _kept(unit: UnitOfWork, sight: ImprovementSight) -> list[Rfi]:
    if not sight.keeps_any:
        return []
    return unit.rfis.in_orgs(None if sight.keeps_all else sight.orgs)


def _sent(unit: UnitOfWork, rfis: Sequence[Rfi], now: datetime) -> tuple[SentRfi, ...]:
    orgs = {org.id: org.name for org in unit.roster.orgs()}
    asks: dict[RfiId, list[RfiAsk]] = {rfi.id: [] for rfi in rfis}
    for ask in unit.rfis.asks_of(list(asks)):
        asks[ask.rfi_id].append(ask)
    return tuple(
        SentRfi(
            rfi,
            orgs[rfi.org_id] if rfi.org_id else "",
            counts_of(rfi, asks[rfi.id], now),
            len(asks[rfi.id]),
        )
        for rfi in rfis
    )
