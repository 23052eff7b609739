"""The distribution calendar in a few statements, however many sections there are."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import (
    Boolean,
    Connection,
    Select,
    bindparam,
    case,
    exists,
    false,
    func,
    not_,
    or_,
    select,
    true,
    type_coerce,
)

from adapters.outbound.persistence.records import batches
from adapters.outbound.persistence.repositories.roster import ENROLMENTS, PEOPLE, SECTIONS
from adapters.outbound.persistence.tables import evaluation, rostering, scoring
from application.ports.planning_repositories import StandingFilter, StandingRepository
from domain.assessment import AssessmentKind
from domain.ids import SectionId, TermId
from domain.rostering import EnrolmentRole, Person, Section, collation_key
from domain.work_standing import WorkStanding

_work, _assessment = scoring.works.c, scoring.assessments.c
_section, _course = rostering.sections.c, rostering.courses.c
_enrolment, _person, _score = rostering.enrolments.c, rostering.people.c, scoring.scores.c

# Few have left at any time, and one look at all of them is cheaper than one at each person.
_HAS_LEFT = select(_person.id).where(not_(_person.active))
_IS_STUDENT = (
    (_enrolment.role == EnrolmentRole.STUDENT)
    & _enrolment.active
    & _enrolment.person_id.not_in(_HAS_LEFT)
)
_students = (
    select(func.count(_enrolment.person_id.distinct()))
    .where(_enrolment.section_id == _section.id, _IS_STUDENT)
    .correlate(rostering.sections)
    .scalar_subquery()
)
# In Student-Oriented work SLO rows are derived: what stands there is an override, no entry.
_IS_ENTRY = or_(
    _assessment.kind != AssessmentKind.STUDENT, _score.row_id.not_in(select(scoring.slos.c.id))
)
_IS_DECIDED = (_score.section_assessment_id == _work.id) & scoring.IS_DECIDED & _IS_ENTRY
_DECIDED = (
    select(func.count())
    .select_from(scoring.scores)
    .where(_IS_DECIDED)
    .correlate(scoring.works, scoring.assessments)
    .scalar_subquery()
)
_again = rostering.enrolments.alias()
_STILL_THERE = exists().where(
    _again.c.section_id == _enrolment.section_id,
    _again.c.person_id == _enrolment.person_id,
    _again.c.role == EnrolmentRole.STUDENT,
    _again.c.active,
    _again.c.person_id.not_in(_HAS_LEFT),
)
_GONE = (
    select(_enrolment.section_id, _enrolment.person_id)
    .join(rostering.sections, _section.id == _enrolment.section_id)
    .where(_section.term_id == bindparam("term_id"), not_(_IS_STUDENT), not_(_STILL_THERE))
    .distinct()
    .cte("gone")
)
# Counting all and taking off those who left looks at a tenth of the rows that asking of
# each score whether its student is still there would.
_OF_THE_GONE = (
    select(_work.id, func.count().label("decided"))
    .select_from(_GONE)
    .join(scoring.works, _work.section_id == _GONE.c.section_id)
    .join(scoring.assessments, _assessment.id == _work.assessment_id)
    .join(
        scoring.scores,
        (_score.section_assessment_id == _work.id) & (_score.student_id == _GONE.c.person_id),
    )
    .where(scoring.IS_DECIDED, _IS_ENTRY)
    .group_by(_work.id)
    .subquery("of_the_gone")
)
# Who left since the counting is not counted twice: a row decides at most its students.
_COUNTED = (
    select(
        func.coalesce(
            func.sum(
                case(
                    (evaluation.counts.c.total > _students, _students),
                    else_=evaluation.counts.c.total,
                )
            ),
            0,
        )
    )
    .where(evaluation.counts.c.section_assessment_id == _work.id)
    .correlate(scoring.works, rostering.sections)
    .scalar_subquery()
)
_decided = case(
    (_assessment.kind == AssessmentKind.COLLECTIVE, _COUNTED),
    else_=_DECIDED - func.coalesce(_OF_THE_GONE.c.decided, 0),
)
_rows = func.coalesce(_work.frozen_rows, _assessment.row_count)
_reflected = or_(
    not_(_assessment.asks_reflection),
    exists().where(
        scoring.reflections.c.section_assessment_id == _work.id,
        scoring.reflections.c.submitted_at.is_not(None),
    ),
)
_is_reflected = type_coerce(case((_reflected, true()), else_=false()), Boolean)
_OF_TERM = (
    select(
        _work.id, _assessment.id, _assessment.name, _assessment.kind, _section.id, _section.title,
        _course.id, _course.code, _course.org_id, _work.opens_at, _work.due_at, _work.planned,
        _work.closed_reason, _students, _rows, _decided, _is_reflected,
    )
    .join(scoring.assessments, _assessment.id == _work.assessment_id)
    .join(rostering.sections, _section.id == _work.section_id)
    .join(rostering.courses, _course.id == _section.course_id)
    .outerjoin(_OF_THE_GONE, _OF_THE_GONE.c.id == _work.id)
    .where(_section.term_id == bindparam("term_id"), _section.active)
)  # fmt: skip
_SECTIONS_OF = SECTIONS.select.where(
    _section.term_id == bindparam("term_id"), _section.active
).order_by(_section.title, _section.id)
_TEACHERS = (
    select(_enrolment.section_id, *PEOPLE.columns)
    .join(rostering.people, _person.id == _enrolment.person_id)
    .where(
        _enrolment.section_id.in_(bindparam("among", expanding=True)),
        _enrolment.role == EnrolmentRole.TEACHER,
        ENROLMENTS.c.active,
        _person.active,
    )
    .distinct()
)


class SqlStandings(StandingRepository):
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of_term(self, term_id: TermId, wanted: StandingFilter) -> list[WorkStanding]:
        asked: dict[str, Any] = {"term_id": term_id, "org_ids": wanted.org_ids}
        found = self._connection.execute(_narrowed(wanted), asked)
        return sorted((_standing(*row) for row in found), key=_in_order)

    def sections_of(self, term_id: TermId) -> list[Section]:
        return SECTIONS.fetch(self._connection, _SECTIONS_OF, term_id=term_id)

    def teachers(self, section_ids: Iterable[SectionId]) -> dict[SectionId, list[Person]]:
        found: defaultdict[SectionId, list[Person]] = defaultdict(list)
        for batch in batches(section_ids):
            for section_id, *columns in self._connection.execute(_TEACHERS, {"among": batch}):
                found[SectionId(section_id)].append(PEOPLE.record(columns))
        return {section_id: sorted(people, key=_by_name) for section_id, people in found.items()}


def _by_name(person: Person) -> tuple[tuple[str, str], tuple[str, str], str]:
    return collation_key(person.family_name), collation_key(person.given_name), person.id


def _standing(*row: Any) -> WorkStanding:  # noqa: ANN401 as the driver has them
    *known, students, rows, decided, reflected = row
    return WorkStanding(*(*known, students, students * rows, decided, reflected))


def _narrowed(wanted: StandingFilter) -> Select[Any]:
    statement: Select[Any] = _OF_TERM
    if wanted.org_ids is not None:
        statement = statement.where(_course.org_id.in_(bindparam("org_ids", expanding=True)))
    if wanted.course_id is not None:
        statement = statement.where(_course.id == wanted.course_id)
    if wanted.assessment_id is not None:
        statement = statement.where(_assessment.id == wanted.assessment_id)
    return statement


def _in_order(one: WorkStanding) -> tuple[str, str, str, str]:
    return one.course_code, one.section, one.assessment, one.work_id
