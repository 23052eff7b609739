"""Whose DLA it is: what is not one's own looks as if it were not there."""

from application.errors import NotFound
from application.ports.unit_of_work import UnitOfWork
from domain.dla import AssignedDla, Dla
from domain.ids import AssignedDlaId, DlaId, PersonId, SectionId
from domain.rostering import EnrolmentRole, Section

_DLA = "This DLA"


def own_dla(unit: UnitOfWork, person_id: PersonId, dla_id: DlaId) -> Dla:
    """A DLA of the person's own making. Raises NotFound."""
    dla = unit.dlas.get(dla_id)
    if dla.owner_id != person_id:
        raise NotFound(_DLA)
    return dla


def taught_section(unit: UnitOfWork, person_id: PersonId, section_id: SectionId) -> Section:
    """Raises NotFound unless the person teaches there."""
    if not unit.roster.is_enrolled(person_id, section_id, EnrolmentRole.TEACHER):
        raise NotFound("This section")
    return unit.roster.section(section_id)


def taught_dla(unit: UnitOfWork, person_id: PersonId, assigned_id: AssignedDlaId) -> AssignedDla:
    """What a student of a section of the person's has, whoever assigned it. Raises NotFound."""
    assigned = unit.dlas.assigned(assigned_id)
    if not unit.roster.is_enrolled(person_id, assigned.section_id, EnrolmentRole.TEACHER):
        raise NotFound(_DLA)
    return assigned


def students_dla(unit: UnitOfWork, person_id: PersonId, assigned_id: AssignedDlaId) -> AssignedDla:
    """What the person has to do. Raises NotFound."""
    assigned = unit.dlas.assigned(assigned_id)
    if assigned.student_id != person_id:
        raise NotFound(_DLA)
    return assigned
