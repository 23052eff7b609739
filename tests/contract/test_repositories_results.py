"""What the store of results promises, over each kind of store."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from decimal import Decimal

import pytest
from sqlalchemy import delete

from adapters.outbound.persistence import schema
from adapters.outbound.persistence.engine import Engines
from adapters.outbound.persistence.summaries.mending import differences, rebuild
from adapters.outbound.persistence.tables import summaries
from adapters.outbound.persistence.unit_of_work import SqlUnits
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.slos.book import SloBook, SloChange
from domain.assessment import Purpose
from domain.ids import AssessmentId, CourseId, RowId, SectionAssessmentId, SectionId, SloId
from domain.reporting import Grain, ReportFilter
from domain.results import student_key
from domain.rostering import Demographic
from domain.rubric import Rubric, slo_row
from domain.score import BLANK, NOT_ASSESSED, Scored, ScoreValue
from domain.slo import Edit
from tests.reporting_college import (
    STUDENTS,
    TERMS,
    a_reporting_college,
    moved_to,
    repurposed,
    taught_as,
    write,
)
from tests.stand_ins import NOON, NoQueue

AIM = (SloId("slo-aim"), RowId("slo-aim"))
ESSAY = SectionAssessmentId("work-essay-w1")
THREE, FOUR = Scored(Decimal(3)), Scored(Decimal(4))
COLLEGE = ReportFilter()


@pytest.fixture
def college(units: UnitOfWorkFactory) -> UnitOfWorkFactory:
    with units() as unit:
        a_reporting_college(unit, [])
        unit.commit()
    return units


def _score(unit: UnitOfWork, student: int, value: ScoreValue, work: str = ESSAY) -> None:
    write(unit, SectionAssessmentId(work), (STUDENTS[student], AIM[1]), value, NOON)


def _levels(unit: UnitOfWork, wanted: ReportFilter = COLLEGE) -> list[tuple[str, dict[str, int]]]:
    return [
        (cell.section_id or cell.term_id, {**cell.counts.levels, "N/A": cell.counts.not_assessed})
        for cell in unit.results.cells(wanted)
    ]


class TestResults:
    def test_a_unit_reads_its_own_scores_and_leaves_nothing_uncommitted(
        self, college: UnitOfWorkFactory
    ) -> None:
        with college() as unit:
            _score(unit, 0, THREE)
            _score(unit, 1, NOT_ASSESSED)
            assert _levels(unit) == [("term-spring", {"met": 1, "N/A": 1})]

        with college(write=False) as unit:
            assert _levels(unit) == []
            assert unit.results.assessed() == set()

    def test_a_score_that_is_cleared_counts_no_more(self, college: UnitOfWorkFactory) -> None:
        with college() as unit:
            _score(unit, 0, THREE)
            unit.commit()
        with college() as unit:
            _score(unit, 0, BLANK)
            unit.commit()

        with college(write=False) as unit:
            assert _levels(unit) == []
            assert list(unit.results.results(COLLEGE)) == []

    def test_a_student_counts_once_in_the_section_of_the_latest_result(
        self, college: UnitOfWorkFactory
    ) -> None:
        with college() as unit:
            _score(unit, 0, THREE)
            _score(unit, 1, THREE)
            _score(unit, 0, FOUR, "work-project-h1")
            unit.commit()

        with college(write=False) as unit:
            assert _levels(unit) == [("term-spring", {"met": 1, "exceeded": 1, "N/A": 0})]
            assert sorted(_levels(unit, ReportFilter(grain=Grain.SECTION)), key=str) == [
                ("section-h1", {"exceeded": 1, "N/A": 0}),
                ("section-w1", {"met": 1, "N/A": 0}),
            ]

    def test_another_term_and_another_purpose_are_followed(
        self, college: UnitOfWorkFactory
    ) -> None:
        formative = ReportFilter(purpose=Purpose.FORMATIVE)
        with college() as unit:
            _score(unit, 0, THREE)
            unit.commit()
        with college() as unit:
            moved_to(unit, SectionId("section-w1"), TERMS[1])
            repurposed(unit, AssessmentId("assessment-essay"), Purpose.FORMATIVE)
            unit.commit()

        with college(write=False) as unit:
            assert _levels(unit) == []
            assert _levels(unit, formative) == [("term-fall", {"met": 1, "N/A": 0})]

    def test_a_section_of_another_course_now_is_counted_there(
        self, college: UnitOfWorkFactory
    ) -> None:
        with college() as unit:
            _score(unit, 0, THREE)
            unit.commit()
        with college() as unit:
            taught_as(unit, SectionId("section-w1"), CourseId("course-hist1"))
            unit.commit()

        with college(write=False) as unit:
            cells = unit.results.cells(ReportFilter(grain=Grain.LONE_SECTION))

        assert [(one.org_id, one.course_id, one.section_id) for one in cells] == [
            ("org-history", "course-hist1", "section-w1")
        ]

    def test_attributes_of_students_come_by_their_keys(self, college: UnitOfWorkFactory) -> None:
        with college() as unit:
            unit.bulk.put_demographics([Demographic(STUDENTS[2], "sex", "female")])

            assert unit.results.attributes() == ["program", "sex"]
            assert unit.results.groups("sex") == {student_key(STUDENTS[2]): "female"}

    def test_a_place_tells_what_reports_go_by(self, college: UnitOfWorkFactory) -> None:
        with college(write=False) as unit:
            (place,) = unit.results.places([ESSAY]).values()

            assert len(unit.results.places(None)) == 12
        assert (place.section_id, place.course_id, place.org_id, place.term_id, place.mode) == (
            "section-w1", "course-engl101", "org-english", TERMS[0], "campus",
        )  # fmt: skip


@pytest.fixture
def kept(engines: Engines) -> SqlUnits:
    units = SqlUnits(engines, lambda _connection: NoQueue())
    with units() as unit:
        a_reporting_college(unit, [])
        _score(unit, 0, THREE)
        unit.commit()
    return units


class TestKeeping:
    def test_two_who_score_at_once_are_both_counted(self, kept: SqlUnits, engines: Engines) -> None:
        def score(student: int) -> None:
            with kept() as unit:
                _score(unit, student, FOUR)
                unit.commit()

        with ThreadPoolExecutor(2) as threads:
            list(threads.map(score, (1, 2)))

        with engines.reader.begin() as connection:
            assert list(differences(connection)) == []
        with kept(write=False) as unit:
            assert _levels(unit) == [("term-spring", {"met": 1, "exceeded": 2, "N/A": 0})]

    def test_what_differs_from_the_scores_is_named_and_mended(
        self, kept: SqlUnits, engines: Engines
    ) -> None:
        with engines.writer.begin() as connection:
            connection.execute(delete(summaries.slo_results))
            (of_work, *_) = differences(connection)
            connection.execute(delete(summaries.slo_counts))
            (_, of_term) = differences(connection)
            rebuild(connection)
            assert list(differences(connection)) == []

        assert of_work.startswith("ESSAY in W1, SLO AIM: kept nothing, the scores say 1 students")
        assert of_term.startswith("Spring 2026, ENGL101, SLO AIM version 1, summative: kept")
        with kept(write=False) as unit:
            assert _levels(unit) == [("term-spring", {"met": 1, "N/A": 0})]

    @pytest.mark.parametrize("results", ["with their results", "without results"])
    def test_scores_from_before_counts_were_kept_are_counted_by_the_upgrade(
        self, kept: SqlUnits, engines: Engines, migrated_url: str, results: str
    ) -> None:
        with engines.writer.begin() as connection:
            connection.execute(delete(summaries.slo_counts))
            if results == "without results":
                connection.execute(delete(summaries.slo_results))

        schema.upgrade(migrated_url)

        with kept(write=False) as unit:
            assert _levels(unit) == [("term-spring", {"met": 1, "N/A": 0})]
        with engines.reader.begin() as connection:
            assert list(differences(connection)) == []


def _reword(unit: UnitOfWork) -> None:
    """The SLO gets its second wording, and the assessment takes it up."""
    aim = unit.outcomes.slos_by_id([AIM[0]])[AIM[0]]
    reworded = aim.said_as("Write: aims", "Students can state aims.", Edit.WORDING)
    SloBook(unit, NOON).write([SloChange(aim, reworded)])
    essay = unit.assessments.get(AssessmentId("assessment-essay"))
    row = slo_row(reworded, unit.outcomes.scale(essay.scale_id))
    unit.assessments.save(replace(essay, rubric=Rubric((row,))))


class TestVersions:
    def test_a_result_stays_with_the_words_it_was_given_for(self, sqlite_units: SqlUnits) -> None:
        """Section w1 was scored on the first wording, section w2 on the second."""
        with sqlite_units() as unit:
            a_reporting_college(unit, [])
            _score(unit, 0, THREE)
            unit.commit()
        with sqlite_units() as unit:
            _reword(unit)
            _score(unit, 1, FOUR, "work-essay-w2")
            _score(unit, 2, FOUR)
            unit.commit()

        with sqlite_units(write=False) as unit:
            cells = unit.results.cells(ReportFilter(slo_ids=frozenset({AIM[0]})))
            across = unit.results.cells(ReportFilter(across_versions=True))
        assert sorted((cell.slo_version, cell.term_id, cell.counts.students) for cell in cells) == [
            (1, "term-spring", 2),
            (2, "term-fall", 1),
        ]
        assert {cell.slo_version for cell in across} == {0}
