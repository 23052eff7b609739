"""Which launches wait for a decision, once those are left out that would now go through."""

from dataclasses import dataclass

from application.landing import sections_meant
from application.launch_trial import Known, matches
from application.matching import rules_by_account, rules_of
from application.ports.unit_of_work import UnitOfWork
from domain.identity import IdentityMatch, LaunchRecord, Matched, Unmatched
from domain.ids import LaunchId, PersonId
from domain.launch import Audience, LaunchClaims
from domain.matching_case import CaseKind, LaunchValues, kind_of
from domain.rostering import EnrolmentRole

_OBSERVED = {CaseKind.MERGED, CaseKind.SEVERAL_LOGINS}


@dataclass(frozen=True, slots=True)
class Waiting:
    """`settled` would go through now: the person or the enrolment was loaded meanwhile.

    `values` are what the launches said, as far as that is still kept; `candidates` whom the
    rule found.
    """

    records: tuple[LaunchRecord, ...]
    settled: tuple[tuple[LaunchRecord, PersonId], ...]
    values: dict[LaunchId, LaunchValues]
    candidates: dict[LaunchId, tuple[PersonId, ...]]


def waiting_cases(unit: UnitOfWork) -> Waiting:
    """Newest first, one for each LMS user; nothing is written."""
    queue = unit.identities.queue()
    values = unit.matching.kept(record.id for record in queue)
    judged = [one for one in queue if one.id in values and kind_of(one) not in _OBSERVED]
    found = _matches(unit, [values[record.id] for record in judged])
    settled: list[tuple[LaunchRecord, PersonId]] = []
    candidates: dict[LaunchId, tuple[PersonId, ...]] = {}
    for record in judged:
        match = found[record.id]
        if isinstance(match, Unmatched):
            candidates[record.id] = match.candidates
        elif _goes_through(unit, record, values[record.id].claims, match):
            settled.append((record, match.person.id))
    over = {record.id for record, _ in settled}
    records = tuple(record for record in queue if record.id not in over)
    return Waiting(records, tuple(settled), values, candidates)


def _matches(unit: UnitOfWork, said: list[LaunchValues]) -> dict[LaunchId, IdentityMatch]:
    """By the rules of launches, and by those of imports for people whom an import met."""
    rules = rules_of(unit.settings)
    found: dict[LaunchId, IdentityMatch] = {}
    for own, of_launches in ((rules, True), (rules_by_account(rules), False)):
        these = [one for one in said if one.is_launch is of_launches]
        claims = [one.claims for one in these]
        matched = matches(unit, claims, own, Known.of(unit, claims))
        found |= {one.launch_id: match for one, match in zip(these, matched, strict=True)}
    return found


def _goes_through(
    unit: UnitOfWork, record: LaunchRecord, claims: LaunchClaims, match: Matched
) -> bool:
    if kind_of(record) is not CaseKind.NO_SECTION:
        return True
    if claims.audience is Audience.USER:
        return bool(unit.roster.sections_of(match.person.id, EnrolmentRole.TEACHER))
    mine = unit.roster.sections_of(match.person.id, EnrolmentRole.STUDENT)
    return bool(sections_meant(unit, claims, mine))
