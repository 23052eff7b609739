"""Adding up students into the cells of a report."""

from collections.abc import Mapping

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

_ABOVE_COURSES = frozenset({Grain.COLLEGE, Grain.ORG})
_DOWN_TO_SECTIONS = frozenset({Grain.SECTION, Grain.LONE_SECTION})
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
        None if grain in _ABOVE_COURSES else place.course_id,
        place.section_id if grain in _DOWN_TO_SECTIONS else None,
        group,
    )


def is_in_places(wanted: ReportFilter, place: Place) -> bool:
    chosen = (
        (place.org_id, wanted.org_ids),
        (place.course_id, wanted.course_ids),
        (place.section_id, wanted.section_ids),
    )
    return all(ids is None or one in ids for one, ids in chosen)


_Levels = dict[str, int]


class CellSums:
    """Cells while they are added up. Cells in which nobody counts are left out."""

    def __init__(self) -> None:
        self._levels: dict[CellKey, _Levels] = {}
        self._without: dict[CellKey, int] = {}
        self._collective: dict[CellKey, _Levels] = {}
        self._collective_without: dict[CellKey, int] = {}

    def add(self, key: CellKey, levels: Mapping[str, int], without: int) -> None:
        _add(self._levels, self._without, key, levels, without)

    def add_student(self, key: CellKey, level: str | None) -> None:
        """`level` None: the student had N/A and nothing else."""
        self.add(key, {} if level is None else {level: 1}, 1 if level is None else 0)

    def add_collective(self, key: CellKey, levels: Mapping[str, int], without: int) -> None:
        _add(self._collective, self._collective_without, key, levels, without)

    def __bool__(self) -> bool:
        return bool(self._levels or self._collective)

    def cells(self) -> list[ResultCell]:
        """By SLO, version, term and place; a place is None in all cells of a report or in none."""
        keys = sorted(self._levels.keys() | self._collective.keys())
        return [ResultCell(*key, counts) for key in keys if (counts := self._counts(key))]

    def _counts(self, key: CellKey) -> Counts | None:
        """None where nobody counts."""
        levels, without = self._levels.get(key) or {}, self._without.get(key, 0)
        if key not in self._collective:
            return Counts(levels, without) if levels or without else None
        collective, others = self._collective[key], self._collective_without.get(key, 0)
        if levels or without or collective or others:
            return Counts(levels, without, collective, others)
        return None


def _add(
    sums: dict[CellKey, _Levels],
    withouts: dict[CellKey, int],
    key: CellKey,
    levels: Mapping[str, int],
    without: int,
) -> None:
    """Levels of nobody are left out."""
    had = sums.get(key)
    if had is None:
        sums[key] = {level: count for level, count in levels.items() if count}
    else:
        for level, count in levels.items():
            if count:
                had[level] = had.get(level, 0) + count
    if without:
        withouts[key] = withouts.get(key, 0) + without


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
