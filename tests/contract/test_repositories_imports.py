"""What the store of imports promises, over each kind of store."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from application.errors import Conflict, NotFound
from application.ports.lms import LmsAccount
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from domain.ids import (
    AssessmentId,
    ImportId,
    JobId,
    LmsAssignmentRef,
    LmsRubricRef,
    LmsUserRef,
    PersonId,
    RowId,
    SectionAssessmentId,
    SiteId,
)
from domain.score import NOT_ASSESSED, Scored
from domain.score_import.import_run import ImportCounts, ImportState
from tests.builders import College, a_section_assessment, a_site, an_assessment
from tests.exchange_builders import (
    a_contribution,
    a_placed_rubric,
    a_reading,
    a_refresh_plan,
    a_rubric_assignment,
    a_score_import,
    a_score_source,
    an_imported_cell,
)
from tests.stand_ins import NOON

SITE = SiteId("site-main")
OTHER_SITE = SiteId("site-other")
WORK = SectionAssessmentId("work-essay")
OTHER = SectionAssessmentId("work-talk")
FIRST = ImportId("import-first")
SECOND = ImportId("import-second")
LATER = NOON + timedelta(hours=1)
ANA = (PersonId("person-ana"), RowId("row-thesis"))
BEN = (PersonId("person-ben"), RowId("row-thesis"))


@pytest.fixture
def college(units: UnitOfWorkFactory) -> UnitOfWorkFactory:
    """Two works: the essay, and a talk."""
    with units() as unit:
        College().store(unit)
        unit.sites.save(a_site("other"))
        unit.assessments.save(an_assessment("talk"))
        unit.assessments.save_work(
            a_section_assessment("talk", assessment_id=AssessmentId("assessment-talk"))
        )
        unit.commit()
    return units


@pytest.fixture
def imported(college: UnitOfWorkFactory) -> UnitOfWorkFactory:
    """Two imports of the essay and one of the talk, all read."""
    with college() as unit:
        for key, work in (("first", WORK), ("second", WORK), ("talk", OTHER)):
            unit.imports.save(a_score_import(key, work_id=work, state=ImportState.READ))
        unit.commit()
    return college


class TestImports:
    def test_an_import_comes_back_whole(self, college: UnitOfWorkFactory) -> None:
        with college() as unit:
            first = unit.imports.save(a_score_import(assignments=(LmsAssignmentRef("501"),)))
            read = unit.imports.save(replace(first.moved(ImportState.READ), job_id=JobId("job")))
            counts = ImportCounts(new=1, changed=2, same=3, conflicts=4, cannot=5)
            applied = read.moved(ImportState.APPLIED)
            applied = unit.imports.save(replace(applied, counts=counts, applied_at=LATER))
            with pytest.raises(Conflict):
                unit.imports.save(read)
            unit.commit()

        with college(write=False) as unit:
            assert unit.imports.get(FIRST) == applied
            with pytest.raises(NotFound):
                unit.imports.get(ImportId("x"))

    def test_those_of_a_work_come_newest_first(self, college: UnitOfWorkFactory) -> None:
        with college() as unit:
            a, b, c = (
                unit.imports.save(a_score_import(key, requested_at=at))
                for key, at in (("a", NOON), ("b", LATER), ("c", NOON))
            )
            unit.imports.save(a_score_import("talk", work_id=OTHER))

            assert unit.imports.of_work(WORK) == [b, c, a]
            assert unit.imports.of_work(SectionAssessmentId("x")) == []

    def test_applied_ones_are_those_that_stand(self, college: UnitOfWorkFactory) -> None:
        with college() as unit:
            for state in ImportState:
                unit.imports.save(a_score_import(state.value, state=state))
            talk = unit.imports.save(
                a_score_import("talk", work_id=OTHER, state=ImportState.APPLIED, requested_at=LATER)
            )
            essay = unit.imports.get(ImportId("import-applied"))

            assert unit.imports.applied_in([WORK, OTHER]) == [talk, essay]
            assert unit.imports.applied_in([WORK]) == [essay]
            assert unit.imports.applied_in([]) == []

    def test_waiting_ones_are_found(self, college: UnitOfWorkFactory) -> None:
        with college() as unit:
            for state in ImportState:
                unit.imports.save(a_score_import(state.value, state=state))

            assert [one.state for one in unit.imports.waiting()] == [ImportState.WAITING]


class TestReadings:
    def test_they_come_by_assignment_and_are_replaced(self, imported: UnitOfWorkFactory) -> None:
        ungraded = replace(a_reading("501"), scores=())
        without_rubric = replace(
            a_reading("502", "ana", "ben"),
            assignment=a_rubric_assignment("502", rubric=None, points_possible=None),
        )

        with imported() as unit:
            unit.imports.put_readings(FIRST, [without_rubric, ungraded])
            unit.imports.put_readings(FIRST, [a_reading("501", "ben")])
            unit.imports.put_readings(SECOND, [ungraded])
            unit.imports.put_readings(SECOND, [])

            assert unit.imports.readings(FIRST) == [a_reading("501", "ben"), without_rubric]
            assert unit.imports.readings(SECOND) == [ungraded]
            assert unit.imports.readings(ImportId("x")) == []

    def test_the_students_met_then_are_kept_by_ref(self, imported: UnitOfWorkFactory) -> None:
        ana = LmsAccount(LmsUserRef("12"), "Cana", "ana", None)
        ben = LmsAccount(LmsUserRef("11"), None, "ben", "ben@example.edu")

        with imported() as unit:
            unit.imports.put_students(FIRST, [ana, ben])
            unit.imports.put_students(FIRST, [replace(ana, email="ana@example.edu")])
            unit.imports.put_students(SECOND, [ben])

            assert unit.imports.students(FIRST) == [ben, replace(ana, email="ana@example.edu")]
            unit.imports.forget_readings(WORK, SECOND)
            assert unit.imports.students(FIRST) == []
            assert unit.imports.students(SECOND) == [ben]

    def test_those_of_earlier_imports_are_forgotten(self, imported: UnitOfWorkFactory) -> None:
        talk = ImportId("import-talk")

        with imported() as unit:
            _read_and_apply(unit)
            for import_id in (SECOND, talk):
                unit.imports.put_readings(import_id, [a_reading()])

            unit.imports.forget_readings(WORK, SECOND)

            assert unit.imports.readings(FIRST) == []
            assert unit.imports.readings(SECOND) == unit.imports.readings(talk) == [a_reading()]
            assert unit.imports.cells(FIRST) == [an_imported_cell()]
            assert unit.imports.sources(WORK) == {ANA: a_score_source()}
            assert unit.imports.get(FIRST).state is ImportState.READ


def _read_and_apply(unit: UnitOfWork) -> None:
    unit.imports.put_readings(FIRST, [a_reading("501"), a_reading("502")])
    unit.imports.put_cells([an_imported_cell()])
    unit.imports.put_sources([a_score_source()])


class TestCells:
    def test_each_import_keeps_what_stood_there(self, imported: UnitOfWorkFactory) -> None:
        scored = an_imported_cell("ben", before=Scored(Decimal("2.50")))
        excused = an_imported_cell("ana", "evidence", before=NOT_ASSESSED)
        again = an_imported_cell(import_id=SECOND, score_version=3)

        with imported() as unit:
            unit.imports.put_cells([scored, an_imported_cell(), excused, again])
            unit.imports.put_cells([replace(scored, score_version=2)])

            stored = [excused, an_imported_cell(), replace(scored, score_version=2)]
            assert unit.imports.cells(FIRST) == stored
            assert unit.imports.cells(SECOND) == [again]
            assert unit.imports.cells(ImportId("x")) == []

    def test_the_newest_source_of_a_cell_stays(self, imported: UnitOfWorkFactory) -> None:
        parts = (a_contribution("501"), a_contribution("502", rating_ref=None, points=None))
        newer = a_score_source(import_id=SECOND, score_version=2, contributions=parts)
        talk = a_score_source(section_assessment_id=OTHER, import_id=ImportId("import-talk"))

        with imported() as unit:
            unit.imports.put_sources([a_score_source("ben"), a_score_source(), talk])
            unit.imports.put_sources([newer])

            assert unit.imports.sources(WORK) == {ANA: newer, BEN: a_score_source("ben")}
            assert unit.imports.sources(OTHER) == {ANA: talk}
            assert unit.imports.sources(SectionAssessmentId("x")) == {}


class TestPlacedRubrics:
    def test_an_assignment_has_one(self, college: UnitOfWorkFactory) -> None:
        assignment = LmsAssignmentRef("501")
        moved = a_placed_rubric(rubric_ref=LmsRubricRef("rubric-2"), placed_at=LATER)
        elsewhere = a_placed_rubric(site_id=OTHER_SITE, work_id=OTHER)

        with college() as unit:
            for placed in (a_placed_rubric("502"), a_placed_rubric(), elsewhere, moved):
                unit.imports.put_placed(placed)

            both = (LmsAssignmentRef("502"), assignment)
            assert unit.imports.placed_rubrics(SITE, both) == [moved, a_placed_rubric("502")]
            assert unit.imports.placed_rubrics(OTHER_SITE, both) == [elsewhere]
            assert unit.imports.placed_rubrics(SITE, ()) == []


class TestRefreshPlans:
    def test_a_work_has_one(self, imported: UnitOfWorkFactory) -> None:
        with imported() as unit:
            assert unit.imports.refresh_plan(WORK) is None
            plan = unit.imports.save_refresh_plan(a_refresh_plan())
            with pytest.raises(Conflict):
                unit.imports.save_refresh_plan(a_refresh_plan())
            done = unit.imports.save_refresh_plan(plan.after(FIRST, LATER))
            with pytest.raises(Conflict):
                unit.imports.save_refresh_plan(plan)

            assert unit.imports.refresh_plan(WORK) == done

    def test_due_ones_come_longest_overdue_first(self, college: UnitOfWorkFactory) -> None:
        with college() as unit:
            essay = unit.imports.save_refresh_plan(a_refresh_plan(next_at=LATER))
            talk = unit.imports.save_refresh_plan(a_refresh_plan("talk"))

            assert unit.imports.due_refreshes(LATER) == [talk, essay]
            assert unit.imports.due_refreshes(NOON) == [talk]
            assert unit.imports.due_refreshes(NOON - timedelta(seconds=1)) == []
            unit.imports.save_refresh_plan(replace(talk, active=False))
            assert unit.imports.due_refreshes(LATER) == [essay]
