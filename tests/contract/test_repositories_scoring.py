"""What the stores of outcomes, assessments and scores promise, over each kind of store."""

from dataclasses import replace
from decimal import Decimal

import pytest

from application.errors import Conflict, NotFound
from application.ports.unit_of_work import UnitOfWorkFactory
from domain.ids import AssessmentId, CourseId, PersonId, RowId, ScaleId, SectionAssessmentId, SloId
from domain.score import BLANK, NOT_ASSESSED, Scored, ScoreValue, unscored
from domain.slo import SloState
from tests.builders import (
    College,
    a_criterion,
    a_reflection,
    a_rubric,
    a_scale,
    a_score,
    a_section,
    a_section_assessment,
    an_assessment,
    an_own_grade,
    an_slo,
)
from tests.stand_ins import NOON

WORK = SectionAssessmentId("work-essay")
ANA = PersonId("person-ana")
TESS = PersonId("person-tess")
THESIS = RowId("row-thesis")


@pytest.fixture
def college(units: UnitOfWorkFactory) -> UnitOfWorkFactory:
    with units() as unit:
        College().store(unit)
        unit.commit()
    return units


class TestOutcomes:
    def test_the_default_scale_comes_first(self, units: UnitOfWorkFactory) -> None:
        scales = [
            a_scale("z", is_default=True),
            a_scale("a", version=2, is_default=False),
            a_scale("b", code="a", version=10, is_default=False),
        ]

        with units() as unit:
            unit.outcomes.put_scales(reversed(scales))

            assert unit.outcomes.scales() == scales

    def test_a_scale_comes_back_with_its_levels(self, units: UnitOfWorkFactory) -> None:
        with units() as unit:
            unit.outcomes.put_scales([a_scale()])

            assert unit.outcomes.scale(ScaleId("scale-four")) == a_scale()
            with pytest.raises(NotFound):
                unit.outcomes.scale(ScaleId("x"))

    def test_slos_come_by_code(self, college: UnitOfWorkFactory) -> None:
        retired = an_slo("aims", state=SloState.RETIRED)
        elsewhere = an_slo("citing", course_id=None)

        with college() as unit:
            unit.outcomes.put_slos([retired, elsewhere])

            assert unit.outcomes.slos() == [retired, elsewhere, an_slo()]
            assert unit.outcomes.slos_of_course(CourseId("course-engl101")) == [an_slo()]
            assert unit.outcomes.slos_by_id([SloId("slo-aims"), SloId("x")]) == {
                "slo-aims": retired
            }

    def test_an_slo_is_replaced_by_id(self, college: UnitOfWorkFactory) -> None:
        reworded = an_slo(statement="Write better.", version=2, descriptors=())

        with college() as unit:
            unit.outcomes.put_slos([reworded])

            assert unit.outcomes.slos() == [reworded]


class TestAssessments:
    def test_saving_stores_the_next_version(self, college: UnitOfWorkFactory) -> None:
        with college() as unit:
            first = unit.assessments.get(AssessmentId("assessment-essay"))
            second = unit.assessments.save(replace(first, name="Long essay"))

            assert first == an_assessment(version=1)
            assert second == an_assessment(version=2, name="Long essay")
            assert unit.assessments.get(first.id) == second

    def test_a_seen_version_that_is_not_stored_is_a_conflict(
        self, college: UnitOfWorkFactory
    ) -> None:
        with college() as unit:
            for seen in (0, 2):
                with pytest.raises(Conflict):
                    unit.assessments.save(an_assessment(version=seen))
            with pytest.raises(Conflict):
                unit.assessments.save(an_assessment("unknown", version=1))

            assert unit.assessments.all() == [an_assessment(version=1)]

    def test_they_come_by_name(self, college: UnitOfWorkFactory) -> None:
        with college() as unit:
            for key in ("Zebra", "Éssai", "after"):
                unit.assessments.save(an_assessment(key, name=key))

            names = [one.name for one in unit.assessments.all()]
        assert names == ["after", "Éssai", "Essay", "Zebra"]

    def test_one_that_is_not_there(self, units: UnitOfWorkFactory) -> None:
        with units(write=False) as unit:
            with pytest.raises(NotFound):
                unit.assessments.get(AssessmentId("x"))
            with pytest.raises(NotFound):
                unit.assessments.work(SectionAssessmentId("x"))
            assert unit.assessments.work_of(AssessmentId("x"), a_section().id) is None


class TestWorks:
    def test_the_use_in_a_section_is_found(self, college: UnitOfWorkFactory) -> None:
        stored = a_section_assessment(version=1)

        with college(write=False) as unit:
            assert unit.assessments.work(WORK) == stored
            assert unit.assessments.work_of(stored.assessment_id, stored.section_id) == stored
            assert unit.assessments.works_in([stored.section_id]) == [stored]
            assert unit.assessments.works_in([a_section("engl101-02").id]) == []

    def test_the_snapshot_comes_back_whole(self, college: UnitOfWorkFactory) -> None:
        rubric = a_rubric("thesis", "style", outcomes=(a_criterion("slo", weight=Decimal("0.5")),))

        with college() as unit:
            work = unit.assessments.work(WORK).frozen(an_assessment(rubric=rubric)).released(NOON)
            saved = unit.assessments.save_work(work)

            assert unit.assessments.work(WORK) == saved == replace(work, version=2)
            with pytest.raises(Conflict):
                unit.assessments.save_work(work)

    def test_an_assessment_is_used_once_in_a_section(self, college: UnitOfWorkFactory) -> None:
        second = a_section_assessment(id=SectionAssessmentId("work-second"))

        with college() as unit, pytest.raises(Conflict):
            unit.assessments.save_work(second)


class TestReflections:
    def test_one_for_each_person(self, college: UnitOfWorkFactory) -> None:
        with college() as unit:
            assert unit.assessments.reflection(WORK, TESS) is None
            saved = unit.assessments.save_reflection(a_reflection())
            sent = unit.assessments.save_reflection(replace(saved, submitted_at=NOON))

            assert unit.assessments.reflection(WORK, TESS) == sent
            assert unit.assessments.reflection(WORK, ANA) is None
            with pytest.raises(Conflict):
                unit.assessments.save_reflection(saved)


class TestScores:
    @pytest.mark.parametrize("value", [Scored(Decimal(0)), Scored(Decimal("3.50")), NOT_ASSESSED])
    def test_a_cell_comes_back(self, college: UnitOfWorkFactory, value: ScoreValue) -> None:
        score = a_score(value=value, comment="Well argued")

        with college() as unit:
            assert unit.scores.save(score) == score
            assert unit.scores.cell(WORK, ANA, THESIS) == score

    def test_a_cell_never_stored_is_blank(self, college: UnitOfWorkFactory) -> None:
        with college(write=False) as unit:
            assert unit.scores.cell(WORK, ANA, THESIS) == unscored(WORK, ANA, THESIS)

    def test_only_the_next_version_is_stored(self, college: UnitOfWorkFactory) -> None:
        with college() as unit:
            first = unit.scores.save(a_score())
            second = unit.scores.save(first.changed(BLANK, "", seen=1, by=TESS, at=NOON))

            for stale in (first, second, replace(second, version=4)):
                with pytest.raises(Conflict):
                    unit.scores.save(stale)
            with pytest.raises(Conflict):
                unit.scores.save(a_score("ben", version=2))
            assert unit.scores.of_work(WORK) == [second]

    def test_several_are_stored_or_none(self, college: UnitOfWorkFactory) -> None:
        with college() as unit:
            unit.scores.save_all([a_score("ana"), a_score("ana", "evidence")])
            with pytest.raises(Conflict):
                unit.scores.save_all([a_score("ben"), a_score("ana")])
            unit.scores.save_all([])
            assert len(unit.scores.of_work(WORK)) == 2

    def test_scores_of_works_and_students(self, college: UnitOfWorkFactory) -> None:
        other = SectionAssessmentId("work-second")
        cells = [a_score("ana", "evidence"), a_score("ana"), a_score("ben")]
        elsewhere = a_score(section_assessment_id=other)

        with college() as unit:
            unit.assessments.save_work(
                a_section_assessment(id=other, section_id=a_section("engl101-02").id)
            )
            for cell in (*reversed(cells), elsewhere):
                unit.scores.save(cell)

            assert unit.scores.of_work(WORK) == cells
            assert unit.scores.of_works([WORK, other, SectionAssessmentId("x")]) == {
                WORK: cells, other: [elsewhere],
            }  # fmt: skip
            assert unit.scores.of_student(WORK, ANA) == {
                "row-evidence": cells[0], "row-thesis": cells[1],
            }  # fmt: skip


class TestOwnGrades:
    def test_they_are_kept_exactly(self, college: UnitOfWorkFactory) -> None:
        with college() as unit:
            first = unit.scores.save_own_grade(an_own_grade())
            unit.scores.save_own_grade(an_own_grade("ben", points=None))
            changed = unit.scores.save_own_grade(replace(first, points=Decimal("90.10")))

            grades = unit.scores.own_grades(WORK)
            assert grades == {
                ANA: changed, "person-ben": an_own_grade("ben", points=None, version=1),
            }  # fmt: skip
            assert str(grades[ANA].points) == "90.10"
            with pytest.raises(Conflict):
                unit.scores.save_own_grade(first)
