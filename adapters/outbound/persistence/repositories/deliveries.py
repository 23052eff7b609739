from collections.abc import Iterable
from datetime import UTC, datetime

from sqlalchemy import Connection, bindparam

from adapters.outbound.persistence.records import Records
from adapters.outbound.persistence.tables import sending
from adapters.outbound.persistence.versioned import VersionedRecords
from application.ports.sending_repositories import DeliveryRepository
from domain.delivery import BulkPost, Delivery, DeliveryState, Send
from domain.ids import LinkId, PersonId, SendId

SENDS = VersionedRecords(sending.sends, Send)
DELIVERIES = VersionedRecords(sending.deliveries, Delivery)
POSTS = Records(sending.bulk_posts, BulkPost)

_SENDS_OF = SENDS.select.where(SENDS.c.link_id == bindparam("link_id")).order_by(
    SENDS.c.requested_at.desc(), SENDS.c.id.desc()
)
_OPEN = SENDS.select.where(sending.UNFINISHED).order_by(SENDS.c.requested_at, SENDS.c.id)
_OF_SEND = DELIVERIES.select.where(DELIVERIES.c.send_id == bindparam("send_id")).order_by(
    DELIVERIES.c.id
)
_SENT = DELIVERIES.select.where(
    DELIVERIES.c.link_id == bindparam("link_id"), DELIVERIES.c.state == DeliveryState.SENT
)
_POSTS = POSTS.select.where(POSTS.c.send_id == bindparam("send_id")).order_by(POSTS.c.number)
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


class SqlDeliveries(DeliveryRepository):
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def send(self, send_id: SendId) -> Send:
        return SENDS.get(self._connection, "This send", send_id)

    def sends_of(self, link_id: LinkId) -> list[Send]:
        return SENDS.fetch(self._connection, _SENDS_OF, link_id=link_id)

    def open_sends(self) -> list[Send]:
        return SENDS.fetch(self._connection, _OPEN)

    def save_send(self, send: Send) -> Send:
        return SENDS.save(self._connection, send)

    def deliveries(self, send_id: SendId) -> list[Delivery]:
        return DELIVERIES.fetch(self._connection, _OF_SEND, send_id=send_id)

    def save(self, deliveries: Iterable[Delivery]) -> list[Delivery]:
        return DELIVERIES.save_all(self._connection, deliveries)

    def last_sent(self, link_id: LinkId) -> dict[PersonId, Delivery]:
        sent = DELIVERIES.fetch(self._connection, _SENT, link_id=link_id)
        sent.sort(key=lambda one: (one.settled_at or _LONG_AGO, one.id))
        return {delivery.student_id: delivery for delivery in sent}

    def posts(self, send_id: SendId) -> list[BulkPost]:
        return POSTS.fetch(self._connection, _POSTS, send_id=send_id)

    def put_post(self, post: BulkPost) -> None:
        POSTS.put(self._connection, [post])
