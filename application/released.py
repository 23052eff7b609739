"""A student's own results, where they are released: the one door to them for ePortfolios."""

from collections.abc import Mapping
from dataclasses import dataclass

from application.ports.unit_of_work import UnitOfWork
from application.workplace import Workplace, workplace
from domain.assessment import AssessmentKind
from domain.ids import PersonId, RowId, SectionAssessmentId
from domain.recommendation import recommended_slo_level
from domain.rubric import Criterion, CriterionLevel, Rubric
from domain.score import BLANK, Scored, ScoreValue


@dataclass(frozen=True, slots=True)
class SloReached:
    """`value` is what was scored, or for Student-Oriented work what follows from it."""

    row: Criterion
    value: ScoreValue

    @property
    def level(self) -> CriterionLevel | None:
        return self.row.level_at(self.value.points) if isinstance(self.value, Scored) else None


@dataclass(frozen=True, slots=True)
class Released:
    """One assessment in a section with the SLO levels of one student."""

    place: Workplace
    rows: tuple[SloReached, ...]


def released_results(unit: UnitOfWork, student_id: PersonId) -> dict[SectionAssessmentId, Released]:
    """All of them, of past sections too; newest term first, then by name."""
    places = [
        workplace(unit, unit.assessments.work(work_id))
        for work_id in unit.portfolios.released_works(student_id)
    ]
    places.sort(key=lambda place: place.assessment.name)
    places.sort(key=lambda place: place.term.starts_on, reverse=True)
    return {place.work.id: Released(place, _rows(unit, place, student_id)) for place in places}


def _rows(unit: UnitOfWork, place: Workplace, student_id: PersonId) -> tuple[SloReached, ...]:
    scores = unit.scores.of_student(place.work.id, student_id)
    values = {row_id: score.value for row_id, score in scores.items()}
    return slos_reached(place.assessment.kind, place.rubric, values)


def slos_reached(
    kind: AssessmentKind, rubric: Rubric, values: Mapping[RowId, ScoreValue]
) -> tuple[SloReached, ...]:
    """What one student's scores say of each SLO row."""
    if kind is AssessmentKind.STUDENT:
        return tuple(SloReached(row, _derived(rubric, row, values)) for row in rubric.outcomes)
    return tuple(SloReached(row, values.get(row.id, BLANK)) for row in rubric.criteria)


def _derived(rubric: Rubric, row: Criterion, values: Mapping[RowId, ScoreValue]) -> ScoreValue:
    chosen = values.get(row.id, BLANK)
    if chosen != BLANK:
        return chosen
    level = recommended_slo_level(rubric, row.slo_ids[0], values)
    return Scored(level.points) if level else BLANK
