"""Try the matching rules on the parameters of a launch, without a launch."""

from collections.abc import Mapping
from dataclasses import dataclass

from application.matching import holders_of, rules_of
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from domain.identity import (
    IdentityMatch,
    LmsIdentity,
    LocalField,
    Matched,
    MatchingRule,
    match_person,
)
from domain.ids import PersonId
from domain.launch import Audience, LaunchClaims
from domain.rostering import Person


@dataclass(frozen=True, slots=True)
class MatchTrial:
    """`value` is what was compared, None when the launch sent nothing usable.

    `outcome` is `matched` or a MismatchReason; `tech_ids` the person, or the candidates.
    """

    audience: Audience
    lti_param: str
    local_field: LocalField
    value: str | None
    outcome: str
    tech_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TryMatch:
    units: UnitOfWorkFactory

    def __call__(self, params: Mapping[str, str]) -> MatchTrial:
        """What a launch with these parameters would come to; nothing is written."""
        claims = LaunchClaims(params)
        with self.units(write=False) as unit:
            rules = rules_of(unit.settings)
            rule = rules.of(claims.audience)
            value = rule.wanted(claims)
            known = _known(unit, claims)
            known_person = unit.roster.person(known.person_id) if known else None
            found = _candidates(unit, rule, value, known_person)
            decided = match_person(claims, rules, found, known, known_person)
            return MatchTrial(
                claims.audience,
                rule.lti_param,
                rule.local_field,
                value,
                "matched" if isinstance(decided, Matched) else decided.reason,
                _tech_ids(unit, decided),
            )


def _known(unit: UnitOfWork, claims: LaunchClaims) -> LmsIdentity | None:
    if claims.user_id is None or "oauth_consumer_key" not in claims.params:
        return None
    return unit.identities.known(claims.platform, claims.user_id)


def _candidates(
    unit: UnitOfWork, rule: MatchingRule, value: str | None, known: Person | None
) -> list[Person]:
    return [] if value is None else holders_of(unit, rule.local_field, value, known)


def _tech_ids(unit: UnitOfWork, decided: IdentityMatch) -> tuple[str, ...]:
    ids: tuple[PersonId, ...]
    ids = (decided.person.id,) if isinstance(decided, Matched) else decided.candidates
    people = unit.roster.people(ids)
    return tuple(people[one].tech_id for one in ids if one in people)
