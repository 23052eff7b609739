"""All links of a person's sections, with what was last sent through each."""

from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter

from application.launch_context import LaunchContext
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.workplace import is_on_test, workplace
from domain.delivery import Send
from domain.ids import LinkId, PersonId, SectionAssessmentId
from domain.link import Link
from domain.rostering import EnrolmentRole


@dataclass(frozen=True, slots=True)
class LinkRow:
    """One link as the list shows it; `sent` is how many grades stand by its last send."""

    id: LinkId
    work_id: SectionAssessmentId
    assignment: str
    assessment: str
    section: str
    term: str
    linked_by: str
    linked_at: datetime
    unlinked_at: datetime | None
    sent: int
    last_send: Send | None
    on_test: bool
    choices: tuple[tuple[SectionAssessmentId, str], ...]
    """The section's assessments, to change the link to another one."""


@dataclass(frozen=True, slots=True)
class CopyOffer:
    """A copied assignment's earlier link, and the same assessment in a section of now."""

    work_id: SectionAssessmentId
    assessment: str
    section: str
    earlier_section: str


@dataclass(frozen=True, slots=True)
class LinksPage:
    units: UnitOfWorkFactory

    def __call__(
        self, person_id: PersonId, work_id: SectionAssessmentId | None = None
    ) -> list[LinkRow]:
        """Links of all sections taught, newest first; of one assessment when asked."""
        with self.units(write=False) as unit:
            mine = unit.roster.sections_of(person_id, EnrolmentRole.TEACHER)
            links = unit.links.in_sections([section.id for section in mine])
            return [
                _row(unit, link) for link in links if work_id in {None, link.section_assessment_id}
            ]


@dataclass(frozen=True, slots=True)
class CopyOffers:
    units: UnitOfWorkFactory

    def __call__(self, person_id: PersonId, context: LaunchContext) -> list[CopyOffer]:
        """Where the launch URL carries a link of another place: offered, not followed."""
        if not context.own_link or context.placement is None:
            return []
        with self.units(write=False) as unit:
            if unit.links.at(context.placement):
                return []
            origin = unit.links.elsewhere(context.platform, LinkId(context.own_link))
            return _offers(unit, person_id, origin, context) if origin else []


def _offers(
    unit: UnitOfWork, person_id: PersonId, origin: Link, context: LaunchContext
) -> list[CopyOffer]:
    earlier = workplace(unit, unit.assessments.work(origin.section_assessment_id))
    mine = unit.roster.sections_of(person_id, EnrolmentRole.TEACHER)
    meant = [section for section in mine if section.id in context.sections] or mine
    offers = []
    for section in sorted(meant, key=attrgetter("title")):
        work = unit.assessments.work_of(earlier.assessment.id, section.id)
        if work is not None:
            offers.append(
                CopyOffer(work.id, earlier.assessment.name, section.title, earlier.section.title)
            )
    return offers


def _row(unit: UnitOfWork, link: Link) -> LinkRow:
    place = workplace(unit, unit.assessments.work(link.section_assessment_id))
    sends = unit.deliveries.sends_of(link.id)
    return LinkRow(
        id=link.id,
        work_id=place.work.id,
        assignment=link.title,
        assessment=place.assessment.name,
        section=place.section.title,
        term=place.term.name,
        linked_by=unit.roster.person(link.linked_by).full_name,
        linked_at=link.linked_at,
        unlinked_at=link.unlinked_at,
        sent=len(unit.deliveries.last_sent(link.id)),
        last_send=sends[0] if sends else None,
        on_test=is_on_test(unit, link),
        choices=tuple(
            (work.id, unit.assessments.get(work.assessment_id).name)
            for work in unit.assessments.works_in([link.section_id])
        ),
    )
