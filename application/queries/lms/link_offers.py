"""Links of copied LMS courses that wait for a decision."""

from dataclasses import dataclass
from datetime import datetime

from application.link_offers import decided_by
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.viewers import Viewer
from application.workplace import workplace
from domain.ids import OfferId, SectionAssessmentId
from domain.link_offer import LinkOffer


@dataclass(frozen=True, slots=True)
class OfferLine:
    """`work_id` None: the section lacks the assessment, so nothing can be linked yet."""

    id: OfferId
    assignment: str
    assessment: str
    section: str
    term: str
    earlier_section: str
    earlier_term: str
    noted_at: datetime
    work_id: SectionAssessmentId | None
    on_test: bool
    """The copied assignment is in a test instance of Canvas."""


@dataclass(frozen=True, slots=True)
class LinkOffers:
    units: UnitOfWorkFactory

    def __call__(self, viewer: Viewer) -> list[OfferLine]:
        """Open ones of the viewer's sections or orgs, by assignment."""
        with self.units(write=False) as unit:
            return [_line(unit, one) for one in decided_by(unit, viewer, unit.offers.open())]


def _line(unit: UnitOfWork, offer: LinkOffer) -> OfferLine:
    origin = unit.links.get(offer.origin_id)
    earlier = workplace(unit, unit.assessments.work(origin.section_assessment_id))
    section = unit.roster.section(offer.section_id)
    work = unit.assessments.work_of(earlier.assessment.id, section.id)
    return OfferLine(
        offer.id,
        offer.title,
        earlier.assessment.name,
        section.title,
        unit.roster.term(section.term_id).name,
        earlier.section.title,
        earlier.term.name,
        offer.noted_at,
        work.id if work else None,
        offer.site_id is not None and unit.sites.get(offer.site_id).test,
    )
