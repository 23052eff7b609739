"""The reflection of one evaluator on an assessment in a section."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from application.errors import NotFound
from application.ports.unit_of_work import UnitOfWorkFactory
from application.queries.works.work_header import WorkHeader, work_header
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
    shared_at: datetime | None
    version: int
    org_name: str
    """Whose coordinators and teachers may read it, once it is submitted and shared."""
    earlier: bool
    """The assessment asks other questions now than those that were answered here."""


@dataclass(frozen=True, slots=True)
class ReflectionPage:
    """Raises NotFound too when the assessment asks for no reflection."""

    units: UnitOfWorkFactory

    def __call__(self, person_id: PersonId, work_id: SectionAssessmentId) -> ReflectionView:
        with self.units(write=False) as unit:
            place = given(unit, person_id, work_id)
            stored = unit.assessments.reflection(work_id, person_id)
            asked = place.assessment.reflection
            template = (stored.asked if stored else None) or asked
            if not template.asks:
                raise NotFound("A reflection on this assessment")
            return ReflectionView(
                header=work_header(unit, place),
                template=template,
                answers=stored.texts if stored else {},
                submitted_at=stored.submitted_at if stored else None,
                shared_at=stored.shared_at if stored else None,
                version=stored.version if stored else 0,
                org_name=unit.roster.org(place.course.org_id).name,
                earlier=template != asked,
            )
