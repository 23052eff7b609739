"""Link an LMS assignment to an assessment in a section; change and undo links."""

from dataclasses import dataclass, replace
from datetime import datetime

from application.errors import Conflict, Invalid
from application.landing import site_of
from application.launch_context import LaunchContext
from application.link_offers import settle_offers
from application.own_records import own_link
from application.ports.runtime import Clock, NewId
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.workplace import Workplace, taught
from domain.audit import Deed
from domain.ids import LinkId, PersonId, SectionAssessmentId
from domain.link import ContextChoice, Link, Placement, unopened


@dataclass(frozen=True, slots=True)
class LinkAssessmentCommand:
    person_id: PersonId
    work_id: SectionAssessmentId
    context: LaunchContext


@dataclass(frozen=True, slots=True)
class LinkAssessment:
    """Tie the assignment of this launch to the chosen assessment in a section.

    Choosing the same again changes nothing; choosing another one in the same section
    replaces the link there and keeps the earlier one as history.
    """

    units: UnitOfWorkFactory
    clock: Clock
    new_id: NewId

    def __call__(self, command: LinkAssessmentCommand) -> Link:
        """Raises: Invalid when the launch has no assignment to link; NotFound; Conflict."""
        with self.units() as unit:
            place = taught(unit, command.person_id, command.work_id)
            link = self._link(unit, command, place, self.clock.now())
            unit.commit()
        return link

    def _link(
        self, unit: UnitOfWork, command: LinkAssessmentCommand, place: Workplace, now: datetime
    ) -> Link:
        context = command.context
        link_id = LinkId(self.new_id())
        for earlier in self._in_the_way(unit, context, place):
            if earlier.section_assessment_id == place.work.id:
                return earlier
            unit.links.save(earlier.unlinked(now))
        link = unit.links.save(self._new_link(unit, link_id, command, place, now))
        settle_offers(unit, link, command.person_id, now)
        unit.links.remember_choice(
            ContextChoice(
                context.platform, context.context_id, command.person_id, place.section.id, now
            )
        )
        unit.audit.record(
            Deed(command.person_id, "linked", f"link:{link.id}", f"work:{place.work.id}", now)
        )
        return link

    def _in_the_way(self, unit: UnitOfWork, context: LaunchContext, place: Workplace) -> list[Link]:
        if context.placement is None:
            return []
        here = unit.links.at(context.placement)
        return [link for link in here if link.section_id == place.section.id]

    def _new_link(
        self,
        unit: UnitOfWork,
        link_id: LinkId,
        command: LinkAssessmentCommand,
        place: Workplace,
        now: datetime,
    ) -> Link:
        context = command.context
        site = site_of(unit, context)
        return Link(
            id=link_id,
            placement=_placement(context, link_id),
            section_assessment_id=place.work.id,
            section_id=place.section.id,
            site_id=site.id if site else None,
            course_ref=context.course,
            assignment_ref=context.assignment,
            title=context.resource_title or place.assessment.name,
            points_possible=context.points,
            linked_by=command.person_id,
            linked_at=now,
            unlinked_at=None,
            version=0,
        )


def _placement(context: LaunchContext, link_id: LinkId) -> Placement:
    if context.is_selecting:
        return Placement(context.platform, context.context_id, unopened(link_id))
    if context.placement is None:
        raise Invalid("assignment", "open the assignment in Canvas first, then link it there.")
    return context.placement


@dataclass(frozen=True, slots=True)
class Unlink:
    """Undo a link. Grades already in the LMS stay there; the link stays as history."""

    units: UnitOfWorkFactory
    clock: Clock

    def __call__(self, person_id: PersonId, link_id: LinkId) -> Link:
        """Raises: NotFound; Conflict while a send of this link is under way."""
        now = self.clock.now()
        with self.units() as unit:
            link = own_link(unit, person_id, link_id)
            if any(send.is_open for send in unit.deliveries.sends_of(link_id)):
                raise Conflict("Scores are being sent through this link; wait until they are.")
            unlinked = unit.links.save(link.unlinked(now)) if link.active else link
            unit.audit.record(Deed(person_id, "unlinked", f"link:{link_id}", "", now))
            unit.commit()
        return unlinked


@dataclass(frozen=True, slots=True)
class Relink:
    """Point a link of the list at another assessment of the same section, or renew it."""

    units: UnitOfWorkFactory
    clock: Clock
    new_id: NewId

    def __call__(self, person_id: PersonId, link_id: LinkId, work_id: SectionAssessmentId) -> Link:
        """Raises: NotFound, Conflict; Invalid when the assessment is of another section."""
        now = self.clock.now()
        with self.units() as unit:
            link = own_link(unit, person_id, link_id)
            place = taught(unit, person_id, work_id)
            if place.section.id != link.section_id:
                raise Invalid("assessment", "choose one of the same section.")
            for other in unit.links.at(link.placement):
                if other.section_id == link.section_id:
                    unit.links.save(other.unlinked(now))
            renewed = unit.links.save(
                replace(
                    link,
                    id=LinkId(self.new_id()),
                    section_assessment_id=work_id,
                    linked_by=person_id,
                    linked_at=now,
                    unlinked_at=None,
                    version=0,
                )
            )
            unit.audit.record(
                Deed(person_id, "relinked", f"link:{renewed.id}", f"work:{work_id}", now)
            )
            unit.commit()
        return renewed
