"""Of several results as high as each other the latest counts, whichever assessment is the later."""

from domain.assessment import Purpose
from domain.ids import CourseId, SectionAssessmentId, SectionId, SloId, TermId
from domain.reporting import Several
from domain.results import SloResults
from domain.several_results import how_many_count, who_counts

STUDENT = 7


def _result(work: str, level: int, time: int) -> SloResults:
    return SloResults(
        SectionAssessmentId(work), SloId("slo-1"), 1, TermId("term-1"), CourseId("course-1"),
        SectionId("section-1"), Purpose.SUMMATIVE,
        ("low", "high"), (STUDENT,), bytes([level]), (time,),
    )  # fmt: skip


def test_of_results_as_high_the_one_scored_last_counts() -> None:
    both = [_result("work-1", 1, time=20), _result("work-2", 1, time=10)]

    assert list(who_counts(both, Several.HIGHEST, {})) == [(0, STUDENT, "high")]
    assert how_many_count(both, Several.HIGHEST, {}) == {(0, "high"): 1}


def test_a_higher_result_counts_before_a_later_one() -> None:
    both = [_result("work-1", 1, time=10), _result("work-2", 0, time=20)]

    assert list(who_counts(both, Several.HIGHEST, {})) == [(0, STUDENT, "high")]
