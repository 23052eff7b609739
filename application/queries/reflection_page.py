"""The reflection of one evaluator on an assessment in a section."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from application.errors import NotFound
from application.ports.unit_of_work import UnitOfWorkFactory
from application.queries.work_header import WorkHeader, work_header
from application.workplace import given
from domain.ids import PersonId, SectionAssessmentId
from domain.reflection import ReflectionTemplate


@dataclass(frozen=True, slots=True)
class ReflectionView:
    """Version 0: nothing was written yet."""

    header: WorkHeader
    template: ReflectionTemplate
    answers: Mapping[str, str]
    """Texts by question id."""
    submitted_at: datetime | None
    version: int


@dataclass(frozen=True, slots=True)
class ReflectionPage:
    """Raises NotFound too when the assessment asks for no reflection."""

    units: UnitOfWorkFactory

    def __call__(self, person_id: PersonId, work_id: SectionAssessmentId) -> ReflectionView:
        with self.units(write=False) as unit:
            place = given(unit, person_id, work_id)
            if not place.assessment.reflection.asks:
                raise NotFound("A reflection on this assessment")
            stored = unit.assessments.reflection(work_id, person_id)
            return ReflectionView(
                header=work_header(unit, place),
                template=place.assessment.reflection,
                answers=stored.texts if stored else {},
                submitted_at=stored.submitted_at if stored else None,
                version=stored.version if stored else 0,
            )
