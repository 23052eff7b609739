"""Evidence as ePortfolios see it: a student's own work, as long as it is kept."""

from collections.abc import Iterable, Mapping

from application.ports.unit_of_work import UnitOfWork
from domain.evidence import Evidence, EvidenceSource
from domain.ids import EvidenceId, PersonId


def own_evidence(unit: UnitOfWork, student_id: PersonId) -> list[Evidence]:
    """What may be put into a collection: what the student brought or handed in, and is kept.

    What faculty attached to a result is theirs, and may hold words that are not for others.
    """
    found = unit.evidence.of_student(student_id)
    return [one for one in found if one.is_kept and one.source is not EvidenceSource.FACULTY]


def evidence_among(unit: UnitOfWork, ids: Iterable[EvidenceId]) -> Mapping[EvidenceId, Evidence]:
    return {one.id: one for one in unit.evidence.among(ids)}
