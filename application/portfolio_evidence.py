"""Evidence as ePortfolios see it: a student's own, as long as it is kept."""

from collections.abc import Iterable, Mapping

from application.ports.unit_of_work import UnitOfWork
from domain.evidence import Evidence
from domain.ids import EvidenceId, PersonId


def own_evidence(unit: UnitOfWork, student_id: PersonId) -> list[Evidence]:
    """What may be put into a collection: the student's own that is kept."""
    del unit, student_id
    return []


def evidence_among(unit: UnitOfWork, ids: Iterable[EvidenceId]) -> Mapping[EvidenceId, Evidence]:
    del unit, ids
    return {}
