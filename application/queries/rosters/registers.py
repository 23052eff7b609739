"""What is stored, as lists for the command line: scales, SLOs, assessments, links."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from application.errors import Invalid, NotFound
from application.only_one import only_one
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.workplace import workplace
from domain.identity import LocalField
from domain.ids import LinkId, PersonId, SectionAssessmentId
from domain.rostering import Section, comparable_title
from domain.scale import AssessmentScale
from domain.slo import Slo


@dataclass(frozen=True, slots=True)
class OutcomeRegister:
    """Scales, SLOs, and the codes of the courses and orgs that own them, by id."""

    scales: tuple[AssessmentScale, ...]
    slos: tuple[Slo, ...]
    courses: dict[str, str]
    orgs: dict[str, str]


@dataclass(frozen=True, slots=True)
class AssessmentLine:
    code: str
    name: str
    kind: str
    purpose: str
    state: str
    edition: int
    rows: int
    points_possible: Decimal
    in_library: bool
    sections: tuple[str, ...]
    """Titles of the sections that use it."""


@dataclass(frozen=True, slots=True)
class LinkLine:
    id: LinkId
    section: str
    assessment: str
    assignment: str
    linked_at: datetime
    unlinked_at: datetime | None
    sent: int
    """Grades that stand in the LMS by this link."""


@dataclass(frozen=True, slots=True)
class WorkPlace:
    """An assessment in a section, and the person for whom something is done there."""

    person_id: PersonId
    work_id: SectionAssessmentId


@dataclass(frozen=True, slots=True)
class Registers:
    units: UnitOfWorkFactory

    def outcomes(self) -> OutcomeRegister:
        with self.units(write=False) as unit:
            return OutcomeRegister(
                tuple(unit.outcomes.scales()),
                tuple(unit.outcomes.slos()),
                {str(course.id): course.code for course in unit.roster.courses()},
                {str(org.id): org.code for org in unit.roster.orgs()},
            )

    def assessments(self) -> list[AssessmentLine]:
        """By name."""
        with self.units(write=False) as unit:
            titles = {section.id: section.title for section in unit.roster.sections()}
            used: dict[str, list[str]] = {}
            for work in unit.assessments.works_in(titles):
                used.setdefault(work.assessment_id, []).append(titles[work.section_id])
            return [
                AssessmentLine(
                    a.code,
                    a.name,
                    a.kind,
                    a.purpose,
                    a.state,
                    a.edition,
                    len(a.rubric.criteria),
                    a.points_possible,
                    a.in_library,
                    tuple(sorted(used.get(a.id, []))),
                )
                for a in unit.assessments.all()
            ]

    def links(self) -> list[LinkLine]:
        """Newest first, undone ones too."""
        with self.units(write=False) as unit:
            sections = [section.id for section in unit.roster.sections()]
            lines = []
            for link in unit.links.in_sections(sections):
                place = workplace(unit, unit.assessments.work(link.section_assessment_id))
                lines.append(
                    LinkLine(
                        link.id,
                        place.section.title,
                        place.assessment.code,
                        link.title,
                        link.linked_at,
                        link.unlinked_at,
                        len(unit.deliveries.last_sent(link.id)),
                    )
                )
            return lines

    def work_of(self, section: str, assessment: str, tech_id: str) -> WorkPlace:
        """The assessment with this code in the section with this title or source id.

        Raises:
            Invalid: a name fits nothing, or several.
            NotFound: the section does not use the assessment.
        """
        with self.units(write=False) as unit:
            work_id = _work(unit, section, assessment)
            return WorkPlace(_person(unit, tech_id), work_id)

    def person(self, tech_id: str) -> PersonId:
        """The only active person with this Tech ID. Raises Invalid."""
        with self.units(write=False) as unit:
            return _person(unit, tech_id)

    def work_named(self, section: str, assessment: str) -> SectionAssessmentId:
        """Like `work_of`, for nobody in particular. Raises: Invalid, NotFound."""
        with self.units(write=False) as unit:
            return _work(unit, section, assessment)


def _work(unit: UnitOfWork, section: str, assessment: str) -> SectionAssessmentId:
    found = _section(unit, section)
    by_code = {a.code: a for a in unit.assessments.all()}
    if assessment not in by_code:
        raise Invalid("assessment", f"no assessment has the code {assessment}.")
    work = unit.assessments.work_of(by_code[assessment].id, found.id)
    if work is None:
        raise NotFound(f"Assessment {assessment} in {found.title}")
    return work.id


def _section(unit: UnitOfWork, name: str) -> Section:
    wanted = comparable_title(name)
    fitting = [
        section
        for section in unit.roster.sections()
        if section.active
        and (section.source_id == name or comparable_title(section.title) == wanted)
    ]
    return only_one("section", name, fitting, "active section", "title or source id")


def _person(unit: UnitOfWork, tech_id: str) -> PersonId:
    found = [p for p in unit.roster.people_where(LocalField.TECH_ID, tech_id) if p.active]
    if len(found) != 1:
        raise Invalid("as", "give the Tech ID of exactly one active person.")
    return found[0].id
