from collections import defaultdict
from collections.abc import Collection, Iterable

from sqlalchemy import Connection, bindparam

from adapters.outbound.persistence.tables import scoring
from adapters.outbound.persistence.touched import Touched
from adapters.outbound.persistence.versioned import VersionedRecords
from application.ports.repositories import ScoreRepository
from domain.assessment import OwnGrade
from domain.ids import PersonId, RowId, SectionAssessmentId
from domain.score import Score, unscored

SCORES = VersionedRecords(scoring.scores, Score)
OWN_GRADES = VersionedRecords(scoring.own_grades, OwnGrade)

_KEY = (SCORES.c.section_assessment_id, SCORES.c.student_id, SCORES.c.row_id)
_OF_WORKS = SCORES.select.where(
    SCORES.c.section_assessment_id.in_(bindparam("among", expanding=True))
).order_by(*_KEY)
_OF_STUDENT = SCORES.select.where(
    SCORES.c.section_assessment_id == bindparam("work_id"),
    SCORES.c.student_id == bindparam("student_id"),
).order_by(*_KEY)
_OWN_GRADES = OWN_GRADES.select.where(
    OWN_GRADES.c.section_assessment_id == bindparam("work_id")
).order_by(OWN_GRADES.c.student_id)


class SqlScores(ScoreRepository):
    def __init__(self, connection: Connection, touched: Touched) -> None:
        self._connection = connection
        self._touched = touched

    def of_work(self, section_assessment_id: SectionAssessmentId) -> list[Score]:
        return SCORES.among(self._connection, _OF_WORKS, [section_assessment_id])

    def of_works(
        self, ids: Iterable[SectionAssessmentId]
    ) -> dict[SectionAssessmentId, list[Score]]:
        found: defaultdict[SectionAssessmentId, list[Score]] = defaultdict(list)
        for score in SCORES.among(self._connection, _OF_WORKS, ids):
            found[score.section_assessment_id].append(score)
        return dict(found)

    def of_student(
        self, section_assessment_id: SectionAssessmentId, student_id: PersonId
    ) -> dict[RowId, Score]:
        found = SCORES.fetch(
            self._connection, _OF_STUDENT, work_id=section_assessment_id, student_id=student_id
        )
        return {score.row_id: score for score in found}

    def cell(
        self, section_assessment_id: SectionAssessmentId, student_id: PersonId, row_id: RowId
    ) -> Score:
        found = SCORES.find(self._connection, section_assessment_id, student_id, row_id)
        return found or unscored(section_assessment_id, student_id, row_id)

    def save(self, score: Score) -> Score:
        self.save_all([score])
        return score

    def save_all(self, scores: Collection[Score]) -> None:
        SCORES.store(self._connection, list(scores))
        self._touched.works.update(score.section_assessment_id for score in scores)

    def own_grades(self, section_assessment_id: SectionAssessmentId) -> dict[PersonId, OwnGrade]:
        found = OWN_GRADES.fetch(self._connection, _OWN_GRADES, work_id=section_assessment_id)
        return {grade.student_id: grade for grade in found}

    def save_own_grade(self, grade: OwnGrade) -> OwnGrade:
        return OWN_GRADES.save(self._connection, grade)
