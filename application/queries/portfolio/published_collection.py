"""What a visitor sees at the address of a share, without a sign-in."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from application.errors import NotFound
from application.ports.runtime import Clock
from application.ports.unit_of_work import UnitOfWorkFactory
from application.queries.portfolio.portfolio_items import CollectionView, collection_view
from domain.portfolio.share import Share, ShareState, hash_of

_TOUCH_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Published:
    """A collection that may be read until `until`."""

    view: CollectionView
    until: datetime


@dataclass(frozen=True, slots=True)
class ReadPublished:
    units: UnitOfWorkFactory
    clock: Clock

    def __call__(self, code: str) -> Published | None:
        """None when the share is over, or its collection is removed.

        That somebody looked is noted, at most once a minute.

        Raises:
            NotFound: no share has, or has any more, this address.
        """
        now = self.clock.now()
        with self.units(write=False) as unit:
            share = unit.portfolios.share_by_hash(hash_of(code))
            if share is None:
                raise NotFound("A shared ePortfolio")
            collection = unit.portfolios.collection(share.collection_id)
            if share.state(now) is not ShareState.OPEN or collection.removed_at is not None:
                return None
            view = collection_view(unit, collection)
        self._note(share, now)
        return Published(view, share.ends_at)

    def _note(self, share: Share, now: datetime) -> None:
        if share.last_seen_at is None or now - share.last_seen_at >= _TOUCH_EVERY:
            with self.units() as unit:
                unit.portfolios.touch_share(share.id, now)
                unit.commit()
