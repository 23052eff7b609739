"""What all SLOs below brought a higher one in a term, course by course, as it can be kept."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from domain.ids import CourseId, SectionId, SloId, TermId
from domain.reporting import Several
from domain.results import SloCount, SloResults
from domain.several_results import how_many_count

IN_THE_WORDS_OF_THE_TERM = 0
"""The version of results that came from below: they name none of the higher SLO's."""
_MARK_BYTES = 12


@dataclass(frozen=True, slots=True)
class RolledCell:
    """Students of one course who count for the higher SLO; as in `SloCount`."""

    slo_version: int
    course_id: CourseId
    section_id: SectionId | None
    levels: dict[str, int]
    not_assessed: int


@dataclass(frozen=True, slots=True)
class RollUp:
    """Summative results by the latest of each student.

    It holds while `mark` is that of the counts below (`mark_of`): whatever changed, scores,
    mappings, terms, purposes, changes the mark.
    """

    term_id: TermId
    slo_id: SloId
    mark: str
    cells: tuple[RolledCell, ...]


def mark_of(below: Iterable[SloCount], positions: Mapping[str, int]) -> str:
    """Of the counts of one term whose results count for one SLO, its own among them."""
    lines = sorted(
        f"{one.slo_id} {one.slo_version} {one.course_id} {one.purpose} {one.mark}" for one in below
    )
    ladder = " ".join(f"{code} {place}" for code, place in sorted(positions.items()))
    digest = blake2b("\n".join([ladder, *lines]).encode(), digest_size=_MARK_BYTES)
    return digest.hexdigest()


def rolled_cells(
    slo_id: SloId, results: Sequence[SloResults], positions: Mapping[str, int]
) -> tuple[RolledCell, ...]:
    """Of all results of one term that count for the SLO: each student once."""
    found: dict[tuple[int, CourseId], _Sum] = {}
    for (number, level), count in how_many_count(results, Several.LATEST, positions).items():
        one = results[number]
        version = one.slo_version if one.slo_id == slo_id else IN_THE_WORDS_OF_THE_TERM
        found.setdefault((version, one.course_id), _Sum({}, set())).add(one, level, count)
    return tuple(found[key].cell(*key) for key in sorted(found))


@dataclass(slots=True)
class _Sum:
    levels: dict[str, int]
    sections: set[SectionId]
    not_assessed: int = 0

    def add(self, one: SloResults, level: str | None, count: int) -> None:
        if level is None:
            self.not_assessed += count
            return
        self.sections.add(one.section_id)
        self.levels[level] = self.levels.get(level, 0) + count

    def cell(self, version: int, course_id: CourseId) -> RolledCell:
        alone = next(iter(self.sections)) if len(self.sections) == 1 else None
        return RolledCell(version, course_id, alone, self.levels, self.not_assessed)
