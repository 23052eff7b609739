"""Roll-ups hold while nothing behind them has changed, and tell courses' lone sections."""

from dataclasses import replace

import pytest

from domain.assessment import Purpose
from domain.ids import CourseId, SectionAssessmentId, SectionId, SloId, TermId
from domain.kept_roll_up import RolledCell, mark_of, rolled_cells
from domain.results import SloResults, counts_of
from domain.several_results import settled

AIM, CITE, GOAL = SloId("slo-aim"), SloId("slo-cite"), SloId("slo-goal")
POSITIONS = {"low": 0, "high": 1}


def _results(
    work: int, students: tuple[int, ...] = (1, 2), slo: SloId = AIM, course: str = "history"
) -> SloResults:
    """All reached the upper level, the later works later."""
    return SloResults(
        SectionAssessmentId(f"work-{work}"), slo, 3, TermId("term-fall"), CourseId(course),
        SectionId(f"section-{work}"), Purpose.SUMMATIVE, ("low", "high"), students,
        bytes(1 for _ in students), tuple(10 * work for _ in students),
    )  # fmt: skip


def _mark(*results: SloResults) -> str:
    return mark_of(counts_of(settled(results)), POSITIONS)


class TestMark:
    def test_it_stays_while_nothing_changes(self) -> None:
        assert _mark(_results(1), _results(2, (3,))) == _mark(_results(2, (3,)), _results(1))

    @pytest.mark.parametrize(
        "changed",
        [
            _results(1, (1, 3)),
            replace(_results(1), times=(10, 11)),
            replace(_results(1), reached=bytes([0, 1])),
            replace(_results(1), slo_version=4),
            replace(_results(1), section_id=SectionId("section-9")),
            replace(_results(1), course_id=CourseId("english")),
            replace(_results(1), slo_id=CITE),
        ],
    )
    def test_whatever_changes_is_seen(self, changed: SloResults) -> None:
        """Though as many students may stand at the same levels as before."""
        assert _mark(changed) != _mark(_results(1))

    def test_another_order_of_the_levels_is_seen(self) -> None:
        counts = counts_of(settled([_results(1)]))

        assert mark_of(counts, POSITIONS) != mark_of(counts, {"low": 1, "high": 0})


class TestRolledCells:
    def test_a_student_of_two_courses_counts_in_the_later(self) -> None:
        cells = rolled_cells(GOAL, [_results(1), _results(2, (2, 3), CITE, "english")], POSITIONS)

        assert cells == (
            RolledCell(0, CourseId("english"), SectionId("section-2"), {"high": 2}, 0),
            RolledCell(0, CourseId("history"), SectionId("section-1"), {"high": 1}, 0),
        )

    def test_of_several_sections_none_is_told(self) -> None:
        (cell,) = rolled_cells(GOAL, [_results(1, (1,)), _results(2, (2,))], POSITIONS)

        assert (cell.section_id, cell.levels) == (None, {"high": 2})

    def test_results_of_the_goal_itself_keep_their_version(self) -> None:
        cells = rolled_cells(GOAL, [_results(1, (1,), GOAL), _results(2, (2,))], POSITIONS)

        assert [one.slo_version for one in cells] == [0, 3]
