"""Who keeps the library, plans and the calendar, and for which orgs."""

from application.errors import Forbidden, NotFound
from application.ports.unit_of_work import UnitOfWork
from application.viewers import Viewer, kept_orgs
from application.workplace import Workplace, workplace
from domain.access import Right, may
from domain.assessment import Assessment
from domain.ids import AssessmentId, OrgId, SectionAssessmentId
from domain.rostering import EnrolmentRole


def is_seen(assessment: Assessment, viewer: Viewer, orgs: frozenset[OrgId]) -> bool:
    """In the library, of an org of the viewer, or the viewer's own."""
    own = viewer.person_id is not None and assessment.owner_id == viewer.person_id
    return assessment.in_library or own or viewer.sees_all or assessment.org_id in orgs


def may_change(assessment: Assessment, viewer: Viewer, orgs: frozenset[OrgId]) -> bool:
    """Stewards all, everybody their own, coordinators what their orgs share.

    What faculty made and did not offer stays theirs; what is shared with the whole college
    is the stewards'.
    """
    own = viewer.person_id is not None and assessment.owner_id == viewer.person_id
    return viewer.sees_all or own or (assessment.in_library and assessment.org_id in orgs)


def seen_assessment(unit: UnitOfWork, viewer: Viewer, assessment_id: str) -> Assessment:
    """By id or code. Raises: NotFound, also where it is not for the viewer; Forbidden."""
    orgs = kept_orgs(unit, viewer)
    assessment = named(unit, assessment_id)
    if is_seen(assessment, viewer, orgs):
        return assessment
    raise NotFound("This assessment")


def named(unit: UnitOfWork, name: str) -> Assessment:
    """By its id, else by its code. Raises NotFound."""
    try:
        return unit.assessments.get(AssessmentId(name))
    except NotFound:
        found = (one for one in unit.assessments.all() if one.code == name)
        if assessment := next(found, None):
            return assessment
        raise


def changeable(unit: UnitOfWork, viewer: Viewer, assessment_id: str) -> Assessment:
    """Raises: NotFound; Forbidden where the viewer may look only."""
    assessment = seen_assessment(unit, viewer, assessment_id)
    if not may_change(assessment, viewer, kept_orgs(unit, viewer)):
        raise Forbidden("This assessment belongs to others; copy it to change it.")
    return assessment


def reached(unit: UnitOfWork, viewer: Viewer, work_id: SectionAssessmentId) -> Workplace:
    """The work, for those who teach its section or keep the org of its course.

    Raises: NotFound.
    """
    place = workplace(unit, unit.assessments.work(work_id))
    if viewer.sees_all or viewer.person_id is None:
        return place
    keeps = viewer.role is not None and may(viewer.role, Right.KEEP_OUTCOMES)
    teaches = unit.roster.is_enrolled(viewer.person_id, place.section.id, EnrolmentRole.TEACHER)
    if teaches or (keeps and place.course.org_id in kept_orgs(unit, viewer)):
        return place
    raise NotFound("This assessment")
