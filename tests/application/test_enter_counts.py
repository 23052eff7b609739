"""Counts of Collective work: entered by row, frozen at the first, told by the calendar."""

from collections.abc import Mapping

import pytest

from adapters.outbound.memory.unit_of_work import MemoryUnits
from application.errors import NotFound
from application.planning.keeping import named
from application.queries.scoring.counts_page import CountsPage, CountsView
from application.queries.scoring.work_state_page import WorkStatePage
from application.use_cases.assessments.close_work import CloseWork, CloseWorkCommand
from application.use_cases.scoring.enter_counts import (
    EnterCounts,
    EnterCountsCommand,
    RowAnswer,
    RowConflict,
    RowRefused,
    RowSaved,
    RowWanted,
)
from application.viewers import Viewer
from domain.access import Role
from domain.assessment import AssessmentKind, WorkState
from domain.errors import IllegalMove, NotScorable
from domain.ids import AssessmentId, PersonId, RowId, SectionAssessmentId
from tests.application.library_keeping import Keeping
from tests.builders import College, a_person
from tests.stand_ins import FixedClock

WORK = SectionAssessmentId("work-essay")
ESSAY = AssessmentId("assessment-essay")
TESS = Viewer(PersonId("person-tess"), Role.FACULTY)
STRANGER = Viewer(PersonId("person-zoe"), Role.FACULTY)
THESIS, EVIDENCE = RowId("row-thesis"), RowId("row-evidence")


@pytest.fixture
def units(memory_units: MemoryUnits) -> MemoryUnits:
    """A Collective assessment of two SLOs in a section of two students."""
    with memory_units() as unit:
        College().store(unit)
        unit.roster.put_people([a_person("zoe")])
        unit.commit()
    Keeping(memory_units).change(ESSAY, kind=AssessmentKind.COLLECTIVE)
    return memory_units


def enter(
    units: MemoryUnits,
    clock: FixedClock,
    rows: Mapping[RowId, Mapping[str, str]],
    seen: int = 0,
    by: Viewer = TESS,
) -> tuple[RowAnswer, ...]:
    wanted = tuple(RowWanted(row, counts, seen) for row, counts in rows.items())
    return EnterCounts(units, clock)(EnterCountsCommand(by, WORK, wanted))


def look(units: MemoryUnits) -> CountsView:
    return CountsPage(units)(TESS, WORK)


def state(units: MemoryUnits, clock: FixedClock) -> WorkState:
    return WorkStatePage(units, clock)(TESS, WORK).state


FULL = {THESIS: {"4": "1", "3": "", "NA": "1"}, EVIDENCE: {"2": "2", "NA": "0"}}


def test_rows_that_add_up_are_saved_and_the_work_is_complete(
    units: MemoryUnits, clock: FixedClock
) -> None:
    assert state(units, clock) is WorkState.ASSIGNED
    enter(units, clock, {THESIS: FULL[THESIS]})
    assert state(units, clock) is WorkState.IN_PROGRESS

    answers = enter(units, clock, {EVIDENCE: FULL[EVIDENCE]})

    assert all(isinstance(answer, RowSaved) for answer in answers)
    assert state(units, clock) is WorkState.COMPLETE
    view = look(units)
    assert (view.enrolled, view.counted) == (2, 2)
    assert view.rows[0].counts["4"] == "1"
    assert view.rows[0].not_assessed == "1"


def test_a_wrong_row_is_named_and_the_right_one_is_saved(
    units: MemoryUnits, clock: FixedClock
) -> None:
    thesis, evidence = enter(units, clock, {**FULL, THESIS: {"4": "3", "NA": ""}})

    assert isinstance(thesis, RowRefused)
    assert "3 counted of 2 enrolled, 1 too many" in thesis.sentence
    assert isinstance(evidence, RowSaved)


@pytest.mark.parametrize("text", ["-1", "1.5", "two", "\N{SUPERSCRIPT TWO}"])
def test_what_is_no_count_is_refused(units: MemoryUnits, clock: FixedClock, text: str) -> None:
    (answer,) = enter(units, clock, {THESIS: {"4": text, "NA": "0"}})

    assert isinstance(answer, RowRefused)
    assert "whole number" in answer.sentence


def test_the_first_count_freezes_the_rubric(units: MemoryUnits, clock: FixedClock) -> None:
    enter(units, clock, {THESIS: {}})
    with units() as unit:
        assert unit.assessments.work(WORK).snapshot is None

    enter(units, clock, FULL)

    with units() as unit:
        assert unit.assessments.work(WORK).snapshot == named(unit, ESSAY).rubric


def test_somebody_who_was_first_is_named_and_not_overwritten(
    units: MemoryUnits, clock: FixedClock
) -> None:
    enter(units, clock, {THESIS: {"4": "2", "NA": "0"}})

    (answer,) = enter(units, clock, {THESIS: {"3": "2", "NA": "0"}}, seen=0)

    assert isinstance(answer, RowConflict)
    assert answer.counts.version == 1
    assert answer.by == "Tess Ortiz"
    assert look(units).rows[0].counts["4"] == "2"


def test_a_row_can_be_made_blank_again(units: MemoryUnits, clock: FixedClock) -> None:
    enter(units, clock, FULL)

    enter(units, clock, {THESIS: {"4": "", "NA": " "}}, seen=1)

    assert look(units).rows[0].not_assessed == ""
    assert state(units, clock) is WorkState.IN_PROGRESS


def test_what_is_counted_cannot_be_closed_as_not_assessed(
    units: MemoryUnits, clock: FixedClock
) -> None:
    enter(units, clock, FULL)

    with pytest.raises(IllegalMove):
        CloseWork(units, clock)(CloseWorkCommand(TESS, WORK, "Strike"))


def test_others_neither_see_nor_count(units: MemoryUnits, clock: FixedClock) -> None:
    with pytest.raises(NotFound):
        enter(units, clock, FULL, by=STRANGER)
    with pytest.raises(NotFound):
        CountsPage(units)(STRANGER, WORK)


def test_work_scored_by_student_takes_no_counts(units: MemoryUnits, clock: FixedClock) -> None:
    Keeping(units).change(ESSAY, kind=AssessmentKind.OUTCOMES)

    with pytest.raises(NotScorable, match="scores of single students"):
        enter(units, clock, FULL)
