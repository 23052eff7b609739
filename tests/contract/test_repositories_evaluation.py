"""What the stores of counts, evaluators, second scores and templates promise."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from application.errors import Conflict, NotFound
from application.ports.planning_repositories import StandingFilter
from application.ports.scoring_repositories import ReflectionFilter
from application.ports.unit_of_work import UnitOfWorkFactory
from domain.assessment import AssessmentKind, Purpose
from domain.collective import LevelCount, RowCounts
from domain.evaluation import Evaluator, Scoring, SecondScore, Settled
from domain.ids import (
    OrgId,
    PersonId,
    ReflectionTemplateId,
    RowId,
    SectionAssessmentId,
    SloId,
    TermId,
)
from domain.reflection import CollegeTemplate, asking
from domain.reporting import CollectiveCounts
from domain.rubric import Rubric
from domain.score import NOT_ASSESSED, Scored
from tests.builders import College, a_criterion, a_person, a_reflection, an_assessment
from tests.stand_ins import NOON

WORK = SectionAssessmentId("work-essay")
TESS, EVE, ANA, BEN = (PersonId(f"person-{key}") for key in ("tess", "eve", "ana", "ben"))
THESIS, EVIDENCE = RowId("row-thesis"), RowId("row-evidence")
FALL = TermId("term-fall")
EVES, TESSES = "Essay ENGL101-01 Eve", "Essay ENGL101-01 Tess"


@pytest.fixture
def college(units: UnitOfWorkFactory) -> UnitOfWorkFactory:
    with units() as unit:
        College().store(unit)
        unit.roster.put_people([a_person("eve")])
        unit.commit()
    return units


def some_counts(row: RowId = THESIS, students: int = 2, version: int = 1) -> RowCounts:
    levels = (LevelCount(Decimal(1), 0), LevelCount(Decimal("2.5"), students))
    return RowCounts(WORK, row, levels, 0, version, TESS, NOON)


def an_evaluator(**changes: object) -> Evaluator:
    made = Evaluator(
        WORK, EVE, Scoring.SECOND, hides_names=True, seed="chance", seats=(BEN, ANA),
        assigned_by=TESS, assigned_at=NOON, withdrawn_at=None, version=0,
    )  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type] # any field


def a_second_score(student: PersonId = ANA, version: int = 1) -> SecondScore:
    return SecondScore(WORK, EVE, student, THESIS, Scored(Decimal(3)), "Clear.", version, NOON)


class TestCounts:
    def test_come_back_by_row_and_by_work(self, college: UnitOfWorkFactory) -> None:
        with college() as unit:
            unit.counts.save(some_counts())
            unit.counts.save(some_counts(EVIDENCE))

            assert unit.counts.of_work(WORK)[THESIS] == some_counts()
            assert unit.counts.of_works([WORK, SectionAssessmentId("none")]) == {
                WORK: [some_counts(EVIDENCE), some_counts()]
            }

    def test_nobody_overwrites_what_he_has_not_seen(self, college: UnitOfWorkFactory) -> None:
        with college() as unit:
            unit.counts.save(some_counts())
            unit.counts.save(some_counts(students=3, version=2))

            with pytest.raises(Conflict):
                unit.counts.save(some_counts(students=4, version=2))

    def test_reports_read_them_by_mastery_level(self, college: UnitOfWorkFactory) -> None:
        aim, cite = RowId("slo-aim"), RowId("slo-cite")
        rows = tuple(replace(a_criterion(), id=one) for one in (aim, cite))
        with college() as unit:
            unit.assessments.save(
                an_assessment(kind=AssessmentKind.COLLECTIVE, rubric=Rubric(rows), version=1)
            )
            one, four = LevelCount(Decimal(1), 0), LevelCount(Decimal(4), 3)
            unit.counts.save(RowCounts(WORK, aim, (one, four), 2, 1, TESS, NOON))
            unit.counts.save(RowCounts(WORK, cite, (), None, 1, TESS, NOON))
            unit.commit()

        told = CollectiveCounts(WORK, SloId("slo-aim"), {"exceeded": 3}, 2, NOON)
        with college(write=False) as unit:
            assert unit.counts.reported(None, None) == [told]
            assert unit.counts.reported({SloId("slo-aim")}, {FALL}) == [told]
            assert unit.counts.reported({SloId("slo-cite")}, None) == []
            assert unit.counts.reported(None, {TermId("term-spring")}) == []
            assert unit.counts.assessed() == {"slo-aim"}

    def test_formative_counts_assess_no_slo(self, college: UnitOfWorkFactory) -> None:
        with college() as unit:
            unit.assessments.save(an_assessment(purpose=Purpose.FORMATIVE, version=1))
            unit.counts.save(some_counts())
            unit.commit()

        with college(write=False) as unit:
            assert unit.counts.assessed() == set()

    def test_the_calendar_counts_a_row_up_to_those_enrolled(
        self, college: UnitOfWorkFactory
    ) -> None:
        with college() as unit:
            unit.assessments.save(an_assessment(kind=AssessmentKind.COLLECTIVE, version=1))
            unit.counts.save(some_counts(students=5))
            unit.counts.save(some_counts(EVIDENCE, students=1))
            unit.commit()

        with college(write=False) as unit:
            (standing,) = unit.standings.of_term(FALL, StandingFilter())
        assert (standing.students, standing.needed, standing.decided) == (2, 4, 3)

    def test_work_with_counts_is_in_use(self, college: UnitOfWorkFactory) -> None:
        with college() as unit:
            unit.counts.save(some_counts())

            assert unit.assessments.works_in_use([WORK]) == {WORK}


class TestEvaluators:
    def test_are_found_by_work_and_by_person(self, college: UnitOfWorkFactory) -> None:
        with college() as unit:
            saved = unit.evaluations.save_evaluator(an_evaluator())

            assert saved == an_evaluator(version=1)
            assert unit.evaluations.evaluator(WORK, EVE) == saved
            assert unit.evaluations.evaluator(WORK, TESS) is None
            assert unit.evaluations.evaluators_of(WORK) == [saved]
            assert unit.evaluations.given_to(EVE) == [saved]

    def test_a_withdrawn_one_is_given_nothing(self, college: UnitOfWorkFactory) -> None:
        with college() as unit:
            saved = unit.evaluations.save_evaluator(an_evaluator())
            gone = unit.evaluations.save_evaluator(saved.withdrawn(NOON + timedelta(days=1)))

            assert unit.evaluations.given_to(EVE) == []
            assert unit.evaluations.evaluators_of(WORK) == [gone]

    def test_work_given_to_one_is_in_use(self, college: UnitOfWorkFactory) -> None:
        with college() as unit:
            unit.evaluations.save_evaluator(an_evaluator())

            assert unit.assessments.works_in_use([WORK]) == {WORK}


class TestSecondScores:
    def test_stand_apart_from_scores_of_record(self, college: UnitOfWorkFactory) -> None:
        with college() as unit:
            unit.evaluations.save_second_score(a_second_score())
            unit.evaluations.save_second_score(a_second_score(BEN))

            both = [a_second_score(), a_second_score(BEN)]
            assert unit.scores.of_work(WORK) == []
            assert unit.evaluations.second_scores(WORK) == {EVE: both}
            assert unit.evaluations.second_scores_of([WORK]) == {WORK: both}
            assert unit.evaluations.of_scorer(WORK, EVE) == both
            assert unit.evaluations.of_scorer(WORK, TESS) == []

    def test_nobody_overwrites_what_he_has_not_seen(self, college: UnitOfWorkFactory) -> None:
        with college() as unit:
            unit.evaluations.save_second_score(a_second_score())

            with pytest.raises(Conflict):
                unit.evaluations.save_second_score(a_second_score())

    def test_what_was_decided_comes_back(self, college: UnitOfWorkFactory) -> None:
        three, two = Scored(Decimal(3)), Scored(Decimal(2))
        decision = Settled(WORK, EVE, ANA, THESIS, two, three, NOT_ASSESSED, TESS, NOON, 0)
        with college() as unit:
            saved = unit.evaluations.save_settled(decision)

            assert unit.evaluations.settled([WORK]) == [saved]


class TestReflections:
    def submitted(self, units: UnitOfWorkFactory, wanted: ReflectionFilter) -> list[str]:
        with units(write=False) as unit:
            found = unit.reflections.submitted(wanted, limit=10)
            assert unit.reflections.submitted(wanted, limit=10, offset=len(found)) == []
        return [f"{one.assessment} {one.section_title} {one.given_name}" for one in found]

    def test_private_ones_are_never_read_by_others(self, college: UnitOfWorkFactory) -> None:
        with college() as unit:
            unit.assessments.save_reflection(a_reflection())
            unit.assessments.save_reflection(a_reflection("eve", submitted_at=NOON))
            unit.commit()

        assert self.submitted(college, ReflectionFilter()) == [EVES]

    def test_by_org_term_and_sharing(self, college: UnitOfWorkFactory) -> None:
        shared = a_reflection(submitted_at=NOON, shared_at=NOON, asked=asking("What now?"))
        with college() as unit:
            saved = unit.assessments.save_reflection(shared)
            unit.assessments.save_reflection(a_reflection("eve", submitted_at=NOON))
            assert unit.assessments.reflection(WORK, TESS) == saved
            unit.commit()

        english, elsewhere = [OrgId("org-english")], [OrgId("org-other")]
        assert self.submitted(college, ReflectionFilter(FALL, english)) == [EVES, TESSES]
        assert self.submitted(college, ReflectionFilter(FALL, english, shared=True)) == [TESSES]
        assert self.submitted(college, ReflectionFilter(FALL, elsewhere)) == []
        assert self.submitted(college, ReflectionFilter(TermId("term-none"))) == []

    def test_templates_come_by_name(self, college: UnitOfWorkFactory) -> None:
        def made(key: str, name: str) -> CollegeTemplate:
            template_id = ReflectionTemplateId(key)
            return CollegeTemplate(template_id, name, None, asking("Why?"), False, 0)

        with college() as unit:
            unit.reflections.save_template(made("one", "year's end"))
            kept = unit.reflections.save_template(made("two", "After an essay"))

            assert [one.name for one in unit.reflections.templates()] == [
                "After an essay", "year's end",
            ]  # fmt: skip
            assert unit.reflections.template(kept.id) == kept
            with pytest.raises(NotFound):
                unit.reflections.template(ReflectionTemplateId("none"))
