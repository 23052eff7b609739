"""Cells of results as groups that the privacy rules judge."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import add

from domain.ids import CourseId, OrgId, SectionId, SloId, TermId
from domain.privacy.group import Group
from domain.reporting import Counts, ResultCell

LeafKey = tuple[SloId, int, TermId, CourseId]
"""SLO, version, term and course."""
COUNTED = "entered as counts"
"""The part of those who were counted and never named, so that they have no attributes."""
_SEVERAL = 2
"""How many sections a group is of when they are not one: privacy asks no more."""
Entry = tuple[ResultCell, str, list[int]]


@dataclass(slots=True)
class _Sum:
    levels: list[int]
    org_id: OrgId | None
    sections: set[SectionId | None]


def groups_of(cells: Iterable[ResultCell], levels: Sequence[str]) -> dict[LeafKey, Group]:
    """One for each SLO, version, term and course, of cells that tell courses' lone sections."""
    found: dict[LeafKey, Group] = {}
    for cell in cells:
        row, course_id = _row(cell.counts, levels), cell.course_id
        if course_id is not None and any(row):
            sections = _SEVERAL if cell.section_id is None else 1
            key = (cell.slo_id, cell.slo_version, cell.term_id, course_id)
            found[key] = Group(course_id, row, sections, cell.org_id or "")
    return found


def parts_of(
    cells: Iterable[ResultCell], levels: Sequence[str], *, by_attribute: bool
) -> dict[LeafKey, list[Group]]:
    """The same groups in parts, by what the cells are split by."""
    found: dict[LeafKey, list[Group]] = {}
    for (key, name), one in _summed(_entries(cells, levels, by_attribute=by_attribute)).items():
        found.setdefault(key, []).append(_group(one, name))
    return found


def _entries(
    cells: Iterable[ResultCell], levels: Sequence[str], *, by_attribute: bool
) -> Iterator[Entry]:
    for cell in cells:
        if not by_attribute:
            yield cell, cell.group, list(_row(cell.counts, levels))
            continue
        yield cell, cell.group, [cell.counts.levels.get(level, 0) for level in levels]
        yield cell, COUNTED, [cell.counts.collective.get(level, 0) for level in levels]


def _row(counts: Counts, levels: Sequence[str]) -> tuple[int, ...]:
    if counts.collective:
        return tuple([counts.at(level) for level in levels])
    had = counts.levels
    return tuple([had.get(level, 0) for level in levels])


def _summed(entries: Iterable[Entry]) -> Mapping[tuple[LeafKey, str], _Sum]:
    sums: dict[tuple[LeafKey, str], _Sum] = {}
    for cell, name, row in entries:
        if cell.course_id is None or not any(row):
            continue
        key = (cell.slo_id, cell.slo_version, cell.term_id, cell.course_id)
        one = sums.get((key, name))
        if one is None:
            sums[key, name] = _Sum(row, cell.org_id, {cell.section_id})
            continue
        one.levels = list(map(add, one.levels, row))
        one.sections.add(cell.section_id)
    return sums


def _group(one: _Sum, key: str) -> Group:
    alone = len(one.sections) == 1 and None not in one.sections
    return Group(key, tuple(one.levels), 1 if alone else _SEVERAL, one.org_id or "")
