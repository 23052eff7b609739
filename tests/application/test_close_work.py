from dataclasses import replace

import pytest

from adapters.outbound.memory.unit_of_work import MemoryUnits
from application.errors import Forbidden, NotFound
from application.use_cases.assessments.close_work import (
    CloseWork,
    CloseWorkCommand,
    RemoveWork,
    ReopenWork,
)
from application.use_cases.scoring.record_scores import (
    CellChange,
    RecordScores,
    RecordScoresCommand,
)
from application.viewers import Viewer
from domain.access import Role
from domain.assessment import AssessmentKind
from domain.errors import IllegalMove, NonsenseValue, NotScorable
from domain.ids import AssessmentId, PersonId, RowId, SectionAssessmentId
from tests.application.library_keeping import KEEPER, TEACHER, TESS, Keeping, fill
from tests.builders import a_link, a_score
from tests.stand_ins import FixedClock

WORK = SectionAssessmentId("work-essay")
ESSAY = AssessmentId("assessment-essay")
STRANGER = Viewer(PersonId("person-tom"), Role.FACULTY)


@pytest.fixture
def units(memory_units: MemoryUnits) -> MemoryUnits:
    with memory_units() as unit:
        fill(unit)
        unit.commit()
    return memory_units


def score(units: MemoryUnits, clock: FixedClock) -> None:
    change = CellChange(PersonId("person-ana"), RowId("row-thesis"), "3", 0)
    RecordScores(units, clock)(RecordScoresCommand(TESS, WORK, (change,)))


class TestClosing:
    @pytest.mark.parametrize("viewer", [TEACHER, KEEPER])
    def test_a_closed_one_takes_no_scores_until_it_is_reopened(
        self, units: MemoryUnits, clock: FixedClock, viewer: Viewer
    ) -> None:
        closed = CloseWork(units, clock)(CloseWorkCommand(viewer, WORK, " Strike "))
        assert (closed.closed, closed.closed_reason) == (True, "Strike")
        with pytest.raises(NotScorable, match="closed"):
            score(units, clock)

        ReopenWork(units, clock)(viewer, WORK)

        score(units, clock)
        assert Keeping(units).verbs()[:2] == ["closed as not assessed", "reopened"]

    def test_needs_a_reason(self, units: MemoryUnits, clock: FixedClock) -> None:
        with pytest.raises(NonsenseValue):
            CloseWork(units, clock)(CloseWorkCommand(TEACHER, WORK, "  "))

    def test_what_is_scored_is_not_closed(self, units: MemoryUnits, clock: FixedClock) -> None:
        score(units, clock)

        with pytest.raises(IllegalMove, match="scored here"):
            CloseWork(units, clock)(CloseWorkCommand(TEACHER, WORK, "Strike"))

    def test_of_others_is_not_there(self, units: MemoryUnits, clock: FixedClock) -> None:
        with pytest.raises(NotFound):
            CloseWork(units, clock)(CloseWorkCommand(STRANGER, WORK, "Strike"))


class TestRemoving:
    def test_what_was_added_goes(self, units: MemoryUnits, clock: FixedClock) -> None:
        RemoveWork(units, clock)(TESS, WORK)

        assert Keeping(units).sections_with(ESSAY) == []

    def test_planned_work_stays(self, units: MemoryUnits, clock: FixedClock) -> None:
        with units() as unit:
            work = unit.assessments.work(WORK)
            unit.assessments.save_work(replace(work, planned=True))
            unit.commit()

        with pytest.raises(Forbidden, match="coordinator planned"):
            RemoveWork(units, clock)(TESS, WORK)

    @pytest.mark.parametrize("mark", ["score", "link"])
    def test_what_is_in_use_stays(self, units: MemoryUnits, clock: FixedClock, mark: str) -> None:
        with units() as unit:
            if mark == "score":
                unit.scores.save(a_score())
            else:
                unit.links.save(a_link())
            unit.commit()

        with pytest.raises(IllegalMove):
            RemoveWork(units, clock)(TESS, WORK)


def test_a_collective_assessment_takes_no_scores_of_students(
    units: MemoryUnits, clock: FixedClock
) -> None:
    Keeping(units).change(ESSAY, kind=AssessmentKind.COLLECTIVE)

    with pytest.raises(NotScorable, match="counts for each SLO"):
        score(units, clock)
