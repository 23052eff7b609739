"""Links that a copied LMS course brought along: offered in a list, never followed."""

from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from domain.ids import LinkId, LmsAssignmentRef, LmsCourseRef, OfferId, PersonId, SectionId, SiteId
from domain.link import Placement


class OfferState(StrEnum):
    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class LinkOffer:
    """A copied assignment whose launch URL carries the link of the one it was copied from.

    One for each placement and Attain section, noted at a launch of that section's people.
    """

    id: OfferId
    placement: Placement
    section_id: SectionId
    origin_id: LinkId
    site_id: SiteId | None
    course_ref: LmsCourseRef | None
    assignment_ref: LmsAssignmentRef | None
    title: str
    points_possible: Decimal | None
    noted_at: datetime
    state: OfferState
    decided_by: PersonId | None
    decided_at: datetime | None
    version: int

    def decided(self, state: OfferState, by: PersonId, at: datetime) -> "LinkOffer":
        return replace(self, state=state, decided_by=by, decided_at=at)
