from typing import Any

from sqlalchemy import Connection, Select

from adapters.outbound.persistence.repositories.assessments import REFLECTIONS
from adapters.outbound.persistence.tables import evaluation, rostering, scoring
from adapters.outbound.persistence.versioned import VersionedRecords
from application.ports.scoring_repositories import (
    ReflectionFilter,
    ReflectionRepository,
    SubmittedReflection,
)
from domain.ids import ReflectionTemplateId
from domain.reflection import CollegeTemplate
from domain.rostering import collation_key

TEMPLATES = VersionedRecords(evaluation.templates, CollegeTemplate)

_work, _section, _course = scoring.works.c, rostering.sections.c, rostering.courses.c
_person = rostering.people.c
_SUBMITTED: Select[Any] = (
    REFLECTIONS.select.add_columns(
        scoring.assessments.c.name, _course.code, _section.title, rostering.terms.c.name,
        _person.given_name, _person.family_name,
    )
    .join(scoring.works, _work.id == REFLECTIONS.c.section_assessment_id)
    .join(rostering.sections, _section.id == _work.section_id)
    .join(rostering.courses, _course.id == _section.course_id)
    .join(rostering.terms, rostering.terms.c.id == _section.term_id)
    .join(scoring.assessments, scoring.assessments.c.id == _work.assessment_id)
    .join(rostering.people, _person.id == REFLECTIONS.c.person_id)
    .where(REFLECTIONS.c.submitted_at.is_not(None))
    .order_by(
        REFLECTIONS.c.submitted_at.desc(),
        REFLECTIONS.c.section_assessment_id,
        REFLECTIONS.c.person_id,
    )
)  # fmt: skip


class SqlReflections(ReflectionRepository):
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def submitted(
        self, wanted: ReflectionFilter, *, limit: int, offset: int = 0
    ) -> list[SubmittedReflection]:
        statement = _narrowed(wanted).limit(limit).offset(offset)
        own = len(REFLECTIONS.columns)
        return [
            SubmittedReflection(REFLECTIONS.record(row[:own]), *row[own:])
            for row in self._connection.execute(statement)
        ]

    def templates(self) -> list[CollegeTemplate]:
        found = TEMPLATES.all(self._connection)
        return sorted(found, key=lambda one: (collation_key(one.name), one.id))

    def template(self, template_id: ReflectionTemplateId) -> CollegeTemplate:
        return TEMPLATES.get(self._connection, "This reflection template", template_id)

    def save_template(self, template: CollegeTemplate) -> CollegeTemplate:
        return TEMPLATES.save(self._connection, template)


def _narrowed(wanted: ReflectionFilter) -> Select[Any]:
    statement = _SUBMITTED
    if wanted.term_id is not None:
        statement = statement.where(_section.term_id == wanted.term_id)
    if wanted.org_ids is not None:
        statement = statement.where(_course.org_id.in_(wanted.org_ids))
    if wanted.shared:
        statement = statement.where(REFLECTIONS.c.shared_at.is_not(None))
    return statement
