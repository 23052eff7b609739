"""What can be downloaded of an assessment in a section, and which of it takes a job."""

from dataclasses import dataclass

from application.class_list import class_list
from application.errors import Invalid
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.queries.works.levels import RowHead, row_head
from application.queries.works.work_header import WorkHeader, work_header
from application.scorecards.sheet import KEY, TECH_ID
from application.scorecards.wanted import EVERYBODY, FileFormat, Subject, Wanted
from application.workplace import Workplace, given
from domain.ids import PersonId, SectionAssessmentId

MOST_AT_ONCE = 50
"""Rubrics that a request sets while the person waits; beyond, a job does (a second of CPU)."""


@dataclass(frozen=True, slots=True)
class StudentName:
    """As the person who scores sees the student, see `Face`."""

    id: PersonId
    name: str
    tech_id: str
    key: str


@dataclass(frozen=True, slots=True)
class DownloadsView:
    header: WorkHeader
    students: tuple[StudentName, ...]
    rows: tuple[RowHead, ...]

    @property
    def key_title(self) -> str:
        """What the column of a scorecard is called that names the student."""
        return KEY if self.header.hides_names else TECH_ID

    def student_with(self, key: str) -> StudentName:
        """Raises Invalid."""
        found = next((one for one in self.students if one.key == key), None)
        if found is None:
            raise Invalid("student", f"no student of this section has the {self.key_title} {key}.")
        return found

    @property
    def has_scorecard(self) -> bool:
        return self.header.is_outcomes

    @property
    def many(self) -> bool:
        """The rubrics of all students as PDF take a job."""
        return len(self.students) > MOST_AT_ONCE

    def takes_a_job(self, wanted: Wanted) -> bool:
        return takes_a_job(wanted, len(self.students))


@dataclass(frozen=True, slots=True)
class DownloadsPage:
    """Raises NotFound for somebody who does not score there."""

    units: UnitOfWorkFactory

    def __call__(self, person_id: PersonId, work_id: SectionAssessmentId) -> DownloadsView:
        with self.units(write=False) as unit:
            place = given(unit, person_id, work_id)
            rows = tuple(row_head(row) for row in place.rubric.criteria)
            return DownloadsView(work_header(unit, place), _students(unit, place), rows)


def takes_a_job(wanted: Wanted, students: int) -> bool:
    """Only rubrics of many students as PDF are long to make."""
    return (
        wanted.subject is Subject.RUBRIC
        and wanted.format is FileFormat.PDF
        and wanted.whom == EVERYBODY
        and students > MOST_AT_ONCE
    )


def _students(unit: UnitOfWork, place: Workplace) -> tuple[StudentName, ...]:
    people = class_list(unit, place)
    return tuple(StudentName(one.id, one.list_name, one.tech_id, one.key) for one in people)
