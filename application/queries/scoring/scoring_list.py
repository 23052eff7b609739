"""The works that were given to a person to score."""

from dataclasses import dataclass
from datetime import datetime

from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.queries.works.levels import is_decided
from application.score_shelf import shelf_of
from application.workplace import Workplace, given
from domain.assessment import AssessmentKind
from domain.collective import counted_cells
from domain.evaluation import Evaluator
from domain.ids import PersonId, SectionAssessmentId
from domain.rostering import EnrolmentRole


@dataclass(frozen=True, slots=True)
class GivenWork:
    """`decided` of `needed` cells hold a score or N/A, as this person sees them."""

    work_id: SectionAssessmentId
    name: str
    course_code: str
    section_title: str
    term_name: str
    due_at: datetime | None
    is_collective: bool
    is_second: bool
    hides_names: bool
    closed_reason: str
    decided: int
    needed: int

    @property
    def page(self) -> str:
        if self.closed_reason:
            return ""
        return f"/works/{self.work_id}/{'counts' if self.is_collective else 'rubric'}"


@dataclass(frozen=True, slots=True)
class ScoringList:
    """By due date, those without one last."""

    units: UnitOfWorkFactory

    def __call__(self, person_id: PersonId) -> tuple[GivenWork, ...]:
        with self.units(write=False) as unit:
            found = [
                _listed(unit, given(unit, person_id, one.section_assessment_id), one)
                for one in unit.evaluations.given_to(person_id)
            ]
        return tuple(sorted(found, key=lambda w: (w.due_at is None, w.due_at, w.name, w.work_id)))


def _listed(unit: UnitOfWork, place: Workplace, evaluator: Evaluator) -> GivenWork:
    students = {
        person.id for person in unit.roster.people_in(place.section.id, EnrolmentRole.STUDENT)
    }
    rows = {row.id for row in place.rubric.criteria}
    collective = place.assessment.kind is AssessmentKind.COLLECTIVE
    if collective:
        counts = unit.counts.of_work(place.work.id).values()
        decided = counted_cells(counts, rows, len(students))
    else:
        decided = sum(
            is_decided(score.value) and score.student_id in students and score.row_id in rows
            for score in shelf_of(unit, place).of_work()
        )
    return GivenWork(
        place.work.id, place.assessment.name, place.course.code, place.section.title,
        place.term.name, place.work.due_at, collective, evaluator.is_second,
        evaluator.hides_names, place.work.closed_reason, decided, len(students) * len(rows),
    )  # fmt: skip
