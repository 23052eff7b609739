"""People who come in by hand: stewards and coordinators, whom no roster brings."""

from dataclasses import dataclass

from application.errors import Conflict, Invalid
from application.granting import give
from application.loading.diff import LOCAL
from application.ports.runtime import Clock, NewId
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from domain.access import Role
from domain.audit import Deed
from domain.identity import LocalField
from domain.ids import OrgId, PersonId
from domain.rostering import Person


@dataclass(frozen=True, slots=True)
class NewPersonCommand:
    """`org` is an org's code; None grants the role for the whole institution.

    `login`, `email` and `name` are needed for somebody new, and may be left out for
    somebody who is known already. `name` is `Family, Given` or `Given Family`.
    """

    actor: str
    tech_id: str
    role: Role
    login: str | None = None
    email: str | None = None
    name: str | None = None
    org: str | None = None


@dataclass(frozen=True, slots=True)
class NewPersonReport:
    """`made` False: the person was known and got the role."""

    person_id: PersonId
    made: bool


@dataclass(frozen=True, slots=True)
class NewPerson:
    units: UnitOfWorkFactory
    clock: Clock
    new_id: NewId

    def __call__(self, command: NewPersonCommand) -> NewPersonReport:
        """Make the person, or give one who is there the role; twice changes nothing.

        A roster that later brings the same Tech ID takes the person over.

        Raises:
            Invalid: a field is missing, no org has the code, or the role takes no org.
            Conflict: the Tech ID belongs to a person with other details, or to several.
        """
        with self.units() as unit:
            org_id = _org(unit, command.org)
            known = _known(unit, command)
            person = known or self._person(command)
            if known is None:
                unit.roster.put_people([person])
            now = self.clock.now()
            give(unit, person.id, command.role, org_id, actor=command.actor, now=now)
            verb = "granted a role to" if known else "made"
            unit.audit.record(Deed(command.actor, verb, f"person:{person.id}", command.role, now))
            unit.commit()
        return NewPersonReport(person.id, known is None)

    def _person(self, command: NewPersonCommand) -> Person:
        tech_id = _needed("tech-id", command.tech_id)
        given, family = split_name(_needed("name", command.name))
        return Person(
            PersonId(self.new_id()),
            f"{LOCAL}{tech_id}",
            tech_id,
            _needed("login", command.login),
            _needed("email", command.email),
            given,
            family,
            active=True,
        )


def split_name(name: str) -> tuple[str, str]:
    """Given and family name. A comma tells; without one the last word is the family's.

    A single name stands as family name.
    """
    if "," in name:
        family, _, given = name.partition(",")
    else:
        given, _, family = name.strip().rpartition(" ")
    return " ".join(given.split()), " ".join(family.split())


def _needed(field: str, value: str | None) -> str:
    text = (value or "").strip()
    if not text:
        raise Invalid(field, "this is needed for somebody new.")
    return text


def _org(unit: UnitOfWork, code: str | None) -> OrgId | None:
    if code is None:
        return None
    for org in unit.roster.orgs():
        if org.active and org.code == code:
            return org.id
    raise Invalid("org", f"no org has the code {code}.")


def _known(unit: UnitOfWork, command: NewPersonCommand) -> Person | None:
    found = unit.roster.people_where(LocalField.TECH_ID, command.tech_id)
    if not found:
        return None
    person = found[0]
    if len(found) > 1 or not person.active or not _agrees(person, command):
        raise Conflict("This Tech ID belongs to somebody else, or to somebody who has ended.")
    return person


def _agrees(person: Person, command: NewPersonCommand) -> bool:
    """What was given, if anything, is what is stored."""
    login, email = command.login or person.login, command.email or person.email
    same = (login.casefold(), email.casefold()) == (
        person.login.casefold(),
        person.email.casefold(),
    )
    return same and command.name in {None, person.full_name, person.list_name}
