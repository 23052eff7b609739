"""What evidence is kept, for whoever keeps the machine."""

from dataclasses import dataclass
from datetime import date, datetime

from application.ports.unit_of_work import UnitOfWorkFactory
from domain.evidence import Evidence, EvidenceKind, ScanState
from domain.ids import EvidenceId, SectionAssessmentId


@dataclass(frozen=True, slots=True)
class ListedEvidence:
    """A line of the keeper's list: no name of a person, no title."""

    id: EvidenceId
    kind: EvidenceKind
    about: str
    media_type: str
    size: int
    scan: ScanState
    state: str
    added_at: datetime
    keep_until: date


@dataclass(frozen=True, slots=True)
class ListEvidence:
    """What is kept, for whoever keeps the machine; of one work, or what is past its day."""

    units: UnitOfWorkFactory

    def __call__(
        self, work_id: SectionAssessmentId | None = None, past: date | None = None
    ) -> list[ListedEvidence]:
        with self.units(write=False) as unit:
            if past is not None:
                found = unit.evidence.past(past)
            elif work_id is not None:
                found = unit.evidence.of_work(unit.assessments.work(work_id).id)
            else:
                found = unit.evidence.stored()
        return [_listed(one) for one in found]


def _listed(one: Evidence) -> ListedEvidence:
    return ListedEvidence(
        one.id,
        one.kind,
        one.target.kind.value,
        one.file.media_type,
        one.file.size,
        one.scan,
        one.state.value,
        one.added_at,
        one.keep_until,
    )
