"""What a person sees in a role: the one rule for everything that is listed by the API."""

from dataclasses import dataclass

from domain.access import REACH, Reach, Role
from domain.ids import OrgId, PersonId, SectionId


@dataclass(frozen=True, slots=True)
class Sight:
    """What a person in a role may see.

    Stewards see everything. Coordinators see what belongs to `orgs`, but of people only those
    who teach there, and no student's scores. Readers see the same without people and drafts.
    Faculty see their `sections` with all in them, students their sections and of people only
    themselves. Everybody sees orgs, terms, courses and scales.
    """

    person_id: PersonId
    role: Role
    orgs: frozenset[OrgId] = frozenset()
    """In which the role is held, with all below; only roles that reach orgs have any."""
    sections: frozenset[SectionId] = frozenset()
    """Taught by faculty, taken by students."""

    @property
    def is_whole(self) -> bool:
        return self.role is Role.DATA_STEWARD

    @property
    def is_by_org(self) -> bool:
        return REACH[self.role] is Reach.ORGS

    @property
    def coordinates(self) -> bool:
        return self.role is Role.COORDINATOR

    @property
    def teaches(self) -> bool:
        return self.role is Role.FACULTY

    @property
    def has_library(self) -> bool:
        """Assessments that are offered to all, and those of the whole institution."""
        return self.is_by_org or self.role in {Role.FACULTY, Role.EVALUATOR}
