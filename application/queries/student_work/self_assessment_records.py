"""Self-assessments as programs read them: a student's own, and those of a section taught."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from application.errors import NotFound
from application.ports.listings import Page, Turn
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.queries.lists.turned import turned
from application.queries.works.levels import is_decided
from application.score_cells import by_student
from application.viewers import Viewer
from application.workplace import Workplace, taken, taught
from domain.access import Right
from domain.ids import PersonId, RowId, SectionAssessmentId
from domain.rostering import EnrolmentRole
from domain.score import Score
from domain.self_assessment import SelfAssessment

_WORK = "This assessment"


@dataclass(frozen=True, slots=True)
class SelfAssessmentRecords:
    """Raises: NotFound for whoever neither teaches nor studies there."""

    units: UnitOfWorkFactory

    def __call__(
        self, viewer: Viewer, work_id: SectionAssessmentId, turn: Turn
    ) -> Page[SelfAssessment]:
        """Who teaches sees what is submitted, row by row once they have decided on the row."""
        if viewer.person_id is None:
            raise NotFound(_WORK)
        with self.units(write=False) as unit:
            if viewer.may(Right.TEACH):
                found = _of_class(unit, taught(unit, viewer.person_id, work_id))
            elif viewer.may(Right.SEE_OWN_RESULTS):
                taken(unit, viewer.person_id, work_id)
                own = unit.self_assessments.find(work_id, viewer.person_id)
                found = [own] if own else []
            else:
                raise NotFound(_WORK)
        return turned(found, lambda one: one.student_id, turn)

    def own(self, person_id: PersonId, work_id: SectionAssessmentId) -> SelfAssessment:
        """Version 0 where nothing was chosen yet."""
        with self.units(write=False) as unit:
            taken(unit, person_id, work_id)
            found = unit.self_assessments.find(work_id, person_id)
        return found or SelfAssessment(work_id, person_id, (), "", None, 0)


def _of_class(unit: UnitOfWork, place: Workplace) -> list[SelfAssessment]:
    students = {p.id for p in unit.roster.people_in(place.section.id, EnrolmentRole.STUDENT)}
    cells = by_student(unit.scores.of_work(place.work.id))
    rows = [row.id for row in place.rubric.criteria]
    return [
        _unswayed(one, cells.get(student_id, {}), rows)
        for student_id, one in unit.self_assessments.of_work(place.work.id).items()
        if one.submitted and student_id in students
    ]


def _unswayed(
    one: SelfAssessment, cells: Mapping[RowId, Score], rows: list[RowId]
) -> SelfAssessment:
    """What does not sway who has still to decide: as the rubric page shows it."""
    decided = {row_id for row_id, score in cells.items() if is_decided(score.value)}
    shown = tuple(score for score in one.scores if score.row_id in decided)
    return replace(one, scores=shown, note=one.note if decided.issuperset(rows) else "")
