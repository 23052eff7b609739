"""People, roles and sections as registers show them: filtered, ordered, a page at a time."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from domain.access import Role, RoleGrant
from domain.ids import CourseId, OrgId, PersonId, SectionId, TermId
from domain.password import LocalPassword
from domain.rostering import Enrolment, Person, Section

PAGE = 100
"""Rows of one page of a register."""


class Standing(StrEnum):
    ACTIVE = "active"
    ENDED = "ended"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class PeopleSearch:
    """`text` is the beginning of a name (family or given name first), login, Tech ID or e-mail.

    `role` is held by grant or by an active enrolment; `org_ids` are orgs in which the person
    holds a role or has an active enrolment, in that role where one is given. None: any.
    """

    text: str = ""
    role: Role | None = None
    org_ids: frozenset[OrgId] | None = None
    standing: Standing = Standing.ACTIVE


@dataclass(frozen=True, slots=True)
class SectionSearch:
    """`text` is a part of title or code, whatever its case. None: any."""

    text: str = ""
    term_id: TermId | None = None
    org_ids: frozenset[OrgId] | None = None
    course_id: CourseId | None = None
    standing: Standing = Standing.ACTIVE


class DirectoryRepository(Protocol):
    def people(self, wanted: PeopleSearch, *, start: int = 0, count: int = PAGE) -> list[Person]:
        """By `Person.name_key`, from the `start`th on."""

    def count_people(self, wanted: PeopleSearch) -> int: ...
    def grants_of(self, person_ids: Iterable[PersonId]) -> list[RoleGrant]:
        """By person, role and org."""

    def grants_in(self, org_ids: Iterable[OrgId]) -> list[RoleGrant]:
        """Granted in one of these orgs, to active people; by person, role and org."""

    def holders(self, role: Role) -> list[RoleGrant]:
        """Granted to active people, in any org or none; by person and org."""

    def granted_by(self, granter: str) -> list[RoleGrant]:
        """By this granter, to anybody, ended people too; by person, role and org."""

    def revoke(self, grant: RoleGrant) -> bool:
        """Whether the person held this role in this org."""

    def known_as(self, person_id: PersonId) -> list[tuple[str, str]]:
        """Platform and LMS user of every user who is this person, by both."""

    def sections(
        self, wanted: SectionSearch, *, start: int = 0, count: int = PAGE
    ) -> list[Section]:
        """By title, from the `start`th on."""

    def count_sections(self, wanted: SectionSearch) -> int: ...
    def enrolments_of(self, person_id: PersonId) -> list[Enrolment]: ...
    def enrolments_in(self, section_id: SectionId) -> list[Enrolment]: ...
    def enrolled(self, section_ids: Iterable[SectionId]) -> Mapping[SectionId, int]:
        """How many active enrolments of students each has; without any, it is left out."""


class PasswordRepository(Protocol):
    def of(self, person_id: PersonId) -> LocalPassword | None: ...
    def are_in_use(self) -> bool:
        """Whether anybody has one."""

    def put(self, password: LocalPassword) -> None: ...
    def remove(self, person_id: PersonId) -> bool:
        """Whether there was one."""
