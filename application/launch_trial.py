"""What the rules come to for one launch, without letting it in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from application.matching import holders, holders_of
from application.ports.matching_repositories import LmsUserKey
from application.ports.unit_of_work import UnitOfWork
from domain.identity import IdentityMatch, LmsIdentity, LocalField, MatchingRules, match_person
from domain.ids import PersonId
from domain.launch import LaunchClaims
from domain.rostering import Person


@dataclass(frozen=True, slots=True)
class Known:
    """What is remembered of LMS users, read for many launches at once."""

    identities: Mapping[LmsUserKey, LmsIdentity]
    people: Mapping[PersonId, Person]

    @classmethod
    def of(cls, unit: UnitOfWork, launches: Iterable[LaunchClaims]) -> "Known":
        keys = {key_of(claims) for claims in launches if claims.user_id}
        identities = unit.matching.identities(sorted(keys))
        people = unit.roster.people({one.person_id for one in identities.values()})
        return cls(identities, people)


def matches(
    unit: UnitOfWork, launches: Iterable[LaunchClaims], rules: MatchingRules, known: Known
) -> list[IdentityMatch]:
    """The match of each launch, in their order; nothing is written."""
    listed = list(launches)
    wanted = [rules.of(claims.audience).wanted(claims) for claims in listed]
    by_field: dict[LocalField, set[str]] = {}
    for claims, value in zip(listed, wanted, strict=True):
        if value:
            by_field.setdefault(rules.of(claims.audience).local_field, set()).add(value)
    found = {field: holders(unit, field, values) for field, values in by_field.items()}
    matched = []
    for claims, value in zip(listed, wanted, strict=True):
        field = rules.of(claims.audience).local_field
        remembered = known.identities.get(key_of(claims))
        person = known.people.get(remembered.person_id) if remembered else None
        people = found[field].get(value, []) if value else []
        if value and not people and person:
            people = holders_of(unit, field, value, person)
        matched.append(match_person(claims, rules, people, remembered, person))
    return matched


def key_of(claims: LaunchClaims) -> LmsUserKey:
    return claims.platform, claims.user_id or ""
