"""What every page of an assessment in a section shows at its top."""

from dataclasses import dataclass
from datetime import date, datetime

from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.queries.works.import_marks import ImportMark, import_marks
from application.term_guard import term_warning
from application.workplace import Workplace, is_on_test, taught
from domain.assessment import AssessmentKind, Purpose
from domain.ids import PersonId, SectionAssessmentId, SectionId
from domain.rostering import EnrolmentRole, Term


@dataclass(frozen=True, slots=True)
class WorkHeader:
    work_id: SectionAssessmentId
    name: str
    description: str
    purpose: Purpose
    is_outcomes: bool
    """Outcomes-Oriented, so that it has a scorecard."""
    course_code: str
    course_title: str
    section_id: SectionId
    section_title: str
    term_name: str
    teachers: tuple[str, ...]
    due_at: datetime | None
    released_at: datetime | None
    linked_to: str
    """Title of the LMS assignment linked last, empty when there is none."""
    on_test: bool
    """That assignment is in a test instance of the LMS."""
    asks_reflection: bool
    imported: ImportMark | None
    """The last import of LMS scores that stands."""
    is_collective: bool
    guide: str
    """For the evaluator; empty when there is none."""
    closed_reason: str
    """Not empty: closed as not assessed."""
    for_evaluator: bool
    """Looked at by somebody who does not teach there but was given the work to score."""
    hides_names: bool
    """That evaluator sees numbers instead of students."""
    scores_apart: bool
    """That evaluator is a second scorer."""
    term: Term
    terms: tuple[Term, ...]

    def term_warning(self, today: date) -> str:
        """Empty while the term of the section runs."""
        return term_warning(self.term, self.terms, today)

    @property
    def takes_scores(self) -> bool:
        """Students are scored one by one here, and may be now."""
        return not self.is_collective and not self.closed_reason

    @property
    def takes_counts(self) -> bool:
        """Students are counted for each SLO here, and may be now."""
        return self.is_collective and not self.closed_reason

    @property
    def page(self) -> str:
        """The path of the page on which the work begins."""
        name = "counts" if self.takes_counts else "rubric" if self.takes_scores else "state"
        return f"/works/{self.work_id}/{name}"


def work_header(unit: UnitOfWork, place: Workplace) -> WorkHeader:
    theirs = place.evaluator is None
    links = [link for link in unit.links.of_work(place.work.id) if link.active and theirs]
    teachers = unit.roster.people_in(place.section.id, EnrolmentRole.TEACHER)
    return WorkHeader(
        work_id=place.work.id,
        name=place.assessment.name,
        description=place.assessment.description,
        purpose=place.assessment.purpose,
        is_outcomes=place.assessment.kind is AssessmentKind.OUTCOMES,
        course_code=place.course.code,
        course_title=place.course.title,
        section_id=place.section.id,
        section_title=place.section.title,
        term_name=place.term.name,
        teachers=tuple(person.full_name for person in teachers),
        due_at=place.work.due_at,
        released_at=place.work.released_at,
        linked_to=links[0].title if links else "",
        on_test=bool(links) and is_on_test(unit, links[0]),
        asks_reflection=place.assessment.reflection.asks,
        imported=import_marks(unit, [place.work.id]).get(place.work.id) if theirs else None,
        is_collective=place.assessment.kind is AssessmentKind.COLLECTIVE,
        guide=place.assessment.guide,
        closed_reason=place.work.closed_reason,
        for_evaluator=not theirs,
        hides_names=place.hides_names,
        scores_apart=place.evaluator is not None and place.evaluator.is_second,
        term=place.term,
        terms=tuple(unit.roster.terms()),
    )


@dataclass(frozen=True, slots=True)
class ReadWorkHeader:
    """For pages about an assessment that read the rest elsewhere."""

    units: UnitOfWorkFactory

    def __call__(self, person_id: PersonId, work_id: SectionAssessmentId) -> WorkHeader:
        """Raises: NotFound unless the person teaches the section."""
        with self.units(write=False) as unit:
            return work_header(unit, taught(unit, person_id, work_id))
