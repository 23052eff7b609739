from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Select

from adapters.outbound.persistence.repositories.assessments import REFLECTIONS
from adapters.outbound.persistence.tables import evaluation, rostering, scoring
from adapters.outbound.persistence.versioned import VersionedRecords
from application.ports.scoring_repositories import ReflectionFilter, ReflectionRepository
from domain.ids import ReflectionTemplateId, SectionAssessmentId
from domain.reflection import CollegeTemplate, Reflection
from domain.rostering import collation_key

TEMPLATES = VersionedRecords(evaluation.templates, CollegeTemplate)

_work, _section, _course = scoring.works.c, rostering.sections.c, rostering.courses.c
_SUBMITTED: Select[Any] = (
    REFLECTIONS.select.add_columns(_course.org_id)
    .join(scoring.works, _work.id == REFLECTIONS.c.section_assessment_id)
    .join(rostering.sections, _section.id == _work.section_id)
    .join(rostering.courses, _course.id == _section.course_id)
    .where(REFLECTIONS.c.submitted_at.is_not(None))
    .order_by(REFLECTIONS.c.section_assessment_id, REFLECTIONS.c.person_id)
)


class SqlReflections(ReflectionRepository):
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def submitted(self, wanted: ReflectionFilter) -> Mapping[SectionAssessmentId, list[Reflection]]:
        orgs = None if wanted.org_ids is None else frozenset(wanted.org_ids)
        found: defaultdict[SectionAssessmentId, list[Reflection]] = defaultdict(list)
        for *columns, org_id in self._connection.execute(_narrowed(wanted)):
            if orgs is None or org_id in orgs:
                one = REFLECTIONS.record(columns)
                found[one.section_assessment_id].append(one)
        return dict(found)

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
    if wanted.shared:
        statement = statement.where(REFLECTIONS.c.shared_at.is_not(None))
    return statement
