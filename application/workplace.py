"""An assessment in a section with all that belongs to it, for a person who may see it."""

from dataclasses import dataclass, replace
from decimal import Decimal

from application.college_rules import decimals
from application.errors import NotFound
from application.ports.unit_of_work import UnitOfWork
from domain.assessment import Assessment, AssessmentKind, SectionAssessment
from domain.evaluation import Evaluator
from domain.ids import PersonId, SectionAssessmentId
from domain.link import Link
from domain.rostering import Course, EnrolmentRole, Section, Term
from domain.rubric import Rubric


@dataclass(frozen=True, slots=True)
class Workplace:
    work: SectionAssessment
    assessment: Assessment
    section: Section
    course: Course
    term: Term
    decimals: int
    """Of recommended scores, as the college rounds them."""
    evaluator: Evaluator | None = None
    """Set for somebody who does not teach there but was given the work to score."""

    @property
    def rubric(self) -> Rubric:
        return self.work.rubric(self.assessment)

    @property
    def hides_names(self) -> bool:
        """The evaluator sees numbers instead of students."""
        return self.evaluator is not None and self.evaluator.hides_names

    @property
    def takes_students(self) -> bool:
        """Students are scored one by one, not in counts."""
        return self.assessment.kind is not AssessmentKind.COLLECTIVE


def taught(unit: UnitOfWork, person_id: PersonId, work_id: SectionAssessmentId) -> Workplace:
    """The workplace, for somebody who teaches its section.

    Raises:
        NotFound: it does not exist, or the person does not teach there (both look alike).
    """
    return _entered(unit, person_id, work_id, EnrolmentRole.TEACHER)


def given(unit: UnitOfWork, person_id: PersonId, work_id: SectionAssessmentId) -> Workplace:
    """The workplace, for somebody who teaches its section or was given the work to score.

    Raises:
        NotFound: like `taught`.
    """
    work = unit.assessments.work(work_id)
    if unit.roster.is_enrolled(person_id, work.section_id, EnrolmentRole.TEACHER):
        return workplace(unit, work)
    evaluator = unit.evaluations.evaluator(work_id, person_id)
    if evaluator is None or not evaluator.active:
        raise NotFound("This assessment")
    return replace(workplace(unit, work), evaluator=evaluator)


def scorable(unit: UnitOfWork, person_id: PersonId, work_id: SectionAssessmentId) -> Workplace:
    """The workplace, for somebody who scores students there: a teacher or an evaluator.

    Raises:
        NotFound: like `given`. NotScorable: it is Collective, or closed as not assessed.
    """
    place = given(unit, person_id, work_id)
    place.work.require_scorable(place.assessment)
    return place


def gradable(unit: UnitOfWork, person_id: PersonId, work_id: SectionAssessmentId) -> Workplace:
    """Like `scorable`, for teachers alone: grades and what goes to the LMS are theirs."""
    place = taught(unit, person_id, work_id)
    place.work.require_scorable(place.assessment)
    return place


def taken(unit: UnitOfWork, person_id: PersonId, work_id: SectionAssessmentId) -> Workplace:
    """The workplace, for a student of its section. Raises NotFound like `taught`."""
    return _entered(unit, person_id, work_id, EnrolmentRole.STUDENT)


def _entered(
    unit: UnitOfWork, person_id: PersonId, work_id: SectionAssessmentId, role: EnrolmentRole
) -> Workplace:
    work = unit.assessments.work(work_id)
    if not unit.roster.is_enrolled(person_id, work.section_id, role):
        raise NotFound("This assessment")
    return workplace(unit, work)


def workplace(unit: UnitOfWork, work: SectionAssessment) -> Workplace:
    section = unit.roster.section(work.section_id)
    return Workplace(
        work,
        unit.assessments.get(work.assessment_id),
        section,
        unit.roster.course(section.course_id),
        unit.roster.term(section.term_id),
        decimals(unit.settings),
    )


def points_possible(unit: UnitOfWork, place: Workplace) -> Decimal:
    """What a full score is worth: the newest active link's points, else the assessment's."""
    linked = (link.points_possible for link in unit.links.of_work(place.work.id) if link.active)
    return next((points for points in linked if points), place.assessment.points_possible)


def is_on_test(unit: UnitOfWork, link: Link) -> bool:
    """Whether the linked assignment is in a test instance of the LMS."""
    return link.site_id is not None and unit.sites.get(link.site_id).test
