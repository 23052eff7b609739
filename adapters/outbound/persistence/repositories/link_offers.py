from typing import Any

from sqlalchemy import Connection, bindparam

from adapters.outbound.persistence.tables import planning
from adapters.outbound.persistence.versioned import VersionedRecords
from application.ports.planning_repositories import OfferRepository
from domain.ids import OfferId
from domain.link import Placement
from domain.link_offer import LinkOffer, OfferState


def row_from_offer(offer: LinkOffer) -> tuple[Any, ...]:
    """The placement takes three columns, so that it can be looked up."""
    place = offer.placement
    return (
        offer.id, place.platform, place.context_id, place.resource_link_id, offer.section_id,
        offer.origin_id, offer.site_id, offer.course_ref, offer.assignment_ref, offer.title,
        offer.points_possible, offer.noted_at, offer.state, offer.decided_by, offer.decided_at,
        offer.version,
    )  # fmt: skip


def offer_from_row(
    offer_id: OfferId,
    platform: str,
    context_id: str,
    resource_link_id: str,
    *rest: Any,  # noqa: ANN401
) -> LinkOffer:
    return LinkOffer(offer_id, Placement(platform, context_id, resource_link_id), *rest)


OFFERS = VersionedRecords(
    planning.link_offers, LinkOffer, row_of=row_from_offer, record_of=offer_from_row
)
_OPEN = OFFERS.select.where(OFFERS.c.state == OfferState.OPEN).order_by(OFFERS.c.title, OFFERS.c.id)
_AT = OFFERS.select.where(
    OFFERS.c.platform == bindparam("platform"),
    OFFERS.c.context_id == bindparam("context_id"),
    OFFERS.c.resource_link_id == bindparam("resource_link_id"),
).order_by(OFFERS.c.id)


class SqlOffers(OfferRepository):
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, offer_id: OfferId) -> LinkOffer:
        return OFFERS.get(self._connection, "This offer", offer_id)

    def open(self) -> list[LinkOffer]:
        return OFFERS.fetch(self._connection, _OPEN)

    def at(self, placement: Placement) -> list[LinkOffer]:
        return OFFERS.fetch(
            self._connection,
            _AT,
            platform=placement.platform,
            context_id=placement.context_id,
            resource_link_id=placement.resource_link_id,
        )

    def save(self, offer: LinkOffer) -> LinkOffer:
        return OFFERS.save(self._connection, offer)
