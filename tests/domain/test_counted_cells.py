"""Counts by course become cells of a report, each place once."""

from domain.counted_cells import counted_cells
from domain.ids import CourseId, OrgId, SectionId, SloId, TermId
from domain.reporting import Grain, ReportFilter
from domain.results import Counted

GOAL, FALL, COURSE = SloId("slo-goal"), TermId("term-fall"), CourseId("history")
ORGS = {COURSE: OrgId("arts"), CourseId("english"): OrgId("arts")}
LONE = ReportFilter(grain=Grain.LONE_SECTION)


def _counted(section: str | None, met: int, without: int = 0, course: str = COURSE) -> Counted:
    section_id = SectionId(section) if section else None
    levels = {"met": met} if met else {}
    return GOAL, 1, FALL, CourseId(course), section_id, levels, without


def _told(*counts: Counted, wanted: ReportFilter = LONE) -> list[tuple[str | None, int, int]]:
    cells = counted_cells(counts, ORGS, wanted)
    return [(one.section_id, one.counts.students, one.counts.not_assessed) for one in cells]


def test_own_results_of_a_higher_slo_and_those_from_below_are_one_cell() -> None:
    """As far as a reader can tell they are of two sections, of one, and of several."""
    assert _told(_counted("01", 2), _counted("02", 3)) == [(None, 5, 0)]
    assert _told(_counted("01", 2), _counted("01", 3)) == [("01", 5, 0)]
    assert _told(_counted(None, 2), _counted("02", 3)) == [(None, 5, 0)]


def test_a_section_is_alone_beside_those_with_nothing_but_not_assessed() -> None:
    assert _told(_counted(None, 0, without=4), _counted("02", 3)) == [("02", 3, 4)]


def test_courses_add_up_to_their_org() -> None:
    both = _counted("01", 2), _counted("07", 3, course="english")

    assert _told(*both) == [("07", 3, 0), ("01", 2, 0)]
    assert _told(*both, wanted=ReportFilter(grain=Grain.ORG)) == [(None, 5, 0)]
