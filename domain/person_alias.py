"""Former logins and addresses of people: a launch may still carry them."""

from dataclasses import dataclass
from datetime import datetime

from domain.identity import LocalField
from domain.ids import PersonId
from domain.rostering import Person


@dataclass(frozen=True, slots=True)
class PersonAlias:
    """A value that was a person's own until `noted_at`."""

    person_id: PersonId
    field: LocalField
    value: str
    noted_at: datetime


def aliases_after(before: Person, now: Person, at: datetime) -> tuple[PersonAlias, ...]:
    """What of the login and the address has become former; an empty value never was one."""
    pairs = (
        (LocalField.LOGIN, before.login, now.login),
        (LocalField.EMAIL, before.email, now.email),
    )
    return tuple(
        PersonAlias(now.id, field, old, at) for field, old, new in pairs if old and old != new
    )
