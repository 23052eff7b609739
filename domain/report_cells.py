"""Adding up students into the cells of a report."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from domain.ids import CourseId, OrgId, SectionId, SloId, TermId
from domain.reporting import (
    ANY_VERSION,
    NOT_TOLD,
    Counts,
    Grain,
    ReportFilter,
    ResultCell,
    SplitBy,
)
from domain.results import Place

CellKey = tuple[SloId, int, TermId, OrgId | None, CourseId | None, SectionId | None, str]
"""What tells one cell from another: the fields of `ResultCell` before its counts."""


def cell_key(
    wanted: ReportFilter,
    counted: tuple[SloId, int, TermId],
    place: Place | None,
    group: str = NOT_TOLD,
) -> CellKey:
    """The cell of results of an SLO, version and term at this place.

    `place` None: the report neither names places nor is split by them. `group` is that of
    the student, where it is split so.
    """
    slo_id, version, term_id = counted
    shown = ANY_VERSION if wanted.across_versions else version
    if place is None:
        return slo_id, shown, term_id, None, None, None, group
    match wanted.split.by:
        case SplitBy.MODE:
            group = place.mode
        case SplitBy.LOCATION:
            group = place.location
    grain = wanted.grain
    return (
        slo_id,
        shown,
        term_id,
        None if grain is Grain.COLLEGE else place.org_id,
        place.course_id if grain in {Grain.COURSE, Grain.SECTION} else None,
        place.section_id if grain is Grain.SECTION else None,
        group,
    )


def is_in_places(wanted: ReportFilter, place: Place) -> bool:
    chosen = (
        (place.org_id, wanted.org_ids),
        (place.course_id, wanted.course_ids),
        (place.section_id, wanted.section_ids),
    )
    return all(ids is None or one in ids for one, ids in chosen)


@dataclass(slots=True)
class _Sum:
    levels: Counter[str] = field(default_factory=Counter)
    without: int = 0
    collective: Counter[str] = field(default_factory=Counter)
    collective_without: int = 0

    def counts(self) -> Counts:
        return Counts(
            {level: count for level, count in self.levels.items() if count},
            self.without,
            {level: count for level, count in self.collective.items() if count},
            self.collective_without,
        )


class CellSums:
    """Cells while they are added up. Cells in which nobody counts are left out."""

    def __init__(self) -> None:
        self._sums: defaultdict[CellKey, _Sum] = defaultdict(_Sum)

    def add(self, key: CellKey, levels: Mapping[str, int], without: int) -> None:
        one = self._sums[key]
        one.levels.update(levels)
        one.without += without

    def add_student(self, key: CellKey, level: str | None) -> None:
        """`level` None: the student had N/A and nothing else."""
        one = self._sums[key]
        if level is None:
            one.without += 1
        else:
            one.levels[level] += 1

    def add_collective(self, key: CellKey, levels: Mapping[str, int], without: int) -> None:
        one = self._sums[key]
        one.collective.update(levels)
        one.collective_without += without

    def __bool__(self) -> bool:
        return bool(self._sums)

    def cells(self) -> list[ResultCell]:
        """By SLO, version, term and place."""
        found = (ResultCell(*key, one.counts()) for key, one in self._sums.items())
        kept = (cell for cell in found if cell.counts != _NOBODY)
        return sorted(kept, key=_in_order)


_NOBODY = Counts()


def key_of(cell: ResultCell) -> CellKey:
    return (
        cell.slo_id,
        cell.slo_version,
        cell.term_id,
        cell.org_id,
        cell.course_id,
        cell.section_id,
        cell.group,
    )


def _in_order(cell: ResultCell) -> tuple[str | int, ...]:
    return tuple("" if part is None else part for part in key_of(cell))
