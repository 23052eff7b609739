"""What somebody sees, as grants and enrolments have it now."""

from application.errors import NotSignedIn
from application.ports.unit_of_work import UnitOfWork
from application.viewers import Viewer, reported_orgs
from domain.access import REACH, Reach, Role
from domain.rostering import EnrolmentRole
from domain.sight import Sight

_SECTION_ROLES = {
    Role.FACULTY: EnrolmentRole.TEACHER,
    Role.STUDENT: EnrolmentRole.STUDENT,
}


def sight_of(unit: UnitOfWork, viewer: Viewer) -> Sight:
    """Raises: NotSignedIn for nobody; the command line asks no lists."""
    person_id, role = viewer.person_id, viewer.role
    if person_id is None or role is None:
        raise NotSignedIn("Lists are for people, each in a role.")
    enrolled = _SECTION_ROLES.get(role)
    sections = unit.roster.sections_of(person_id, enrolled) if enrolled else []
    by_org = REACH[role] is Reach.ORGS
    orgs = reported_orgs(unit, viewer) if by_org else frozenset()
    return Sight(person_id, role, orgs, frozenset(section.id for section in sections))
