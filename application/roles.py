"""The roles that a person holds here."""

from application.ports.unit_of_work import UnitOfWork
from domain.access import Role
from domain.ids import PersonId
from domain.rostering import EnrolmentRole


def roles_held(unit: UnitOfWork, person_id: PersonId) -> tuple[Role, ...]:
    """Granted roles, and those that enrolments bring; the one with most rights first."""
    held = {grant.role for grant in unit.roster.roles_of(person_id)}
    if unit.roster.sections_of(person_id, EnrolmentRole.TEACHER):
        held.add(Role.FACULTY)
    if unit.roster.sections_of(person_id, EnrolmentRole.STUDENT):
        held.add(Role.STUDENT)
    return tuple(role for role in Role if role in held)
