"""What can be downloaded of an assessment in a section, and which of it takes a job."""

from dataclasses import dataclass

from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.queries.work_header import WorkHeader, work_header
from application.scorecards.wanted import EVERYBODY, FileFormat, Subject, Wanted
from application.workplace import Workplace, taught
from domain.ids import PersonId, SectionAssessmentId
from domain.rostering import EnrolmentRole

MOST_AT_ONCE = 50
"""Rubrics that a request sets while the person waits; beyond, a job does (a second of CPU)."""


@dataclass(frozen=True, slots=True)
class StudentName:
    id: PersonId
    name: str
    tech_id: str


@dataclass(frozen=True, slots=True)
class DownloadsView:
    header: WorkHeader
    students: tuple[StudentName, ...]
    has_scorecard: bool

    def takes_a_job(self, wanted: Wanted) -> bool:
        return takes_a_job(wanted, len(self.students))


@dataclass(frozen=True, slots=True)
class DownloadsPage:
    """Raises NotFound for somebody who does not teach there."""

    units: UnitOfWorkFactory

    def __call__(self, person_id: PersonId, work_id: SectionAssessmentId) -> DownloadsView:
        with self.units(write=False) as unit:
            place = taught(unit, person_id, work_id)
            header = work_header(unit, place)
            return DownloadsView(header, _students(unit, place), header.is_outcomes)


def takes_a_job(wanted: Wanted, students: int) -> bool:
    """Only rubrics of many students as PDF are long to make."""
    return (
        wanted.subject is Subject.RUBRIC
        and wanted.format is FileFormat.PDF
        and wanted.whom == EVERYBODY
        and students > MOST_AT_ONCE
    )


def _students(unit: UnitOfWork, place: Workplace) -> tuple[StudentName, ...]:
    people = unit.roster.people_in(place.section.id, EnrolmentRole.STUDENT)
    return tuple(StudentName(one.id, one.list_name, one.tech_id) for one in people)
