"""Codes and names of what is kept otherwise than the scores say, read when there is any."""

from functools import cached_property

from sqlalchemy import Connection, select

from adapters.outbound.persistence.tables import rostering, scoring
from domain.ids import CourseId, SectionAssessmentId, SloId, TermId

_WORKS = (
    select(scoring.works.c.id, scoring.assessments.c.code, rostering.sections.c.title)
    .join(scoring.assessments, scoring.assessments.c.id == scoring.works.c.assessment_id)
    .join(rostering.sections, rostering.sections.c.id == scoring.works.c.section_id)
)
_SLOS = select(scoring.slos.c.id, scoring.slos.c.code)
_COURSES = select(rostering.courses.c.id, rostering.courses.c.code)
_TERMS = select(rostering.terms.c.id, rostering.terms.c.name)


class Names:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def work(self, work_id: SectionAssessmentId) -> str:
        code, title = self._works.get(work_id, ("", work_id))
        return f"{code} in {title}" if code else title

    def slo(self, slo_id: SloId) -> str:
        return self._slos.get(slo_id, slo_id)

    def course(self, course_id: CourseId) -> str:
        return self._courses.get(course_id, course_id)

    def term(self, term_id: TermId) -> str:
        return self._terms.get(term_id, term_id)

    @cached_property
    def _works(self) -> dict[str, tuple[str, str]]:
        return {row[0]: (row[1], row[2]) for row in self._connection.execute(_WORKS)}

    @cached_property
    def _slos(self) -> dict[str, str]:
        return {row[0]: row[1] for row in self._connection.execute(_SLOS)}

    @cached_property
    def _courses(self) -> dict[str, str]:
        return {row[0]: row[1] for row in self._connection.execute(_COURSES)}

    @cached_property
    def _terms(self) -> dict[str, str]:
        return {row[0]: row[1] for row in self._connection.execute(_TERMS)}
