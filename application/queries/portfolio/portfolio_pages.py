"""A student's ePortfolio as the student sees it: collections, what can be added, shares."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from application.college_rules import today
from application.own_collection import own_collection
from application.portfolio_evidence import own_evidence
from application.ports.runtime import Clock
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.queries.portfolio.portfolio_items import CollectionView, collection_view, place_of
from application.released import released_results
from domain.ids import CollectionId, PersonId
from domain.portfolio.collection import Collection
from domain.portfolio.share import MOST_DAYS, USUAL_DAYS, Share, ShareState


@dataclass(frozen=True, slots=True)
class ShareLine:
    share: Share
    state: ShareState


@dataclass(frozen=True, slots=True)
class CollectionLine:
    id: CollectionId
    title: str
    items: int
    open_shares: int
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class PortfolioView:
    collections: tuple[CollectionLine, ...]
    removed: tuple[CollectionLine, ...]


@dataclass(frozen=True, slots=True)
class PortfolioPage:
    """All collections of a person."""

    units: UnitOfWorkFactory
    clock: Clock

    def __call__(self, person_id: PersonId) -> PortfolioView:
        now = self.clock.now()
        with self.units(write=False) as unit:
            shares = [s for s in unit.portfolios.shares_of(person_id) if _is_open(s, now)]
            found = unit.portfolios.of_owner(person_id)
        return PortfolioView(
            tuple(_line(one, shares) for one in found if one.removed_at is None),
            tuple(_line(one, shares) for one in found if one.removed_at is not None),
        )


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that can be added."""

    id: str
    title: str
    place: str


@dataclass(frozen=True, slots=True)
class CollectionPageView:
    """`first_day` to `last_day` are those a share may end on; `usual_day` is proposed."""

    view: CollectionView
    results: tuple[Choice, ...]
    evidence: tuple[Choice, ...]
    shares: tuple[ShareLine, ...]
    first_day: date
    usual_day: date
    last_day: date


@dataclass(frozen=True, slots=True)
class CollectionPage:
    """One collection to work on. Raises NotFound for anybody but its owner."""

    units: UnitOfWorkFactory
    clock: Clock

    def __call__(self, person_id: PersonId, collection_id: CollectionId) -> CollectionPageView:
        now = self.clock.now()
        with self.units(write=False) as unit:
            day = today(unit.settings, now)
            collection = own_collection(unit, person_id, collection_id)
            shares = [
                ShareLine(share, share.state(now))
                for share in unit.portfolios.shares_of(person_id)
                if share.collection_id == collection_id
            ]
            return CollectionPageView(
                collection_view(unit, collection),
                _results(unit, collection),
                _evidence(unit, collection),
                tuple(shares),
                day,
                day + timedelta(days=USUAL_DAYS),
                day + timedelta(days=MOST_DAYS),
            )


@dataclass(frozen=True, slots=True)
class ReadCollection:
    """One's own collection as others would see it: for the preview and the exports."""

    units: UnitOfWorkFactory

    def __call__(self, person_id: PersonId, collection_id: CollectionId) -> CollectionView:
        """Raises NotFound for anybody but its owner."""
        with self.units(write=False) as unit:
            return collection_view(unit, own_collection(unit, person_id, collection_id))


def _line(one: Collection, open_shares: list[Share]) -> CollectionLine:
    shared = sum(share.collection_id == one.id for share in open_shares)
    return CollectionLine(one.id, one.title, len(one.standing), shared, one.changed_at)


def _is_open(share: Share, now: datetime) -> bool:
    return share.state(now) is ShareState.OPEN


def _results(unit: UnitOfWork, collection: Collection) -> tuple[Choice, ...]:
    held = {item.work_id for item in collection.standing}
    return tuple(
        Choice(work_id, one.place.assessment.name, place_of(one))
        for work_id, one in released_results(unit, collection.owner_id).items()
        if work_id not in held
    )


def _evidence(unit: UnitOfWork, collection: Collection) -> tuple[Choice, ...]:
    held = {item.evidence_id for item in collection.standing}
    return tuple(
        Choice(one.id, one.title, one.kind.value)
        for one in own_evidence(unit, collection.owner_id)
        if one.id not in held
    )
