"""Noting links that copied LMS courses bring along, and who decides on them."""

from collections.abc import Collection
from datetime import datetime

from application.errors import Conflict
from application.landing import site_of
from application.launch_context import LaunchContext
from application.ports.runtime import NewId
from application.ports.unit_of_work import UnitOfWork
from application.viewers import Viewer, kept_orgs
from domain.access import Right, may
from domain.ids import LinkId, OfferId, PersonId, SectionId
from domain.launch import LaunchClaims
from domain.link import Link
from domain.link_offer import LinkOffer, OfferState
from domain.rostering import EnrolmentRole

_HISTORY = "custom_context_id_history"


def ancestors_of(claims: LaunchClaims) -> tuple[str, ...]:
    """LMS courses that the launch's course was copied from, as far as the LMS says.

    Canvas sends up to 1000 of them and then a word of its own, `truncated` or `timed out`,
    which names no course and so fits none.
    """
    listed = (claims.value(_HISTORY) or "").split(",")
    return tuple(part.strip() for part in listed if part.strip())


def note_offers(
    unit: UnitOfWork,
    context: LaunchContext,
    ancestors: Collection[str],
    new_id: NewId,
    now: datetime,
) -> None:
    """An open offer for each section that the launch means and that has no link here yet.

    Only for a copied assignment: the launch URL carries a link of another place of the same
    LMS, or an assignment of the same title in just one place of an ancestor course is linked.
    What was decided before is not offered again.
    """
    place = context.placement
    if place is None:
        return
    origin = _origin(unit, context, ancestors)
    if origin is None or origin.placement.context_id == context.context_id:
        return
    linked = {link.section_id for link in unit.links.at(place)}
    known = {offer.section_id for offer in unit.offers.at(place)}
    for section_id in context.sections:
        if section_id not in linked | known:
            _note(unit, _offer(unit, context, origin, section_id, OfferId(new_id()), now))


def decided_by(unit: UnitOfWork, viewer: Viewer, offers: list[LinkOffer]) -> list[LinkOffer]:
    """Those of sections that the viewer teaches, or whose course is of an org of the viewer."""
    if viewer.sees_all or viewer.person_id is None:
        return offers
    taught = unit.roster.sections_of(viewer.person_id, EnrolmentRole.TEACHER)
    own = {section.id for section in taught}
    keeps = viewer.role is not None and may(viewer.role, Right.KEEP_OUTCOMES)
    orgs = kept_orgs(unit, viewer) if keeps else frozenset()
    return [
        offer
        for offer in offers
        if offer.section_id in own
        or (
            keeps
            and unit.roster.course(unit.roster.section(offer.section_id).course_id).org_id in orgs
        )
    ]


def settle_offers(unit: UnitOfWork, link: Link, by: PersonId, now: datetime) -> None:
    """A link made by hand answers the offer for the same assignment and section."""
    for offer in unit.offers.at(link.placement):
        if offer.section_id == link.section_id and offer.state is OfferState.OPEN:
            unit.offers.save(offer.decided(OfferState.ACCEPTED, by, now))


def _origin(unit: UnitOfWork, context: LaunchContext, ancestors: Collection[str]) -> Link | None:
    if context.own_link:
        return unit.links.elsewhere(context.platform, LinkId(context.own_link))
    if not ancestors or not context.resource_title:
        return None
    linked = unit.links.of_contexts(context.platform, ancestors)
    same = [link for link in linked if link.title == context.resource_title]
    works = {link.section_assessment_id for link in same}
    return same[0] if len(works) == 1 else None


def _offer(
    unit: UnitOfWork,
    context: LaunchContext,
    origin: Link,
    section_id: SectionId,
    offer_id: OfferId,
    now: datetime,
) -> LinkOffer:
    place = context.placement or origin.placement
    site = site_of(unit, context)
    return LinkOffer(
        id=offer_id,
        placement=place,
        section_id=section_id,
        origin_id=origin.id,
        site_id=site.id if site else None,
        course_ref=context.course,
        assignment_ref=context.assignment,
        title=context.resource_title or origin.title,
        points_possible=context.points,
        noted_at=now,
        state=OfferState.OPEN,
        decided_by=None,
        decided_at=None,
        version=0,
    )


def _note(unit: UnitOfWork, offer: LinkOffer) -> None:
    try:
        unit.offers.save(offer)
    except Conflict:  # a launch at the same moment noted it already
        return
