"""Where links and what is sent over them are kept.

`get` and `save...` keep the promises of `application.ports.repositories`.
"""

from collections.abc import Iterable
from typing import Protocol

from domain.delivery import BulkPost, Delivery, Send
from domain.ids import LinkId, PersonId, SectionAssessmentId, SectionId, SendId
from domain.link import ContextChoice, Link, Placement


class LinkRepository(Protocol):
    def get(self, link_id: LinkId) -> Link: ...
    def at(self, placement: Placement) -> list[Link]:
        """Active links of a placement; one for each Attain section at most."""

    def elsewhere(self, platform: str, link_id: LinkId) -> Link | None:
        """A link of this platform, active or not, by our own id in a copied launch URL."""

    def of_contexts(self, platform: str, context_ids: Iterable[str]) -> list[Link]:
        """Active links of these LMS courses, newest first."""

    def of_work(self, section_assessment_id: SectionAssessmentId) -> list[Link]:
        """All of them, earlier ones too, newest first."""

    def in_sections(self, section_ids: Iterable[SectionId]) -> list[Link]:
        """All of them, newest first."""

    def save(self, link: Link) -> Link:
        """Raises Conflict too when the placement has another active link in the section."""

    def choices(self, platform: str, context_id: str) -> list[ContextChoice]: ...
    def remember_choice(self, choice: ContextChoice) -> None:
        """One choice for each platform, context and person; the last one stays."""


class DeliveryRepository(Protocol):
    def send(self, send_id: SendId) -> Send: ...
    def sends_of(self, link_id: LinkId) -> list[Send]:
        """Newest first."""

    def open_sends(self) -> list[Send]:
        """Not done and not stopped, oldest first."""

    def save_send(self, send: Send) -> Send:
        """Raises Conflict too when the link has another unfinished send."""

    def deliveries(self, send_id: SendId) -> list[Delivery]: ...
    def save(self, deliveries: Iterable[Delivery]) -> list[Delivery]: ...
    def last_sent(self, link_id: LinkId) -> dict[PersonId, Delivery]:
        """For each student the newest delivery of the link that was SENT."""

    def posts(self, send_id: SendId) -> list[BulkPost]:
        """By number."""

    def put_post(self, post: BulkPost) -> None: ...
