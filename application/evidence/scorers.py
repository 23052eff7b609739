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
    return _numbered(unit, EvidenceTarget.result(place.work.id, student_id))


def numbered_of_section(unit: UnitOfWork, place: Workplace) -> list[tuple[int, Evidence]]:
    """What is kept of the section as a whole, numbered as `numbered_for_scorer` does."""
    return _numbered(unit, EvidenceTarget.work(place.work.id))


def neutral_title(evidence: Evidence, number: int) -> str:
    """Says what it is and nothing of what somebody called it; a file keeps its extension."""
    is_file = evidence.kind is EvidenceKind.FILE
    _, dot, extension = evidence.title.rpartition(".") if is_file else ("", "", "")
    return f"Evidence {number}{dot}{extension}"


def saved_name(unit: UnitOfWork, place: Workplace, evidence: Evidence) -> str:
    """What the file is called once the person who scores has saved it. Raises: NotFound."""
    if not place.hides_names:
        return evidence.title
    if evidence.target.student_id is None:
        found, whose = numbered_of_section(unit, place), "Section"
    else:
        faces = {face.person_id: face for face in class_list(unit, place)}
        face = faces.get(evidence.target.student_id)
        if face is None:
            raise NotFound("This evidence")
        found, whose = numbered_for_scorer(unit, place, face.person_id), face.list_name
    for number, one in found:
        if one.id == evidence.id:
            return f"{whose}, {neutral_title(one, number)}"
    raise NotFound("This evidence")


def _numbered(unit: UnitOfWork, target: EvidenceTarget) -> list[tuple[int, Evidence]]:
    every = unit.evidence.of_target(target)
    return [(number, one) for number, one in enumerate(every, start=1) if one.is_kept]
