"""What would be shown to whom, before results are released."""

from dataclasses import dataclass

from application.ports.unit_of_work import UnitOfWorkFactory
from application.queries.works.work_header import WorkHeader, work_header
from application.score_cells import by_student
from application.workplace import taught
from domain.ids import PersonId, SectionAssessmentId
from domain.rostering import EnrolmentRole
from domain.score import Blank, values_by_row


@dataclass(frozen=True, slots=True)
class ReleaseView:
    """Of the students enrolled now: all rows decided, some, none; and self-assessments."""

    header: WorkHeader
    students: int
    complete: int
    begun: int
    self_assessed: int

    @property
    def untouched(self) -> int:
        return self.students - self.complete - self.begun


@dataclass(frozen=True, slots=True)
class ReleasePage:
    """Raises NotFound unless the person teaches the section."""

    units: UnitOfWorkFactory

    def __call__(self, person_id: PersonId, work_id: SectionAssessmentId) -> ReleaseView:
        with self.units(write=False) as unit:
            place = taught(unit, person_id, work_id)
            people = unit.roster.people_in(place.section.id, EnrolmentRole.STUDENT)
            cells = by_student(unit.scores.of_work(work_id))
            own = unit.self_assessments.of_work(work_id)
            given = [values_by_row(cells.get(one.id, {}).values()) for one in people]
            complete = sum(place.rubric.is_complete(values) for values in given)
            touched = sum(
                any(not isinstance(value, Blank) for value in values.values()) for values in given
            )
            return ReleaseView(
                header=work_header(unit, place),
                students=len(people),
                complete=complete,
                begun=touched - complete,
                self_assessed=sum(
                    person.id in own and own[person.id].submitted for person in people
                ),
            )
