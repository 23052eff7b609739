"""Records by the names that people type: Tech ID, code, title, or the roster's own id."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol, TypeVar

from application.errors import NotFound
from application.only_one import only_one
from application.ports.unit_of_work import UnitOfWorkFactory
from domain.identity import LocalField
from domain.ids import CourseId, OrgId, PersonId, SectionId, TermId
from domain.rostering import comparable_title


class _Kept(Protocol):
    @property
    def source_id(self) -> str: ...
    @property
    def active(self) -> bool: ...


K = TypeVar("K", bound=_Kept)


@dataclass(frozen=True, slots=True)
class Lookup:
    """Each names exactly one record, an active one before ended ones, or raises."""

    units: UnitOfWorkFactory

    def person(self, tech_id: str) -> PersonId:
        """Raises NotFound unless the Tech ID names exactly one person."""
        with self.units(write=False) as unit:
            people = unit.roster.people_where(LocalField.TECH_ID, tech_id)
        found = [person for person in people if person.active] or people
        if len(found) != 1:
            raise NotFound("A person with this Tech ID")
        return found[0].id

    def org(self, code: str) -> OrgId:
        """Raises Invalid."""
        with self.units(write=False) as unit:
            orgs = unit.roster.orgs()
        return _only("org", "code", code, ((org.code, org) for org in orgs)).id

    def term(self, name: str) -> TermId:
        """Raises Invalid."""
        with self.units(write=False) as unit:
            terms = unit.roster.terms()
        return _only("term", "name", name, ((term.name, term) for term in terms)).id

    def course(self, code: str) -> CourseId:
        """Raises Invalid."""
        with self.units(write=False) as unit:
            courses = unit.roster.courses()
        return _only("course", "code", code, ((course.code, course) for course in courses)).id

    def section(self, title: str) -> SectionId:
        """Raises Invalid."""
        with self.units(write=False) as unit:
            sections = [
                *unit.roster.sections_titled(title),
                *unit.roster.sections_by_source([title.strip()]),
            ]
        named = {section.id: (section.title, section) for section in sections}
        return _only("section", "title", title, named.values()).id


def _only(kind: str, name: str, wanted: str, listed: Iterable[tuple[str, K]]) -> K:
    typed = comparable_title(wanted)
    fitting = [
        record for text, record in listed if typed in {comparable_title(text), record.source_id}
    ]
    found = [record for record in fitting if record.active] or fitting
    return only_one(kind, wanted, found, kind, f"{name} or source id")
