"""Links to LMS assignments, and grades on their way there."""

from collections.abc import Iterable
from datetime import UTC, datetime

from adapters.outbound.memory.rows import Rows, VersionedRows
from adapters.outbound.memory.store import Transaction
from application.ports.sending_repositories import DeliveryRepository, LinkRepository
from domain.delivery import BulkPost, Delivery, DeliveryState, Send, SendState
from domain.ids import LinkId, PersonId, SectionAssessmentId, SectionId, SendId
from domain.link import ContextChoice, Link, Placement

_FINISHED = frozenset({SendState.DONE, SendState.STOPPED})
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


class MemoryLinks(LinkRepository):
    def __init__(self, transaction: Transaction) -> None:
        self._links = VersionedRows[Link](
            transaction,
            "link",
            lambda link: link.id,
            unique=lambda link: (link.placement, link.section_id) if link.active else None,
        )
        self._choices = Rows[ContextChoice](
            transaction, "choice", lambda one: (one.platform, one.context_id, one.person_id)
        )

    def get(self, link_id: LinkId) -> Link:
        return self._links.get("This link", link_id)

    def at(self, placement: Placement) -> list[Link]:
        return self._links.where(lambda link: link.active and link.placement == placement)

    def elsewhere(self, platform: str, link_id: LinkId) -> Link | None:
        found = self._links.find(link_id)
        return found if found is not None and found.placement.platform == platform else None

    def of_contexts(self, platform: str, context_ids: Iterable[str]) -> list[Link]:
        wanted = frozenset(context_ids)
        return _newest_first(
            self._links.where(
                lambda link: (
                    link.active
                    and link.placement.platform == platform
                    and link.placement.context_id in wanted
                )
            )
        )

    def of_work(self, section_assessment_id: SectionAssessmentId) -> list[Link]:
        return _newest_first(
            self._links.where(lambda link: link.section_assessment_id == section_assessment_id)
        )

    def in_sections(self, section_ids: Iterable[SectionId]) -> list[Link]:
        wanted = frozenset(section_ids)
        return _newest_first(self._links.where(lambda link: link.section_id in wanted))

    def save(self, link: Link) -> Link:
        return self._links.save(link)

    def choices(self, platform: str, context_id: str) -> list[ContextChoice]:
        return self._choices.where(
            lambda one: one.platform == platform and one.context_id == context_id
        )

    def remember_choice(self, choice: ContextChoice) -> None:
        self._choices.put([choice])


class MemoryDeliveries(DeliveryRepository):
    def __init__(self, transaction: Transaction) -> None:
        self._sends = VersionedRows[Send](
            transaction,
            "send",
            lambda send: send.id,
            unique=lambda send: None if send.state in _FINISHED else send.link_id,
        )
        self._deliveries = VersionedRows[Delivery](transaction, "delivery", lambda one: one.id)
        self._posts = Rows[BulkPost](transaction, "post", lambda post: (post.send_id, post.number))

    def send(self, send_id: SendId) -> Send:
        return self._sends.get("This send", send_id)

    def sends_of(self, link_id: LinkId) -> list[Send]:
        sends = self._sends.where(lambda send: send.link_id == link_id)
        return sorted(sends, key=lambda send: (send.requested_at, send.id), reverse=True)

    def open_sends(self) -> list[Send]:
        sends = self._sends.where(lambda send: send.state not in _FINISHED)
        return sorted(sends, key=lambda send: send.requested_at)

    def save_send(self, send: Send) -> Send:
        return self._sends.save(send)

    def deliveries(self, send_id: SendId) -> list[Delivery]:
        return self._deliveries.where(lambda one: one.send_id == send_id)

    def save(self, deliveries: Iterable[Delivery]) -> list[Delivery]:
        return self._deliveries.save_all(deliveries)

    def last_sent(self, link_id: LinkId) -> dict[PersonId, Delivery]:
        sent = self._deliveries.where(
            lambda one: one.link_id == link_id and one.state is DeliveryState.SENT
        )
        sent.sort(key=lambda one: one.settled_at or _LONG_AGO)
        return {delivery.student_id: delivery for delivery in sent}

    def posts(self, send_id: SendId) -> list[BulkPost]:
        return self._posts.where(lambda post: post.send_id == send_id)

    def put_post(self, post: BulkPost) -> None:
        self._posts.put([post])


def _newest_first(links: list[Link]) -> list[Link]:
    return sorted(links, key=lambda link: (link.linked_at, link.id), reverse=True)
