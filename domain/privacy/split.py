"""Complementary suppression: one shown group split in parts, some of them withheld."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from domain.privacy.group import Group, PrivacyRule, added
from domain.privacy.hiding import hides


@dataclass(frozen=True, slots=True)
class Split:
    """The parts of one shown group. `withheld` are known only together: total less `shown`."""

    shown: tuple[Group, ...]
    withheld: tuple[Group, ...]


def split(parts: Sequence[Group], rule: PrivacyRule, told_on: Collection[str] = ()) -> Split:
    """Decide over all parts of one shown group, which no two of them share a student of.

    Parts named in `told_on` are withheld whatever their size, since they would tell of others.

    As the total is known, a withheld part alone would be told by subtraction: the smallest
    parts join it until their sum gives none of them away, those of one size together, since
    a choice among them would tell something. Empty parts join too: which of the parts were
    too small, and which had anybody at all, is not told.
    """
    hidden = {part.key for part in parts if rule.withholds(part) or part.key in told_on}
    if not hidden:
        return Split(tuple(parts), ())
    empty = [part for part in parts if not part.students]
    withheld = [part for part in parts if part.students and part.key in hidden]
    shown = [part for part in parts if part.students and part.key not in hidden]
    at_stake = [level for level, count in enumerate(added(parts, _levels(parts))) if count]
    while shown and not hides(withheld, rule, at_stake):
        least = min(part.students for part in shown)
        withheld += [part for part in shown if part.students == least]
        shown = [part for part in shown if part.students > least]
    return Split(tuple(shown), (*withheld, *empty))


def _levels(parts: Sequence[Group]) -> int:
    return len(parts[0].levels)
