"""Cells of a report out of counts by course, and finer cells as coarser ones."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from domain.ids import CourseId, OrgId, SectionId
from domain.report_cells import CellKey, CellSums, key_of
from domain.reporting import ANY_VERSION, NOT_TOLD, Counts, Grain, ReportFilter, ResultCell
from domain.results import Counted

_Places = tuple[OrgId | None, CourseId | None, SectionId | None]
_Coarser = Callable[[OrgId | None, CourseId | None, SectionId | None], _Places]
_TOLD: Mapping[Grain, _Coarser] = {
    Grain.COLLEGE: lambda _org, _course, _section: (None, None, None),
    Grain.ORG: lambda org, _course, _section: (org, None, None),
    Grain.COURSE: lambda org, course, _section: (org, course, None),
    Grain.SECTION: lambda org, course, section: (org, course, section),
    Grain.LONE_SECTION: lambda org, course, section: (org, course, section),
}


def counted_cells(
    counts: Iterable[Counted], orgs: Mapping[CourseId, OrgId], wanted: ReportFilter
) -> list[ResultCell]:
    """At any grain but that of sections; `orgs` are those of the courses.

    Without them the college alone can be told of.
    """
    told, across = _TOLD[wanted.grain], wanted.across_versions
    within, of_courses = wanted.org_ids, wanted.course_ids
    cells: dict[CellKey, ResultCell] = {}
    more: list[ResultCell] = []
    for slo_id, version, term_id, course_id, section_id, levels, without in counts:
        org_id = orgs.get(course_id)
        if within is not None and org_id not in within:
            continue
        if of_courses is not None and course_id not in of_courses:
            continue
        org, course, section = told(org_id, course_id, section_id)
        # Without the section: a higher SLO may have own results and others in one course.
        key = (slo_id, ANY_VERSION if across else version, term_id, org, course, None, NOT_TOLD)
        cell = ResultCell(*key[:5], section, NOT_TOLD, Counts(levels, without))
        if cells.setdefault(key, cell) is not cell:
            more.append(cell)
    if across or more:
        return to_grain([*cells.values(), *more], wanted.grain)
    return [cells[key] for key in sorted(cells)]


def to_grain(cells: Iterable[ResultCell], grain: Grain) -> list[ResultCell]:
    """Cells that tell places at least as finely, those of one place added up."""
    told, sums = _TOLD[grain], CellSums()
    sections: dict[CellKey, set[SectionId | None]] = {}
    for cell in cells:
        counts = cell.counts
        places = told(cell.org_id, cell.course_id, cell.section_id)
        if grain is Grain.LONE_SECTION:
            places = cell.org_id, cell.course_id, None
        key = (cell.slo_id, cell.slo_version, cell.term_id, *places, cell.group)
        if counts.assessed:
            sections.setdefault(key, set()).add(cell.section_id)
        sums.add(key, counts.levels, counts.not_assessed)
        if counts.collective or counts.collective_not_assessed:
            sums.add_collective(key, counts.collective, counts.collective_not_assessed)
    found = sums.cells()
    if grain is not Grain.LONE_SECTION:
        return found
    return [_told_alone(cell, sections.get(key_of(cell), set())) for cell in found]


def _told_alone(cell: ResultCell, sections: set[SectionId | None]) -> ResultCell:
    """With its section where there is one alone. None stands for several."""
    alone = next(iter(sections)) if len(sections) == 1 else None
    return cell if alone is None else replace(cell, section_id=alone)
