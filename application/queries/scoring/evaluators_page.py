"""Who was given the work of a section to score, and how far they are."""

from dataclasses import dataclass
from datetime import datetime

from application.planning.keeping import reached
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.queries.works.levels import is_decided
from application.queries.works.work_header import WorkHeader, work_header
from application.viewers import Viewer
from application.workplace import Workplace
from domain.evaluation import Evaluator
from domain.ids import PersonId, SectionAssessmentId
from domain.rostering import EnrolmentRole
from domain.score import Score


@dataclass(frozen=True, slots=True)
class EvaluatorLine:
    """`scored` cells hold a score or N/A that this person gave, of `needed`."""

    person_id: PersonId
    name: str
    tech_id: str
    is_second: bool
    hides_names: bool
    assigned_at: datetime
    withdrawn_at: datetime | None
    scored: int
    needed: int


@dataclass(frozen=True, slots=True)
class EvaluatorsView:
    header: WorkHeader
    lines: tuple[EvaluatorLine, ...]

    @property
    def is_double(self) -> bool:
        return any(line.is_second for line in self.lines)


@dataclass(frozen=True, slots=True)
class EvaluatorsPage:
    """Raises NotFound for those who neither teach there nor keep the org."""

    units: UnitOfWorkFactory

    def __call__(self, viewer: Viewer, work_id: SectionAssessmentId) -> EvaluatorsView:
        with self.units(write=False) as unit:
            place = reached(unit, viewer, work_id)
            return EvaluatorsView(work_header(unit, place), evaluator_lines(unit, place))


def evaluator_lines(unit: UnitOfWork, place: Workplace) -> tuple[EvaluatorLine, ...]:
    evaluators = unit.evaluations.evaluators_of(place.work.id)
    people = unit.roster.people(one.person_id for one in evaluators)
    students = {
        person.id for person in unit.roster.people_in(place.section.id, EnrolmentRole.STUDENT)
    }
    rows = {row.id for row in place.rubric.criteria}
    record = unit.scores.of_work(place.work.id) if evaluators else []
    second = unit.evaluations.second_scores(place.work.id) if evaluators else {}

    def line(one: Evaluator) -> EvaluatorLine:
        apart = [score.as_score() for score in second.get(one.person_id, [])]
        given: list[Score] = (
            apart if one.is_second else [s for s in record if s.scored_by == one.person_id]
        )
        scored = sum(
            is_decided(s.value) and s.student_id in students and s.row_id in rows for s in given
        )
        person = people[one.person_id]
        return EvaluatorLine(
            one.person_id, person.full_name, person.tech_id, one.is_second, one.hides_names,
            one.assigned_at, one.withdrawn_at, scored, len(students) * len(rows),
        )  # fmt: skip

    return tuple(line(one) for one in evaluators)
