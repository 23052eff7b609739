"""Evidence before somebody who scores a student: a teacher, or an evaluator without names."""

from application.class_list import class_list
from application.errors import NotFound
from application.ports.unit_of_work import UnitOfWork
from application.workplace import Workplace
from domain.evidence import Evidence, EvidenceKind, EvidenceTarget
from domain.ids import PersonId


def numbered_for_scorer(
    unit: UnitOfWork, place: Workplace, student_id: PersonId
) -> list[tuple[int, Evidence]]:
    """What is kept on that student's result, in the order in which it came.

    The numbers count what is retired too, so that they stay when something goes out of sight.
    """
    every = unit.evidence.of_target(EvidenceTarget.result(place.work.id, student_id))
    return [(number, one) for number, one in enumerate(every, start=1) if one.is_kept]


def neutral_title(evidence: Evidence, number: int) -> str:
    """Says what it is and nothing of what somebody called it; a file keeps its extension."""
    is_file = evidence.kind is EvidenceKind.FILE
    _, dot, extension = evidence.title.rpartition(".") if is_file else ("", "", "")
    return f"Evidence {number}{dot}{extension}"


def saved_name(unit: UnitOfWork, place: Workplace, evidence: Evidence) -> str:
    """What the file is called once the person who scores has saved it. Raises: NotFound."""
    if not place.hides_names:
        return evidence.title
    for face in class_list(unit, place):
        if face.person_id == evidence.target.student_id:
            for number, one in numbered_for_scorer(unit, place, face.person_id):
                if one.id == evidence.id:
                    return f"{face.list_name}, {neutral_title(one, number)}"
    raise NotFound("This evidence")
