from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, bindparam

from adapters.outbound.persistence.records import Records
from adapters.outbound.persistence.tables import sending
from adapters.outbound.persistence.versioned import VersionedRecords
from application.ports.sending_repositories import LinkRepository
from domain.ids import LinkId, SectionAssessmentId, SectionId
from domain.link import ContextChoice, Link, Placement


def row_from_link(link: Link) -> tuple[Any, ...]:
    """The placement takes three columns, so that it can be looked up."""
    place = link.placement
    return (
        link.id, place.platform, place.context_id, place.resource_link_id,
        link.section_assessment_id, link.section_id, link.site_id, link.course_ref,
        link.assignment_ref, link.title, link.points_possible, link.linked_by, link.linked_at,
        link.unlinked_at, link.version,
    )  # fmt: skip


def link_from_row(
    link_id: LinkId,
    platform: str,
    context_id: str,
    resource_link_id: str,
    *rest: Any,  # noqa: ANN401
) -> Link:
    return Link(link_id, Placement(platform, context_id, resource_link_id), *rest)


LINKS = VersionedRecords(sending.links, Link, row_of=row_from_link, record_of=link_from_row)
CHOICES = Records(sending.context_choices, ContextChoice)

_NEWEST = (LINKS.c.linked_at.desc(), LINKS.c.id.desc())
_AT = LINKS.select.where(
    LINKS.c.platform == bindparam("platform"),
    LINKS.c.context_id == bindparam("context_id"),
    LINKS.c.resource_link_id == bindparam("resource_link_id"),
    LINKS.c.unlinked_at.is_(None),
).order_by(LINKS.c.id)
_ELSEWHERE = LINKS.select.where(
    LINKS.c.platform == bindparam("platform"), LINKS.c.id == bindparam("link_id")
)
_OF_CONTEXTS = LINKS.select.where(
    LINKS.c.platform == bindparam("platform"),
    LINKS.c.context_id.in_(bindparam("among", expanding=True)),
    LINKS.c.unlinked_at.is_(None),
)
_OF_WORK = LINKS.select.where(LINKS.c.section_assessment_id == bindparam("work_id")).order_by(
    *_NEWEST
)
_IN_SECTIONS = LINKS.select.where(LINKS.c.section_id.in_(bindparam("among", expanding=True)))
_CHOICES = CHOICES.select.where(
    CHOICES.c.platform == bindparam("platform"), CHOICES.c.context_id == bindparam("context_id")
).order_by(CHOICES.c.person_id)


class SqlLinks(LinkRepository):
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, link_id: LinkId) -> Link:
        return LINKS.get(self._connection, "This link", link_id)

    def at(self, placement: Placement) -> list[Link]:
        return LINKS.fetch(
            self._connection,
            _AT,
            platform=placement.platform,
            context_id=placement.context_id,
            resource_link_id=placement.resource_link_id,
        )

    def elsewhere(self, platform: str, link_id: LinkId) -> Link | None:
        return LINKS.first(self._connection, _ELSEWHERE, platform=platform, link_id=link_id)

    def of_contexts(self, platform: str, context_ids: Iterable[str]) -> list[Link]:
        found = LINKS.among(self._connection, _OF_CONTEXTS, context_ids, platform=platform)
        return sorted(found, key=lambda link: (link.linked_at, link.id), reverse=True)

    def of_work(self, section_assessment_id: SectionAssessmentId) -> list[Link]:
        return LINKS.fetch(self._connection, _OF_WORK, work_id=section_assessment_id)

    def in_sections(self, section_ids: Iterable[SectionId]) -> list[Link]:
        found = LINKS.among(self._connection, _IN_SECTIONS, section_ids)
        return sorted(found, key=lambda link: (link.linked_at, link.id), reverse=True)

    def save(self, link: Link) -> Link:
        return LINKS.save(self._connection, link)

    def choices(self, platform: str, context_id: str) -> list[ContextChoice]:
        return CHOICES.fetch(self._connection, _CHOICES, platform=platform, context_id=context_id)

    def remember_choice(self, choice: ContextChoice) -> None:
        CHOICES.put(self._connection, [choice])
