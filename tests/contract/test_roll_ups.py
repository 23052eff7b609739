"""What lower SLOs brought higher ones, kept ahead of the reports, over each kind of store."""

from dataclasses import replace
from decimal import Decimal

import pytest

from adapters.outbound.persistence.checking import differences_at
from adapters.outbound.persistence.summaries.mending import rebuild_at
from adapters.outbound.persistence.unit_of_work import SqlUnits
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.queries.slos.slo_performance import SloPerformance
from application.use_cases.slos.keep_roll_ups import KeepRollUps
from domain.ids import RowId, SectionAssessmentId, SloId
from domain.kept_roll_up import RolledCell
from domain.reporting import Grain, ReportFilter
from domain.score import Scored
from domain.slo_mapping import SloMapping
from tests.reporting_college import (
    LOW,
    PROGRAM,
    STUDENTS,
    TERMS,
    a_reporting_college,
    write,
)
from tests.stand_ins import NOON

AIM, CITE, _ = LOW
ESSAYS = (SectionAssessmentId("work-essay-w1"), SectionAssessmentId("work-project-h1"))
BY_COURSE = ReportFilter(rolled_up=True, grain=Grain.LONE_SECTION, slo_ids=frozenset({PROGRAM}))
MADE_UP = RolledCell(0, "course-engl101", None, {"met": 99}, 0)  # type: ignore[arg-type] # an id


def _furnish(units: UnitOfWorkFactory) -> None:
    """Ana met one SLO, which is mapped; Ben exceeded one that is not."""
    with units() as unit:
        a_reporting_college(unit, [SloMapping(AIM, PROGRAM, TERMS[0], None, None)])
        _score(unit, (0, AIM), 3)
        _score(unit, (1, CITE), 4)
        unit.commit()


def _score(unit: UnitOfWork, whom: tuple[int, SloId], points: int, work: int = 0) -> None:
    cell = STUDENTS[whom[0]], RowId(whom[1])
    write(unit, ESSAYS[work], cell, Scored(Decimal(points)), NOON)


@pytest.fixture
def college(units: UnitOfWorkFactory) -> UnitOfWorkFactory:
    _furnish(units)
    return units


def _told(units: UnitOfWorkFactory) -> list[tuple[str | None, str | None, dict[str, int]]]:
    cells = SloPerformance(units)(BY_COURSE)
    return [(one.course_id, one.section_id, dict(one.counts.levels)) for one in cells]


def _keep_and_falsify(units: UnitOfWorkFactory) -> None:
    """So that a report that reads what is kept no longer tells the truth."""
    KeepRollUps(units)()
    _falsify(units)


def _falsify(units: UnitOfWorkFactory) -> None:
    with units() as unit:
        (kept,) = unit.results.roll_ups(ReportFilter(slo_ids=frozenset({PROGRAM})))
        unit.results.keep_roll_ups([replace(kept, cells=(MADE_UP,))])
        unit.commit()


class TestKeepRollUps:
    def test_reports_read_what_was_kept(self, college: UnitOfWorkFactory) -> None:
        before = _told(college)

        assert KeepRollUps(college)() == 1
        assert _told(college) == before == [("course-engl101", "section-w1", {"met": 1})]
        _falsify(college)
        assert _told(college) == [("course-engl101", None, {"met": 99})]

    def test_what_is_as_it_was_is_not_made_again(self, college: UnitOfWorkFactory) -> None:
        KeepRollUps(college)()

        assert KeepRollUps(college)() == 0

    def test_a_later_score_is_counted_at_once(self, college: UnitOfWorkFactory) -> None:
        _keep_and_falsify(college)
        with college() as unit:
            _score(unit, (0, AIM), 4, work=1)
            unit.commit()

        assert _told(college) == [("course-hist1", "section-h1", {"exceeded": 1})]
        assert KeepRollUps(college)() == 1

    def test_a_later_mapping_is_counted_at_once(self, college: UnitOfWorkFactory) -> None:
        _keep_and_falsify(college)
        with college() as unit:
            unit.curriculum.put_mappings([SloMapping(CITE, PROGRAM, TERMS[0], None, None)])
            unit.commit()

        assert _told(college) == [("course-engl101", "section-w1", {"met": 1, "exceeded": 1})]
        assert KeepRollUps(college)() == 1


class TestCheck:
    def test_a_wrong_roll_up_is_named_and_mended(
        self, sqlite_units: SqlUnits, sqlite_url: str
    ) -> None:
        _furnish(sqlite_units)
        KeepRollUps(sqlite_units)()

        assert differences_at(sqlite_url) == []
        _falsify(sqlite_units)

        (sentence,) = differences_at(sqlite_url)

        assert sentence.startswith("Spring 2026, SLO PROGRAM: what the SLOs below it bring")
        rebuild_at(sqlite_url)
        assert differences_at(sqlite_url) == []
