"""Who might stand behind a launch, each with the reason; a steward decides, nobody else."""

from dataclasses import dataclass

from application.matching import PARAMS_OF_ACCOUNT, former_holders, holders_of
from application.ports.unit_of_work import UnitOfWork
from domain.identity import LaunchRecord, LocalField
from domain.ids import PersonId
from domain.launch import LaunchClaims
from domain.matching_case import NAME_PARAM
from domain.rostering import Person

_SAME_NAME = 10
_WORDS = {
    LocalField.TECH_ID: "a Tech ID",
    LocalField.LOGIN: "a login",
    LocalField.EMAIL: "an e-mail address",
}


@dataclass(frozen=True, slots=True)
class Candidate:
    person: Person
    reasons: tuple[str, ...]


def candidates_of(
    unit: UnitOfWork, record: LaunchRecord, claims: LaunchClaims
) -> tuple[Candidate, ...]:
    """Those with the most reasons first."""
    reasons: dict[PersonId, list[str]] = {}
    people: dict[PersonId, Person] = {}

    def add(person: Person, reason: str) -> None:
        people[person.id] = person
        reasons.setdefault(person.id, []).append(reason)

    known = unit.identities.known(record.platform, record.lms_user_id)
    if known is not None:
        add(unit.roster.person(known.person_id), "The LMS user was this person until now.")
    if record.person_id is not None and (known is None or known.person_id != record.person_id):
        add(unit.roster.person(record.person_id), "The launch was let in as this person.")
    for param in PARAMS_OF_ACCOUNT.values():
        value = claims.value(param)
        for field in LocalField if value else ():
            for person in holders_of(unit, field, value or ""):
                add(person, f"Has what was sent as {param} for {_WORDS[field]}.")
            for person in former_holders(unit, field, value or ""):
                add(person, f"Once had what was sent as {param} for {_WORDS[field]}.")
    name = claims.value(NAME_PARAM) or ""
    for person in unit.matching.search(name, _SAME_NAME) if name else ():
        add(person, "Has the name that was sent.")
    listed = [Candidate(people[who], tuple(why)) for who, why in reasons.items()]
    return tuple(sorted(listed, key=lambda one: (-len(one.reasons), one.person.list_name)))
