"""A library in use: plans, editions, work in every state, reminders, links to decide."""

from dataclasses import replace
from datetime import date, timedelta

from application.ports.unit_of_work import UnitOfWork
from domain.assessment import AssessmentKind, AssessmentState
from domain.ids import SectionAssessmentId
from domain.planning import PlanTarget, TargetKind
from domain.reflection import Question, QuestionKind, ReflectionTemplate
from domain.reminder import ReminderState
from domain.rostering import EnrolmentRole
from tests.builders import (
    a_course,
    a_section,
    a_section_assessment,
    a_term,
    an_assessment,
    an_enrolment,
)
from tests.planning_builders import a_link_offer, a_plan, a_reminder, a_round
from tests.stand_ins import NOON

PORTFOLIO = an_assessment("portfolio").id
SURVEY = an_assessment("survey").id
OPEN_SURVEY = SectionAssessmentId("work-survey")
CLOSED = SectionAssessmentId("work-portfolio-10")
ROUND = a_round().id
TEMPLATE = ReflectionTemplate(
    (
        Question("q1", "What would you change next time?"),
        Question("q2", "Who used the guide?", QuestionKind.CHOICE, required=False,
                 choices=("Everybody", "Some", "Nobody")),
        Question("q3", "Hours spent scoring", QuestionKind.NUMBER, required=False),
        Question("q4", "Will the course change?", QuestionKind.YES_NO),
    )
)  # fmt: skip


def furnish_library(unit: UnitOfWork) -> None:
    """Over a college that has the poster and the project already."""
    _sections(unit)
    project = unit.assessments.get(an_assessment("project").id)
    rows = tuple(
        replace(row, part=part)
        for row, part in zip(project.rubric.criteria, ("Paper", "Presentation"), strict=True)
    )
    portfolio = unit.assessments.save(
        an_assessment(
            "portfolio", name="Capstone portfolio", kind=AssessmentKind.STUDENT, in_library=True,
            rubric=replace(project.rubric, criteria=rows), reflection=TEMPLATE, edition=2,
            guide="Score the paper before the presentation.\n\nHalf points are not given.",
        )
    )  # fmt: skip
    poster = unit.assessments.get(an_assessment("poster").id)
    unit.assessments.save(
        an_assessment("survey", name="Exit survey", kind=AssessmentKind.COLLECTIVE,
                      rubric=poster.rubric, in_library=True)
    )  # fmt: skip
    unit.assessments.save(
        an_assessment("old", name="Old essay", state=AssessmentState.RETIRED, in_library=True)
    )
    _works(unit)
    unit.plans.save(a_plan(assessment_id=portfolio.id))
    unit.plans.save(
        a_plan("undone", assessment_id=portfolio.id, undone_at=NOON, due_at=None,
               target=PlanTarget(TargetKind.ORGS, ("org-english",)))
    )  # fmt: skip
    _reminders(unit)
    unit.offers.save(a_link_offer(title="Poster (copied)", section_id=a_section().id))
    unit.offers.save(a_link_offer("later", title="Essay of last year"))


def _sections(unit: UnitOfWork) -> None:
    spring = {"starts_on": date(2027, 1, 18), "ends_on": date(2027, 5, 21)}
    unit.roster.put_terms([a_term("spring", name="Spring 2027", **spring)])
    unit.roster.put_courses([a_course("biol205", code="BIOL 205", title="Genetics")])
    unit.roster.put_sections(
        a_section(f"biol205-{number}", title=f"BIOL 205-{number}", course_id=a_course("biol205").id)
        for number in (10, 11, 12)
    )
    unit.roster.put_enrolments([
        an_enrolment("tom", "biol205-10", role=EnrolmentRole.TEACHER),
        an_enrolment("tom", "biol205-11", role=EnrolmentRole.TEACHER),
        an_enrolment("s000", "biol205-11"),
    ])  # fmt: skip


def _works(unit: UnitOfWork) -> None:
    for number in (10, 11, 12):
        work = a_section_assessment(
            f"portfolio-{number}", assessment_id=PORTFOLIO, planned=True, plan_id=a_plan().id,
            section_id=a_section(f"biol205-{number}").id, opens_at=NOON - timedelta(days=20),
            due_at=NOON - timedelta(days=1),
        )  # fmt: skip
        closed = work.not_assessed("The section was merged into 11.", NOON)
        unit.assessments.save_work(closed if work.id == CLOSED else work)
    unit.assessments.save_work(
        a_section_assessment("survey", assessment_id=SURVEY, planned=True, due_at=None)
    )


def _reminders(unit: UnitOfWork) -> None:
    unit.reminders.save_round(a_round())
    unit.reminders.put([
        a_reminder(state=ReminderState.SENT, settled_at=NOON - timedelta(days=2)),
        a_reminder("tom", state=ReminderState.FAILED, settled_at=NOON,
                   reason="the mail server refused the recipient (550)"),
        a_reminder("nora", state=ReminderState.SENT, settled_at=NOON - timedelta(hours=2)),
    ])  # fmt: skip
