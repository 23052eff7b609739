"""Work that others score: a second scorer, counts given to an evaluator, reflections to read."""

from dataclasses import replace
from decimal import Decimal

from application.ports.unit_of_work import UnitOfWork
from domain.collective import LevelCount, RowCounts
from domain.evaluation import Evaluator, Scoring, SecondScore, Settled, seated
from domain.ids import PersonId, ReflectionTemplateId, SectionAssessmentId
from domain.reflection import Answer, CollegeTemplate
from domain.rostering import EnrolmentRole
from domain.score import NOT_ASSESSED, Scored
from tests.browser.furnished_library import OPEN_SURVEY, TEMPLATE
from tests.browser.scoring_server import CRITERIA_WORK, WORK
from tests.builders import a_reflection
from tests.stand_ins import NOON

EVAN, TESS = PersonId("person-evan"), PersonId("person-tess")
AFTER = ReflectionTemplateId("template-after")


def furnish_evaluation(unit: UnitOfWork) -> None:
    for work_id, scoring in ((WORK, Scoring.SECOND), (OPEN_SURVEY, Scoring.RECORD)):
        unit.evaluations.save_evaluator(_evaluator(unit, work_id, scoring))
    gone = _evaluator(unit, CRITERIA_WORK, Scoring.RECORD)
    unit.evaluations.save_evaluator(gone.withdrawn(NOON))
    _second_scores(unit)
    _counts(unit)
    _reflections(unit)


def _evaluator(unit: UnitOfWork, work_id: SectionAssessmentId, scoring: Scoring) -> Evaluator:
    section_id = unit.assessments.work(work_id).section_id
    people = unit.roster.people_in(section_id, EnrolmentRole.STUDENT)
    seats = seated("chance", (person.id for person in people))
    hides = scoring is Scoring.SECOND
    return Evaluator(work_id, EVAN, scoring, hides, "chance", seats, TESS, NOON, None, 0)


def _second_scores(unit: UnitOfWork) -> None:
    """Alike in the main, a level off now and then, once far off, once decided."""
    record = [one for one in unit.scores.of_work(WORK) if isinstance(one.value, Scored)][:24]
    for number, one in enumerate(record):
        assert isinstance(one.value, Scored)
        off = Decimal(-1 if number % 5 == 0 and one.value.points else 0)
        value = NOT_ASSESSED if number == 7 else Scored(one.value.points + off)
        given = replace(one, value=value, comment="", version=1)
        unit.evaluations.save_second_score(SecondScore.of(given, EVAN))
        if number == 5:
            decided = Settled(WORK, EVAN, one.student_id, one.row_id, one.value, value, one.value,
                              TESS, NOON, 0)  # fmt: skip
            unit.evaluations.save_settled(decided)


def _counts(unit: UnitOfWork) -> None:
    work = unit.assessments.work(OPEN_SURVEY)
    row = work.rubric(unit.assessments.get(work.assessment_id)).criteria[0]
    people = unit.roster.people_in(work.section_id, EnrolmentRole.STUDENT)
    highest = row.levels[-1].points
    levels = tuple(
        LevelCount(level.points, len(people) - 1 if level.points == highest else 0)
        for level in row.levels
    )
    unit.counts.save(RowCounts(OPEN_SURVEY, row.id, levels, 1, 1, EVAN, NOON))


def _reflections(unit: UnitOfWork) -> None:
    unit.reflections.save_template(
        CollegeTemplate(AFTER, "After every essay", None, TEMPLATE, retired=False, version=0)
    )
    answers = (Answer("q1", "What would you change next time?", "More time for the drafts."),)
    work_id = SectionAssessmentId("work-project")
    unit.assessments.save_reflection(
        a_reflection(section_assessment_id=work_id, answers=answers, submitted_at=NOON,
                     shared_at=NOON, asked=TEMPLATE, version=0)
    )  # fmt: skip
