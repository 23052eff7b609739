"""What somebody may see, as clauses of a statement."""

from sqlalchemy import ColumnElement, Select, false, literal, or_, select, true, union_all

from adapters.outbound.persistence.columns import PLAIN_TEXT
from adapters.outbound.persistence.tables import exchange, rostering, scoring
from domain.rostering import EnrolmentRole
from domain.sight import Sight
from domain.slo import SloState

Clause = ColumnElement[bool]
SECTION, ENROLMENT, PERSON = rostering.sections.c, rostering.enrolments.c, rostering.people.c
WORK, COURSE, SLO, ASSESSMENT = scoring.works.c, rostering.courses.c, scoring.slos.c, (
    scoring.assessments.c
)  # fmt: skip
RUN, SCORE = exchange.sync_runs.c, scoring.scores.c


def sections(sight: Sight) -> Clause:
    if sight.is_whole:
        return true()
    return in_own_sections(sight, SECTION.id, SECTION.org_id)


def in_own_sections(
    sight: Sight, section_id: ColumnElement[str], org_id: ColumnElement[str]
) -> Clause:
    if sight.is_by_org:
        return org_id.in_(sight.orgs)
    return section_id.in_(sight.sections)


def at_seen_sections(sight: Sight, section_id: ColumnElement[str]) -> Clause:
    """For what belongs to a section."""
    if sight.is_whole:
        return true()
    if sight.is_by_org:
        return section_id.in_(select(SECTION.id).where(SECTION.org_id.in_(sight.orgs)))
    return section_id.in_(sight.sections)


def enrolments(sight: Sight) -> Clause:
    if sight.is_whole:
        return true()
    return or_(ENROLMENT.person_id == sight.person_id, _enrolled_near(sight))


def people(sight: Sight) -> Clause:
    if sight.is_whole:
        return true()
    near = select(ENROLMENT.person_id).where(_enrolled_near(sight), ENROLMENT.active)
    own: Select[tuple[str]] = select(literal(sight.person_id, PLAIN_TEXT))
    return PERSON.id.in_(union_all(near, own))


def _enrolled_near(sight: Sight) -> Clause:
    """Enrolments of others that are for this person to see."""
    if sight.teaches:
        return ENROLMENT.section_id.in_(sight.sections)
    if not sight.coordinates:
        return false()
    within = at_seen_sections(sight, ENROLMENT.section_id)
    return within & (ENROLMENT.role == EnrolmentRole.TEACHER)


def slos(sight: Sight) -> Clause:
    if sight.is_whole:
        return true()
    if sight.coordinates:
        return _owned(sight)
    ready = SLO.state != SloState.DRAFT
    if sight.is_by_org:
        return ready & _owned(sight)
    courses = select(SECTION.course_id).where(SECTION.id.in_(sight.sections))
    return ready & or_(SLO.course_id.in_(courses), _of_all())


def _owned(sight: Sight) -> Clause:
    courses = select(COURSE.id).where(COURSE.org_id.in_(sight.orgs))
    return or_(SLO.course_id.in_(courses), SLO.org_id.in_(sight.orgs), _of_all())


def _of_all() -> Clause:
    return SLO.course_id.is_(None) & SLO.org_id.is_(None)


def assessments(sight: Sight) -> Clause:
    if sight.is_whole:
        return true()
    used = select(WORK.assessment_id).where(works(sight))
    clauses = [ASSESSMENT.id.in_(used), ASSESSMENT.owner_id == sight.person_id]
    if sight.is_by_org:
        clauses += [ASSESSMENT.org_id.in_(sight.orgs), ASSESSMENT.org_id.is_(None)]
    if sight.has_library:
        clauses.append(ASSESSMENT.in_library)
    return or_(*clauses)


def works(sight: Sight) -> Clause:
    return at_seen_sections(sight, WORK.section_id)


def of_seen_works(sight: Sight, work_id: ColumnElement[str]) -> Clause:
    """For what belongs to an assessment in a section, and names no student."""
    if sight.is_whole:
        return true()
    return work_id.in_(select(WORK.id).where(works(sight)))


def scores(sight: Sight) -> Clause:
    if sight.is_whole:
        return true()
    taught = select(WORK.id).where(WORK.section_id.in_(sight.sections))
    if sight.teaches:
        return SCORE.section_assessment_id.in_(taught)
    released = taught.where(WORK.released_at.is_not(None))
    return (SCORE.student_id == sight.person_id) & SCORE.section_assessment_id.in_(released)


def sync_runs(sight: Sight) -> Clause:
    if sight.is_whole:
        return true()
    own = RUN.requested_by == sight.person_id
    return or_(own, of_seen_works(sight, RUN.work_id)) if sight.teaches else own
