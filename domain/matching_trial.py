"""What a matching rule would come to, counted, and whom it would change."""

from collections.abc import Iterable
from dataclasses import dataclass

from domain.identity import IdentityMatch, Matched, MismatchReason, masked
from domain.ids import PersonId

MOST_CHANGES = 200
"""So many are named; all are counted."""
_AMBIGUOUS = {MismatchReason.SEVERAL, MismatchReason.REASSIGNED}
_NOBODY_OF_OURS = {MismatchReason.TEST_STUDENT, MismatchReason.OBSERVER}


@dataclass(frozen=True, slots=True)
class Tried:
    """One launch or user: who it is by the rule now, and what the other rule comes to."""

    value: str | None
    before: PersonId | None
    after: PersonId | None
    match: IdentityMatch


@dataclass(frozen=True, slots=True)
class Change:
    """`value` is masked. None: nobody for certain. `reason` says why nobody is."""

    value: str
    before: PersonId | None
    after: PersonId | None
    reason: str


@dataclass(frozen=True, slots=True)
class RuleTrial:
    """`others` are test students and observers, who are nobody's under any rule."""

    tried: int
    matched: int
    nobody: int
    ambiguous: int
    others: int
    changed: int
    changes: tuple[Change, ...]


def counted(every: Iterable[Tried]) -> RuleTrial:
    """Changes first where one person would become another, then who is lost, then gained."""
    listed = list(every)
    reasons = [_reason(one.match) for one in listed]
    changes = [
        Change(masked(one.value or ""), one.before, one.after, reason)
        for one, reason in zip(listed, reasons, strict=True)
        if one.before != one.after
    ]
    matched = sum(not reason for reason in reasons)
    ambiguous = sum(reason in _AMBIGUOUS for reason in reasons)
    others = sum(reason in _NOBODY_OF_OURS for reason in reasons)
    return RuleTrial(
        tried=len(listed),
        matched=matched,
        nobody=len(listed) - matched - ambiguous - others,
        ambiguous=ambiguous,
        others=others,
        changed=len(changes),
        changes=tuple(sorted(changes, key=_gravity)[:MOST_CHANGES]),
    )


def _gravity(change: Change) -> int:
    if change.before and change.after:
        return 0
    return 1 if change.before else 2


def _reason(match: IdentityMatch) -> str:
    return "" if isinstance(match, Matched) else match.reason
