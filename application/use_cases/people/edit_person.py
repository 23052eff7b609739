"""Correcting what is known of a person by hand, ending and restoring."""

from dataclasses import dataclass, replace

from application.errors import Conflict, Invalid
from application.granting import require_a_steward
from application.live_sessions import end_all
from application.ports.runtime import Clock
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.use_cases.people.new_people import split_name
from domain.access import Role
from domain.audit import Deed
from domain.identity import LocalField
from domain.ids import PersonId
from domain.rostering import Person


@dataclass(frozen=True, slots=True)
class EditPersonCommand:
    """None leaves a field as it is. `name` is `Family, Given` or `Given Family`."""

    actor: str
    person_id: PersonId
    login: str | None = None
    email: str | None = None
    name: str | None = None
    active: bool | None = None


@dataclass(frozen=True, slots=True)
class EditPerson:
    units: UnitOfWorkFactory
    clock: Clock

    def __call__(self, command: EditPersonCommand) -> Person:
        """The Tech ID never changes. Who ends is signed out; scores and enrolments stay.

        A roster that lists the person writes its own values again at its next load.

        Raises:
            NotFound. Invalid: no name, or the last data steward would end.
            Conflict: restored beside another active person with this Tech ID.
        """
        now = self.clock.now()
        with self.units() as unit:
            before = unit.roster.person(command.person_id)
            after = _edited(before, command)
            if after == before:
                return before
            if after.active and not before.active:
                _require_free(unit, after)
            unit.roster.put_people([after])
            details = ", ".join(_changed(before, after))
            unit.audit.record(Deed(command.actor, "edited", f"person:{after.id}", details, now))
            if before.active and not after.active:
                held = unit.roster.roles_of(after.id)
                if any(grant.role is Role.DATA_STEWARD for grant in held):
                    require_a_steward(unit)
                end_all(unit, after.id, now)
            unit.commit()
        return after


def _edited(person: Person, command: EditPersonCommand) -> Person:
    given, family = person.given_name, person.family_name
    if command.name is not None and command.name.strip() != person.list_name:
        given, family = split_name(command.name)
        if not family:
            raise Invalid("name", "give a name, such as Family, Given.")
    return replace(
        person,
        login=person.login if command.login is None else command.login.strip(),
        email=person.email if command.email is None else command.email.strip(),
        given_name=given,
        family_name=family,
        active=person.active if command.active is None else command.active,
    )


def _require_free(unit: UnitOfWork, person: Person) -> None:
    others = unit.roster.people_where(LocalField.TECH_ID, person.tech_id)
    if any(other.active and other.id != person.id for other in others):
        raise Conflict("Another active person has this Tech ID. End that one first.")


def _changed(before: Person, after: Person) -> list[str]:
    """Names of what changed, never the values."""
    fields = [
        name
        for name, old, new in (
            ("login", before.login, after.login),
            ("email", before.email, after.email),
            ("name", before.list_name, after.list_name),
        )
        if old != new
    ]
    if before.active != after.active:
        fields.append("restored" if after.active else "ended")
    return fields
