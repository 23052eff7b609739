"""What students of one assessment in a section reached on one SLO, packed for counting."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import blake2b
from typing import NewType

from domain.assessment import Purpose
from domain.ids import (
    CourseId,
    OrgId,
    PersonId,
    SectionAssessmentId,
    SectionId,
    SloId,
    TermId,
)

StudentKey = NewType("StudentKey", int)
"""64 bits that stand for a person where results are counted and nobody need be named."""
_BYTES = 8
NO_LEVEL = 255
"""Instead of the number of a level: the student had N/A and nothing else."""


@lru_cache(maxsize=1 << 16)
def student_key(person_id: PersonId) -> StudentKey:
    digest = blake2b(person_id.encode(), digest_size=_BYTES).digest()
    return StudentKey(int.from_bytes(digest, "little", signed=True))


@dataclass(frozen=True, slots=True)
class SloResults:
    """One student at each place of `students`, `reached` and `times`, by student key.

    `reached` numbers `levels`, the codes of the mastery levels of the row, lowest first, or
    is NO_LEVEL. `times` are microseconds since 1970 of the newest score behind the result.
    `counted` are the students whose result of the SLO and term counts here and in no other
    section, by level and then those with N/A; empty until it is settled.
    """

    work_id: SectionAssessmentId
    slo_id: SloId
    slo_version: int
    term_id: TermId
    purpose: Purpose
    levels: tuple[str, ...]
    students: tuple[int, ...]
    reached: bytes
    times: tuple[int, ...]
    counted: tuple[int, ...] = ()

    @property
    def group(self) -> tuple[SloId, TermId, Purpose]:
        """Within which a student counts once."""
        return self.slo_id, self.term_id, self.purpose

    @property
    def counted_levels(self) -> dict[str, int]:
        """Students who count here by the code of their level; levels of nobody left out."""
        return {
            level: count for level, count in zip(self.levels, self.counted, strict=False) if count
        }

    @property
    def counted_without_level(self) -> int:
        return self.counted[-1]


def settled(group: Sequence[SloResults]) -> list[SloResults]:
    """With what counts where: of several results of a student the latest, a level before N/A.

    All results of one SLO, term and purpose have to be given. Of two at the same moment the
    later assessment counts (ids rise with time).
    """
    ordered = sorted(group, key=lambda one: one.work_id)
    if len(set().union(*(one.students for one in ordered))) == sum(
        len(one.students) for one in ordered
    ):
        return [replace(one, counted=_tally(one, one.reached)) for one in ordered]
    best: dict[int, tuple[bool, int, int, int]] = {}
    for number, one in enumerate(ordered):
        for student, level, time in zip(one.students, one.reached, one.times, strict=True):
            claim = (level != NO_LEVEL, time, number, level)
            if student not in best or claim > best[student]:
                best[student] = claim
    counting = [bytearray() for _ in ordered]
    for _, _, number, level in best.values():
        counting[number].append(level)
    return [
        replace(one, counted=_tally(one, counting[number])) for number, one in enumerate(ordered)
    ]


def _tally(one: SloResults, reached: bytes | bytearray) -> tuple[int, ...]:
    return (*map(reached.count, range(len(one.levels))), reached.count(NO_LEVEL))


@dataclass(frozen=True, slots=True)
class SloCount:
    """The students of one SLO and version in one term over the whole college."""

    term_id: TermId
    purpose: Purpose
    slo_id: SloId
    slo_version: int
    levels: dict[str, int]
    not_assessed: int


def counts_of(group: Iterable[SloResults]) -> list[SloCount]:
    """Of settled results, one for each SLO, version, term and purpose that anybody counts in."""
    levels: dict[_CountKey, Counter[str]] = defaultdict(Counter)
    without: Counter[_CountKey] = Counter()
    for one in group:
        key = (one.term_id, one.purpose, one.slo_id, one.slo_version)
        levels[key].update(one.counted_levels)
        without[key] += one.counted_without_level
    return [
        SloCount(*key, dict(levels[key]), without[key])
        for key in sorted(levels)
        if levels[key] or without[key]
    ]


_CountKey = tuple[TermId, Purpose, SloId, int]


@dataclass(frozen=True, slots=True)
class Place:
    """Where an assessment in a section belongs, and what reports may be split by.

    `org_id` is that of the course.
    """

    section_id: SectionId
    course_id: CourseId
    org_id: OrgId
    term_id: TermId
    purpose: Purpose
    mode: str
    location: str
