"""Scores of an assessment in a section as cells: by student, then by row."""

from application.class_list import Face
from application.ports.unit_of_work import UnitOfWork
from application.score_shelf import shelf_of, shown_to
from application.workplace import Workplace
from domain.ids import PersonId, RowId
from domain.score import Score


def by_student(scores: list[Score]) -> dict[PersonId, dict[RowId, Score]]:
    cells: dict[PersonId, dict[RowId, Score]] = {}
    for score in scores:
        cells.setdefault(score.student_id, {})[score.row_id] = score
    return cells


def shown_scores(
    unit: UnitOfWork, place: Workplace, people: tuple[Face, ...]
) -> dict[PersonId, dict[RowId, Score]]:
    """Cells by the name that the person who scores has for each student."""
    found = by_student(shelf_of(unit, place).of_work())
    return {
        face.id: {
            row_id: shown_to(place.evaluator, score)
            for row_id, score in found[face.person_id].items()
        }
        for face in people
        if face.person_id in found
    }
