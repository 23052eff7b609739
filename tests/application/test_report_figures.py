"""What reports are made of: collective counts, targets, versions of higher SLOs, participation."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from adapters.outbound.memory.unit_of_work import MemoryUnits
from application.ports.unit_of_work import UnitOfWork
from application.queries.calendar.participation import Participation, ParticipationFilter
from application.queries.slos.slo_performance import SloPerformance
from application.reporting.targets import targets_of
from domain.collective import LevelCount, RowCounts
from domain.errors import NonsenseValue
from domain.ids import OrgId, RowId, SectionAssessmentId, SloId
from domain.reporting import (
    Counts,
    Grain,
    ReportFilter,
    ResultCell,
    Split,
    SplitBy,
)
from domain.score import Scored
from domain.slo_mapping import SloMapping
from domain.slo_version import SloVersion
from domain.target import Target, TargetOf
from tests.builders import a_section
from tests.reporting_college import (
    INSTITUTION,
    LOW,
    PROGRAM,
    STUDENTS,
    TERMS,
    a_reporting_college,
    write,
)
from tests.stand_ins import NOON

AIM, CITE, _ = LOW
MAPPINGS = [
    SloMapping(AIM, PROGRAM, TERMS[0], None, None),
    SloMapping(CITE, PROGRAM, TERMS[0], None, None),
    SloMapping(PROGRAM, INSTITUTION, TERMS[1], None, None),
]
SPRING, FALL = SectionAssessmentId("work-essay-w1"), SectionAssessmentId("work-essay-w2")


@pytest.fixture
def units(memory_units: MemoryUnits) -> MemoryUnits:
    """Ana met two SLOs in spring and exceeded one in fall; Ben met one in fall."""
    with memory_units() as unit:
        a_reporting_college(unit, MAPPINGS)
        _score(unit, SPRING, 0, AIM, 3)
        _score(unit, SPRING, 0, CITE, 3)
        _score(unit, FALL, 0, AIM, 4)
        _score(unit, FALL, 1, AIM, 3)
        unit.commit()
    return memory_units


@pytest.fixture
def counted(units: MemoryUnits) -> MemoryUnits:
    """Nine students more of the spring section, entered as counts."""
    with units() as unit:
        unit.counts.save(_entered(1, ("1", 2), ("3", 6), not_assessed=1))
        unit.commit()
    return units


def _entered(version: int, *levels: tuple[str, int], not_assessed: int | None) -> RowCounts:
    told = tuple(LevelCount(Decimal(points), students) for points, students in levels)
    return RowCounts(SPRING, RowId(AIM), told, not_assessed, version, None, NOON)


def _score(unit: UnitOfWork, work: SectionAssessmentId, who: int, slo: SloId, points: int) -> None:
    write(unit, work, (STUDENTS[who], RowId(slo)), Scored(Decimal(points)), NOON)


def _counts(cells: list[ResultCell]) -> dict[tuple[str, str, str], Counts]:
    return {(cell.slo_id, cell.term_id, cell.group): cell.counts for cell in cells}


class TestRollUp:
    def test_a_student_counts_once_for_a_higher_slo_from_the_mappings_term(
        self, units: MemoryUnits
    ) -> None:
        report = SloPerformance(units)

        found = _counts(report(ReportFilter(rolled_up=True)))

        assert found[PROGRAM, TERMS[0], ""] == Counts({"met": 1})
        assert found[PROGRAM, TERMS[1], ""] == Counts({"exceeded": 1, "met": 1})
        assert (INSTITUTION, TERMS[0], "") not in found
        assert found[INSTITUTION, TERMS[1], ""] == Counts({"exceeded": 1, "met": 1})

    def test_only_the_slos_asked_for_are_told(self, units: MemoryUnits) -> None:
        wanted = ReportFilter(slo_ids=frozenset({INSTITUTION}), rolled_up=True)

        figures = SloPerformance(units)(wanted)

        assert set(_counts(figures)) == {(INSTITUTION, TERMS[1], "")}

    def test_a_higher_slo_counts_in_the_wording_of_the_term(self, units: MemoryUnits) -> None:
        new = datetime(2026, 7, 1, tzinfo=UTC)
        with units() as unit:
            (slo,) = unit.outcomes.slos_by_id([PROGRAM]).values()
            unit.outcomes.put_slos([replace(slo, version=2, title="Reworded")])
            unit.curriculum.put_versions(
                [
                    SloVersion(PROGRAM, 1, slo.title, slo.statement, None, new, None),
                    SloVersion(PROGRAM, 2, "Reworded", slo.statement, new, None, 1),
                ]
            )
            unit.commit()

        figures = SloPerformance(units)(ReportFilter(slo_ids=frozenset({PROGRAM}), rolled_up=True))

        assert {(one.term_id, one.slo_version) for one in figures} == {
            (TERMS[0], 1), (TERMS[1], 2),
        }  # fmt: skip


class TestCollective:
    def test_counts_add_in_beside_those_of_students(self, counted: MemoryUnits) -> None:
        report = SloPerformance(counted)

        counts = _counts(report(ReportFilter()))[AIM, TERMS[0], ""]

        assert counts == Counts({"met": 1}, 0, {"met": 6, "beginning": 2}, 1)
        assert (counts.assessed, counts.students, counts.at("met")) == (9, 1, 7)

    def test_they_roll_up_and_are_not_split_by_students(self, counted: MemoryUnits) -> None:
        report = SloPerformance(counted)
        wanted = ReportFilter(rolled_up=True, split=Split(SplitBy.PROGRAM))

        found = _counts(report(wanted))

        assert found[PROGRAM, TERMS[0], "Nursing"] == Counts({"met": 1})
        assert found[PROGRAM, TERMS[0], ""] == Counts({}, 0, {"met": 6, "beginning": 2}, 1)

    @pytest.mark.parametrize(
        "elsewhere",
        [
            ReportFilter(term_ids=frozenset({TERMS[1]})),
            ReportFilter(org_ids=frozenset({OrgId("org-history")}), grain=Grain.ORG),
            ReportFilter(slo_ids=frozenset({CITE})),
        ],
    )
    def test_they_keep_to_the_filter(self, counted: MemoryUnits, elsewhere: ReportFilter) -> None:
        cells = SloPerformance(counted)(elsewhere)

        assert all(not cell.counts.collective for cell in cells)

    def test_a_row_taken_back_counts_nobody(self, counted: MemoryUnits) -> None:
        with counted() as unit:
            unit.counts.save(_entered(2, not_assessed=None))
            unit.commit()

        cell = _counts(SloPerformance(counted)(ReportFilter()))[AIM, TERMS[0], ""]

        assert (cell.collective, cell.collective_not_assessed) == ({}, 0)

    def test_what_is_counted_is_assessed(self, counted: MemoryUnits) -> None:
        with counted() as unit:
            draft = replace(_entered(1, ("3", 2), not_assessed=0), row_id=RowId(LOW[2]))
            unit.counts.save(draft)
            unit.commit()

        assert Participation(counted)(ParticipationFilter(TERMS)).never_assessed == ()


class TestTargets:
    def test_the_nearest_target_holds(self, units: MemoryUnits) -> None:
        with units() as unit:
            unit.curriculum.put_target(Target(TargetOf.ORG, "org-arts", Decimal(60)))
            unit.curriculum.put_target(Target(TargetOf.SLO, CITE, Decimal(80)))

            found = targets_of(unit, unit.curriculum.slo_heads([AIM, CITE, INSTITUTION]))

        assert found == {AIM: Decimal(60), CITE: Decimal(80)}


def test_a_college_without_scores_has_no_cells(memory_units: MemoryUnits) -> None:
    assert SloPerformance(memory_units)(ReportFilter(rolled_up=True)) == []


class TestParticipation:
    def test_tells_where_work_stands_and_who_has_none(self, units: MemoryUnits) -> None:
        with units() as unit:
            unit.roster.put_sections([a_section("idle", term_id=TERMS[0])])
            unit.commit()

        figures = Participation(units)(ParticipationFilter(TERMS))

        assert len(figures.standings[TERMS[0]]) == 6
        assert figures.sections_without[TERMS[0]] == ("section-idle",)
        assert figures.sections_without[TERMS[1]] == ()

    def test_an_slo_counts_as_assessed_through_those_below_it(self, units: MemoryUnits) -> None:
        figures = Participation(units)(ParticipationFilter(TERMS))

        assert figures.never_assessed == ("slo-draft",)

    def test_keeps_to_the_orgs(self, units: MemoryUnits) -> None:
        wanted = ParticipationFilter(TERMS[:1], frozenset({OrgId("org-history")}))

        figures = Participation(units)(wanted)

        assert {one.org_id for one in figures.standings[TERMS[0]]} == {"org-history"}
        assert figures.never_assessed == ()


def test_a_split_by_an_attribute_names_it() -> None:
    with pytest.raises(NonsenseValue, match="attribute"):
        Split(SplitBy.ATTRIBUTE)
