"""What a person sees in a role: the one rule for everything that is listed by the API."""

from dataclasses import dataclass

from domain.access import Role
from domain.ids import OrgId, PersonId, SectionId


@dataclass(frozen=True, slots=True)
class Sight:
    """What a person in a role may see.

    Stewards see everything. Coordinators see what belongs to `orgs`, but of people only those
    who teach there, and no student's scores. Faculty see their `sections` with all in them,
    students their sections and of people only themselves. Readers see the college without its
    people. Everybody sees orgs, terms, courses and scales.
    """

    person_id: PersonId
    role: Role
    orgs: frozenset[OrgId] = frozenset()
    sections: frozenset[SectionId] = frozenset()
    """Taught by faculty, taken by students."""

    @property
    def is_whole(self) -> bool:
        return self.role is Role.DATA_STEWARD

    @property
    def has_college(self) -> bool:
        """All sections and what is assessed in them, without people."""
        return self.role in {Role.DATA_STEWARD, Role.READER}

    @property
    def coordinates(self) -> bool:
        return self.role is Role.COORDINATOR

    @property
    def teaches(self) -> bool:
        return self.role is Role.FACULTY

    @property
    def has_library(self) -> bool:
        """Assessments that are offered to all, and those of the whole institution."""
        return self.role in {Role.FACULTY, Role.EVALUATOR, Role.COORDINATOR}
