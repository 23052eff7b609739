"""The rubric of an assessment in a section: its students, and one of them ready to be scored."""

from dataclasses import dataclass

from application.class_list import class_list
from application.ports.unit_of_work import UnitOfWorkFactory
from application.queries.scoring.student_sheet import (
    StudentChoice,
    StudentSheet,
    student_choice,
    student_sheet,
)
from application.queries.works.levels import LevelView, common_levels, row_head
from application.queries.works.work_header import WorkHeader, work_header
from application.score_cells import shown_scores
from application.workplace import given
from domain.ids import PersonId, SectionAssessmentId


@dataclass(frozen=True, slots=True)
class RubricView:
    """`sheet` is None while the section has no students."""

    header: WorkHeader
    students: tuple[StudentChoice, ...]
    complete: int
    columns: tuple[LevelView, ...]
    """Levels shared by all rows, for the heading; empty when rows differ."""
    sheet: StudentSheet | None


@dataclass(frozen=True, slots=True)
class RubricPage:
    """For teachers, and evaluators as they may see it.

    Raises NotFound for somebody who does not score there and for a strange student.
    """

    units: UnitOfWorkFactory

    def __call__(
        self, person_id: PersonId, work_id: SectionAssessmentId, student_id: PersonId | None
    ) -> RubricView:
        with self.units(write=False) as unit:
            place = given(unit, person_id, work_id)
            people = class_list(unit, place)
            scores = shown_scores(unit, place, people)
            students = tuple(student_choice(p, place.rubric, scores.get(p.id, {})) for p in people)
            return RubricView(
                header=work_header(unit, place),
                students=students,
                complete=sum(s.decided == s.total for s in students),
                columns=common_levels([row_head(row) for row in place.rubric.criteria]),
                sheet=student_sheet(unit, place, people, students, scores, student_id)
                if people
                else None,
            )
