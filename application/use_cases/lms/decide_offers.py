"""Accept or decline links that copied LMS courses brought along."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from application.errors import Forbidden
from application.link_offers import decided_by
from application.ports.runtime import Clock, NewId
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.viewers import Viewer
from domain.audit import Deed
from domain.ids import LinkId, OfferId, PersonId
from domain.link import Link
from domain.link_offer import LinkOffer, OfferState


@dataclass(frozen=True, slots=True)
class DecideOffersCommand:
    """`offers` None: all that are open. `viewer` is a person: a link is made by somebody."""

    viewer: Viewer
    accept: bool
    offers: Collection[OfferId] | None = None


@dataclass(frozen=True, slots=True)
class DecideOffersReport:
    """`left` stay open: their section lacks the assessment."""

    decided: int
    left: int


@dataclass(frozen=True, slots=True)
class DecideOffers:
    """Offers that somebody else decided meanwhile are left as they are.

    Raises:
        Forbidden: nobody in particular decides.
    """

    units: UnitOfWorkFactory
    clock: Clock
    new_id: NewId

    def __call__(self, command: DecideOffersCommand) -> DecideOffersReport:
        person_id = command.viewer.person_id
        if person_id is None:
            raise Forbidden("Say who decides with --as TECH_ID.")
        now = self.clock.now()
        decided = left = 0
        with self.units() as unit:
            for offer in decided_by(unit, command.viewer, unit.offers.open()):
                if command.offers is not None and offer.id not in command.offers:
                    continue
                done = self._decide(unit, offer, person_id, now, accept=command.accept)
                decided += done
                left += not done
            if decided:
                verb = "accepted link offers" if command.accept else "declined link offers"
                unit.audit.record(Deed(person_id, verb, "link offers", str(decided), now))
                unit.commit()
        return DecideOffersReport(decided, left)

    def _decide(
        self, unit: UnitOfWork, offer: LinkOffer, by: PersonId, now: datetime, *, accept: bool
    ) -> bool:
        if accept and not self._link(unit, offer, by, now):
            return False
        state = OfferState.ACCEPTED if accept else OfferState.DECLINED
        unit.offers.save(offer.decided(state, by, now))
        return True

    def _link(self, unit: UnitOfWork, offer: LinkOffer, by: PersonId, now: datetime) -> bool:
        """False where the section lacks the assessment. A link that is there is kept."""
        origin = unit.links.get(offer.origin_id)
        earlier = unit.assessments.work(origin.section_assessment_id)
        work = unit.assessments.work_of(earlier.assessment_id, offer.section_id)
        if work is None:
            return False
        link = Link(
            id=LinkId(self.new_id()),
            placement=offer.placement,
            section_assessment_id=work.id,
            section_id=offer.section_id,
            site_id=offer.site_id,
            course_ref=offer.course_ref,
            assignment_ref=offer.assignment_ref,
            title=offer.title,
            points_possible=offer.points_possible,
            linked_by=by,
            linked_at=now,
            unlinked_at=None,
            version=0,
        )
        here = unit.links.at(offer.placement)
        if not any(one.section_id == offer.section_id for one in here):
            unit.links.save(link)
        return True
