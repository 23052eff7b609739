"""Of several results of a student the one that counts (glossary 1, Roll-up)."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from domain.reporting import Several
from domain.results import NO_LEVEL, SloResults

Counting = tuple[int, int, str | None]
"""The place of a result among those given, a student key, and the level's code or N/A."""
_BITS = 8
_LEVEL = (1 << _BITS) - 1
"""An origin is one number: the place of a result among those given, then that of a level in it."""
_BELOW_ALL = -(1 << 64)


def who_counts(
    results: Sequence[SloResults], rule: Several, positions: Mapping[str, int]
) -> Iterator[Counting]:
    """Each student once, with the result that counts by the rule; a level before N/A.

    The latest result is that with the newest score behind it; at the same moment that of
    the later assessment (ids rise with time), then the higher level. `positions` are those
    of the mastery levels by code. With AVERAGE a student counts at the place of the latest.
    """
    contest = _contest(results, rule, positions)
    means = _means(results, positions) if rule is Several.AVERAGE else {}
    for student, place in contest.best.items():
        origin = contest.origins[place]
        one = results[origin >> _BITS]
        yield origin >> _BITS, student, means.get(student, _code(one, origin & _LEVEL))


def how_many_count(
    results: Sequence[SloResults], rule: Several, positions: Mapping[str, int]
) -> Counter[tuple[int, str | None]]:
    """The same without names: students by the place of their result and the level's code."""
    if rule is Several.AVERAGE:
        return Counter((number, code) for number, _, code in who_counts(results, rule, positions))
    contest = _contest(results, rule, positions)
    found: Counter[tuple[int, str | None]] = Counter()
    for origin, count in contest.counted().items():
        number = origin >> _BITS
        found[number, _code(results[number], origin & _LEVEL)] += count
    return found


def settled(group: Sequence[SloResults]) -> list[SloResults]:
    """All results of one SLO, term and purpose, with how many students count where: by LATEST."""
    students = set().union(*(one.students for one in group))
    if len(students) == sum(len(one.students) for one in group):
        return [_counting(one, Counter(one.reached)) for one in group]
    counting: list[Counter[int]] = [Counter() for _ in group]
    for origin, count in _contest(group, Several.LATEST, {}).counted().items():
        counting[origin >> _BITS][origin & _LEVEL] = count
    return [_counting(one, levels) for one, levels in zip(group, counting, strict=True)]


@dataclass(slots=True)
class _Contest:
    """Results of students in one long line, and for each student the place of the best.

    A million of them stand behind a report of the whole college: nothing is made for each
    but whole numbers.
    """

    best: dict[int, int] = field(default_factory=dict)
    origins: list[int] = field(default_factory=list)

    def counted(self) -> Counter[int]:
        return Counter(map(self.origins.__getitem__, self.best.values()))


def _contest(
    results: Sequence[SloResults], rule: Several, positions: Mapping[str, int]
) -> _Contest:
    """In the order of assessments, so that who comes later is the later one at the same moment."""
    contest = _Contest()
    best, origins = contest.best, contest.origins
    firsts: list[int] = []
    thens: list[int] = []
    since, work_id = 0, None
    rows = Counter(one.work_id for one in results)
    for number in sorted(range(len(results)), key=lambda each: results[each].work_id):
        one = results[number]
        if one.work_id != work_id:
            since, work_id = len(firsts), one.work_id
        start = len(firsts)
        # Within one assessment levels decide too: where it has one result, there is no within.
        if rule is Several.LATEST and rows[one.work_id] == 1:
            firsts += _latest(one)
            thens += one.reached
        else:
            _line_up(one, rule, positions, firsts, thens)
        origins += map((number << _BITS).__add__, one.reached)
        if best.keys().isdisjoint(one.students):
            best.update(zip(one.students, range(start, len(firsts)), strict=True))
            continue
        for place, student in enumerate(one.students, start):
            had = best.setdefault(student, place)
            if had == place:
                continue
            ahead = firsts[place] - firsts[had]
            if ahead > 0 or (not ahead and (had < since or thens[place] >= thens[had])):
                best[student] = place
    return contest


def _line_up(
    one: SloResults,
    rule: Several,
    positions: Mapping[str, int],
    firsts: list[int],
    thens: list[int],
) -> None:
    """What decides first for each student, and what then within one assessment."""
    places = _heights(one, positions)
    heights = [places[level] if level != NO_LEVEL else _BELOW_ALL for level in one.reached]
    thens += heights
    if rule is Several.HIGHEST:
        pairs = zip(heights, one.times, strict=True)
        firsts += ((height << 64) + time for height, time in pairs)
        return
    firsts += _latest(one)


def _latest(one: SloResults) -> Iterable[int]:
    """Any level is later than N/A."""
    if NO_LEVEL not in one.reached:
        return one.times
    pairs = zip(one.times, one.reached, strict=True)
    return (time + _BELOW_ALL if level == NO_LEVEL else time for time, level in pairs)


def _code(one: SloResults, level: int) -> str | None:
    return None if level == NO_LEVEL else one.levels[level]


def _counting(one: SloResults, reached: Mapping[int, int]) -> SloResults:
    places = (*range(len(one.levels)), NO_LEVEL)
    counted = tuple(reached.get(level, 0) for level in places)
    return one if counted == one.counted else replace(one, counted=counted)


def _heights(one: SloResults, positions: Mapping[str, int]) -> list[int]:
    """The place of each level in the institution's order, else in its own row's."""
    return [positions.get(code, place) for place, code in enumerate(one.levels)]


def _means(results: Sequence[SloResults], positions: Mapping[str, int]) -> dict[int, str]:
    """The level at the mean of those who have several; a mean at no level's place is left out."""
    heights: dict[int, list[int]] = defaultdict(list)
    for one in results:
        places = _heights(one, positions)
        for student, level in zip(one.students, one.reached, strict=True):
            if level != NO_LEVEL:
                heights[student].append(places[level])
    codes = {position: code for code, position in positions.items()}
    means = {student: _mean(each) for student, each in heights.items() if len(each) > 1}
    return {student: codes[mean] for student, mean in means.items() if mean in codes}


def _mean(heights: list[int]) -> int:
    """Half up to a whole position."""
    return int(Fraction(sum(heights), len(heights)) + Fraction(1, 2))
