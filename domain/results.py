"""What students of one assessment in a section reached on one SLO, packed for counting."""

from collections.abc import Sequence
from dataclasses import dataclass
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


def student_key(person_id: PersonId) -> StudentKey:
    digest = blake2b(person_id.encode(), digest_size=_BYTES).digest()
    return StudentKey(int.from_bytes(digest, "little", signed=True))


@dataclass(frozen=True, slots=True)
class SloResults:
    """One student at each place of `students`, `reached` and `times`, by student key.

    `reached` numbers `levels`, the codes of the mastery levels of the row, lowest first, or
    is NO_LEVEL. `times` are microseconds since 1970 of the newest score behind the result.
    """

    work_id: SectionAssessmentId
    slo_id: SloId
    slo_version: int
    term_id: TermId
    purpose: Purpose
    levels: tuple[str, ...]
    students: Sequence[int]
    reached: bytes
    times: Sequence[int]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a section belongs, and what reports may be split by. `org_id` is the course's."""

    section_id: SectionId
    course_id: CourseId
    org_id: OrgId
    mode: str
    location: str
