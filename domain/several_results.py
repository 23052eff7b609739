"""Of several results of a student the one that counts (glossary 1, Roll-up)."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from domain.reporting import Several
from domain.results import NO_LEVEL, SloResults

Counting = tuple[int, int, str | None]
"""The place of a result among those given, a student key, and the level's code or N/A."""
_Claim = tuple[bool, int, int, int, int, int]


def who_counts(
    results: Sequence[SloResults], rule: Several, positions: Mapping[str, int]
) -> Iterator[Counting]:
    """Each student once, with the result that counts by the rule; a level before N/A.

    The latest result is that with the newest score behind it; at the same moment that of
    the later assessment (ids rise with time), then the higher level. `positions` are those
    of the mastery levels by code. With AVERAGE a student counts at the place of the latest.
    """
    works = {work_id: rank for rank, work_id in enumerate(sorted({r.work_id for r in results}))}
    by_height = rule is Several.HIGHEST
    best: dict[int, _Claim] = {}
    sums: dict[int, list[int]] = defaultdict(list)
    for number, one in enumerate(results):
        heights = _heights(one, positions)
        rank = works[one.work_id]
        for student, level, time in zip(one.students, one.reached, one.times, strict=True):
            has = level != NO_LEVEL
            height = heights[level] if has else -1
            first, then = (height, time) if by_height else (time, height)
            claim = (has, first, rank, then, number, level)
            if student not in best or claim > best[student]:
                best[student] = claim
            if has and rule is Several.AVERAGE:
                sums[student].append(height)
    codes = {position: code for code, position in positions.items()}
    for student, (has, _, _, _, number, level) in best.items():
        code = results[number].levels[level] if has else None
        if has and len(sums[student]) > 1:
            code = codes.get(_mean(sums[student]), code)
        yield number, student, code


def _heights(one: SloResults, positions: Mapping[str, int]) -> list[int]:
    """The place of each level in the institution's order, else in its own row's."""
    return [positions.get(code, place) for place, code in enumerate(one.levels)]


def _mean(heights: list[int]) -> int:
    """Half up to a whole position."""
    return int(Fraction(sum(heights), len(heights)) + Fraction(1, 2))
