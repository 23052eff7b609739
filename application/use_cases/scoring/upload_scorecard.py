"""A filled scorecard comes back: what it would change. `RecordScores` then writes it."""

from collections.abc import Iterable
from dataclasses import dataclass

from application.errors import NotFound
from application.ports.unit_of_work import UnitOfWorkFactory
from application.scorecards.filled import FilledScorecard
from application.scorecards.upload import plan_upload
from application.scorecards.upload_plan import PlannedChange, UploadPlan
from application.use_cases.scoring.record_scores import CellChange
from application.workplace import scorable
from domain.assessment import AssessmentKind
from domain.ids import PersonId, SectionAssessmentId


@dataclass(frozen=True, slots=True)
class PreviewScorecard:
    units: UnitOfWorkFactory

    def __call__(
        self, person_id: PersonId, work_id: SectionAssessmentId, filled: FilledScorecard
    ) -> UploadPlan:
        """Stores nothing.

        Raises:
            NotFound: the person does not score there, or the work has no scorecard.
            NotScorable: it is closed as not assessed.
            Invalid: the file is of another assessment, or no scorecard at all.
        """
        with self.units(write=False) as unit:
            place = scorable(unit, person_id, work_id)
            if place.assessment.kind is not AssessmentKind.OUTCOMES:
                raise NotFound("A scorecard of this assessment")
            return plan_upload(unit, place, filled)


def as_cell_changes(planned: Iterable[PlannedChange]) -> tuple[CellChange, ...]:
    """For `RecordScores`, which judges each by the version that the preview showed."""
    return tuple(CellChange(one.student_id, one.row_id, one.value, one.seen) for one in planned)
