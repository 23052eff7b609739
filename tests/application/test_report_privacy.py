"""Withheld results stay unknown across filters, SLOs, splits and roles of a whole college.

A witness is another college that looks the same wherever anybody looks and has another number
in the place of the withheld one. Each withheld number must have one.
"""

from collections.abc import Iterator, Mapping
from itertools import chain, product
from random import Random

import pytest

from application.reports import splitting
from application.reports.curriculum import Curriculum, reaches_of
from application.reports.judging import Judge, Wanted
from application.reports.splitting import Values
from domain.counted_cells import to_grain
from domain.ids import CourseId, OrgId, SectionId, SloId, TermId
from domain.privacy import release
from domain.privacy.group import Group, PrivacyRule
from domain.privacy.split import Split as PartsOf
from domain.reporting import Counts, ReportFilter, ResultCell, Split, SplitBy
from domain.rostering import Course
from domain.scale import MasteryLevel
from domain.slo import SloHead, SloKind, SloState
from domain.slo_mapping import SloMapping

Place = tuple[str, str]
"""CSLO, whose first letter is its course, and mode."""
College = Mapping[Place, tuple[int, int]]
FALL = TermId("fall")
LEVELS = (MasteryLevel("no", "Not met", 0, met=False), MasteryLevel("yes", "Met", 1, met=True))
ORGS = {"A": "english", "B": "english", "C": "english", "D": "physics", "E": "physics"}
PARENTS = {"english": "college", "physics": "college", "college": ""}
MODES = ("online", "room")
BY_MODE = Split(SplitBy.MODE)
LEADS = {"A1": "P", "A2": "I", "B1": "P", "C1": "P", "D1": "Q", "E1": "I", "P": "I", "Q": "I"}
LEAVES = [slo for slo in LEADS if len(slo) > 1]


def head(code: str) -> SloHead:
    course = CourseId(code[0]) if len(code) > 1 else None
    kinds = {"P": SloKind.PROGRAM, "Q": SloKind.PROGRAM, "I": SloKind.INSTITUTION}
    kind = kinds.get(code, SloKind.COURSE)
    return SloHead(SloId(code), code, kind, course, None, code, "", SloState.ACTIVE, 1)


def curriculum() -> Curriculum:
    heads = {SloId(code): head(code) for code in [*LEADS, "I"]}
    mappings = [
        SloMapping(SloId(low), SloId(high), FALL, None, None) for low, high in LEADS.items()
    ]
    courses = {
        CourseId(code): Course(CourseId(code), code, code, code, OrgId(org), active=True)
        for code, org in ORGS.items()
    }
    return Curriculum(heads, courses, PARENTS, reaches_of(list(heads.values()), mappings), LEVELS)


HANGING = curriculum()


def cell(slo: str, place: Place, row: tuple[int, int], by: Split) -> ResultCell:
    course, mode = place[0][0], place[1]
    return ResultCell(
        slo_id=SloId(slo),
        slo_version=1,
        term_id=FALL,
        org_id=OrgId(ORGS[course]),
        course_id=CourseId(course),
        section_id=SectionId(course + mode),
        group=mode if by == BY_MODE else "",
        counts=Counts(dict(zip(("no", "yes"), row, strict=True))),
    )


def judge(college: College, rule: PrivacyRule) -> Judge:
    def cells(wanted: ReportFilter) -> list[ResultCell]:
        found = [cell(place[0], place, row, wanted.split) for place, row in college.items()]
        if wanted.rolled_up:
            found = [
                cell(higher, place, row, wanted.split)
                for place, row in college.items()
                for higher in HANGING.reaches[place[0]]
            ]
        return to_grain(found, wanted.grain)

    return Judge(cells, HANGING, rule)


def filters() -> Iterator[frozenset[CourseId]]:
    yield frozenset(map(CourseId, ORGS))
    for org in ("english", "physics"):
        yield frozenset(CourseId(course) for course, own in ORGS.items() if own == org)
    for course in ORGS:
        yield frozenset({CourseId(course)})


def everything_told(college: College, rule: PrivacyRule) -> object:
    """Whatever any filter, split or SLO shows to readers under this rule."""
    its, told = judge(college, rule), []
    for kind in SloKind:
        for slo, pieces in sorted(its.split(Wanted(kind), BY_MODE, Values(MODES)).items()):
            for courses in filters():
                seen = pieces.within(courses)
                rows = sorted(seen.rows.items())
                told.append((slo, seen.total, rows, seen.rest, sorted(seen.partly)))
    return told


def moves(college: College, place: Place, level: int) -> Iterator[College]:
    """Colleges in which one student more or less stands there, or one came from elsewhere."""
    for step in (1, -1):
        yield from _changed(college, [(place, level, step)])
        yield from _changed(college, [(place, level, step), (place, 1 - level, -step)])
        for other in (one for one in college if one != place):
            yield from _changed(college, [(place, level, step), (other, level, -step)])
            swap = [(place, level, step), (place, 1 - level, -step)]
            swap += [(other, level, -step), (other, 1 - level, step)]
            yield from _changed(college, swap)


def _changed(college: College, steps: list[tuple[Place, int, int]]) -> Iterator[College]:
    rows = {place: list(row) for place, row in college.items()}
    for place, level, step in steps:
        rows[place][level] += step
    if all(count >= 0 for row in rows.values() for count in row):
        yield {place: (row[0], row[1]) for place, row in rows.items()}


def withheld_places(college: College, rule: PrivacyRule) -> Iterator[Place]:
    """Where students stand whose numbers no view of their own CSLO shows."""
    its = judge(college, rule)
    for (slo, _), pieces in its.split(Wanted(SloKind.COURSE), BY_MODE, Values(MODES)).items():
        seen = pieces.within(frozenset({CourseId(slo[0])}))
        for mode in MODES:
            if any(college[slo, mode]) and (seen.total.levels is None or mode in seen.partly):
                yield slo, mode


def told_places(college: College, rule: PrivacyRule) -> list[tuple[str, str, int]]:
    """Withheld numbers without a witness, levels at which nobody of a shown total is aside."""
    seen, found = everything_told(college, rule), []
    judged = judge(college, rule)(Wanted(SloKind.COURSE))
    for place in withheld_places(college, rule):
        slo, mode = place
        course = sum_of(college, slo)
        is_shown = bool(judged[SloId(slo), FALL].shown)
        for level in (0, 1):
            if is_shown and not course[level]:
                continue
            alike = (
                one for one in moves(college, place, level) if everything_told(one, rule) == seen
            )
            first = next(alike, None)
            if first is None:
                found.append((slo, mode, level))
            elif not is_shown and all(
                sum_of(one, slo)[level] == course[level] for one in chain([first], alike)
            ):
                found.append((slo, "its course", level))
    return found


def sum_of(college: College, slo: str) -> tuple[int, int]:
    low, high = zip(*(college[slo, mode] for mode in MODES), strict=True)
    return sum(low), sum(high)


def some_college(chance: Random) -> College:
    """Mostly small courses, some large ones, some modes without anybody."""
    sizes = iter(chance.choices([0, 1, 1, 2, 2, 3, 5], k=4 * len(LEAVES)))
    return {(slo, mode): (next(sizes), next(sizes)) for slo in LEAVES for mode in MODES}


READERS = PrivacyRule(4)
COORDINATORS = PrivacyRule(4, masks_single_sections=True)


@pytest.mark.parametrize("rule", [READERS, COORDINATORS], ids=["readers", "coordinators"])
def test_every_withheld_number_could_be_another(rule: PrivacyRule) -> None:
    withheld = 0
    for seed in range(3):
        college = some_college(Random(seed))
        withheld += len(list(withheld_places(college, rule)))
        assert told_places(college, rule) == [], college
    assert withheld > 10


SMALL = {("A1", "online"): (9, 9), ("A1", "room"): (1, 2)}
SMALL_COURSE = {("B1", "online"): (1, 2), ("B1", "room"): (0, 0)}


def furnished(more: College) -> College:
    return dict.fromkeys(product(LEAVES, MODES), (9, 9)) | dict(more)


def no_complement(parts: list[Group], rule: PrivacyRule, _: object = ()) -> PartsOf:
    small = tuple(part for part in parts if rule.withholds(part))
    return PartsOf(tuple(part for part in parts if not rule.withholds(part)), small)


def test_suppression_without_complement_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(splitting, "split", no_complement)
    assert told_places(furnished(SMALL), READERS)


def test_totals_that_count_withheld_courses_are_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(release, "POOLED", 1)
    monkeypatch.setattr(release, "hides", lambda *_: True)
    assert told_places(furnished(SMALL_COURSE), READERS)
