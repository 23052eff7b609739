"""What students of one assessment in a section reached on one SLO, packed for counting."""

import struct
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from operator import attrgetter
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
_MARK_BYTES = 12
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
    course_id: CourseId
    section_id: SectionId
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
    def count_key(self) -> "CountKey":
        """That of the count in which its students are."""
        return self.term_id, self.purpose, self.slo_id, self.slo_version, self.course_id

    @property
    def counted_levels(self) -> dict[str, int]:
        """Students who count here by the code of their level; levels of nobody left out."""
        return {
            level: count for level, count in zip(self.levels, self.counted, strict=False) if count
        }

    @property
    def counted_without_level(self) -> int:
        return self.counted[-1]


@dataclass(frozen=True, slots=True)
class SloCount:
    """The students of one SLO and version in the sections of one course in one term.

    `section_id` is where all of them with a level were assessed; None where that was in
    several sections, or nobody has a level. `mark` is another one whenever a result behind
    the count is, though its numbers may be the same.
    """

    term_id: TermId
    purpose: Purpose
    slo_id: SloId
    slo_version: int
    course_id: CourseId
    section_id: SectionId | None
    levels: dict[str, int]
    not_assessed: int
    mark: str = ""

    @property
    def counted(self) -> "Counted":
        return (
            self.slo_id,
            self.slo_version,
            self.term_id,
            self.course_id,
            self.section_id,
            self.levels,
            self.not_assessed,
        )

    @property
    def key(self) -> "CountKey":
        return self.term_id, self.purpose, self.slo_id, self.slo_version, self.course_id


CountKey = tuple[TermId, Purpose, SloId, int, CourseId]
Counted = tuple[SloId, int, TermId, CourseId, SectionId | None, Mapping[str, int], int]
"""What a report reads of a count: SLO, version, term, course, lone section, levels and N/A."""


def counts_of(settled: Iterable[SloResults]) -> list[SloCount]:
    """One for each SLO, version, course, term and purpose that anybody counts in."""
    behind: dict[CountKey, list[SloResults]] = defaultdict(list)
    for one in settled:
        behind[one.count_key].append(one)
    counts = (_count(key, behind[key]) for key in sorted(behind))
    return [one for one in counts if one.levels or one.not_assessed]


def _count(key: CountKey, behind: list[SloResults]) -> SloCount:
    levels: dict[str, int] = {}
    sections: set[SectionId] = set()
    without = 0
    for one in behind:
        without += one.counted_without_level
        if here := one.counted_levels:
            sections.add(one.section_id)
            for level, count in here.items():
                levels[level] = levels.get(level, 0) + count
    alone = sections.pop() if len(sections) == 1 else None
    return SloCount(*key, alone, levels, without, _mark(behind))


def _mark(behind: list[SloResults]) -> str:
    digest = blake2b(digest_size=_MARK_BYTES)
    for one in sorted(behind, key=attrgetter("work_id")):
        students = len(one.students)
        digest.update(f"{one.work_id} {one.section_id} {students} {one.levels}".encode())
        digest.update(struct.pack(f"<{2 * students}q", *one.students, *one.times))
        digest.update(one.reached)
    return digest.hexdigest()


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
