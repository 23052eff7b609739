"""Action plans in every state, requests for information with and without answers."""

from dataclasses import replace
from datetime import date, timedelta

from application.ports.unit_of_work import UnitOfWork
from domain.assessment import SectionAssessment
from domain.ids import AskId, OrgId, PersonId, SectionId, SloId
from domain.improvement.action_plan import (
    ActionPlan,
    ActionPlanState,
    FollowUp,
    Party,
    PlanMove,
    PlanStep,
)
from domain.improvement.question_template import TemplateUse
from domain.reflection import Answer, Question, QuestionKind
from domain.rubric import Rubric
from tests import builders
from tests.improvement_builders import a_question_template, an_action_plan, an_ask, an_rfi
from tests.stand_ins import NOON

ASKED, SENT_IN, DONE, CLOSED = (
    an_action_plan(key).id for key in ("thesis", "submitted", "done", "closed")
)
FOUR = a_question_template("four").id
RFI, OLD_RFI = an_rfi().id, an_rfi("old").id
MY_ASK, OPEN_ASK, OLD_ASK = (AskId(f"ask-{key}") for key in ("hours-tess", "section", "old-tess"))
_BOTH = frozenset(Party)
_QUESTIONS = (
    Question("q1", "What do the results show?"),
    Question("q2", "Who is concerned?", QuestionKind.CHOICE, choices=("All", "Some")),
    Question("q3", "Hours needed", QuestionKind.NUMBER, required=False),
    Question("q4", "Does the course change?", QuestionKind.YES_NO),
)
_ANSWERS = (
    Answer("q1", _QUESTIONS[0].prompt, "Half of the theses only tell.\nPeers read too late."),
    Answer("q2", _QUESTIONS[1].prompt, "Some"),
    Answer("q4", _QUESTIONS[3].prompt, "yes"),
)


def furnish_improvement(unit: UnitOfWork, cause: SectionAssessment) -> None:
    """The cause has results of the SLO; a spring section of the course has later ones."""
    slo_id = SloId(unit.outcomes.slos()[0].id)
    later = _later_result(unit, cause, slo_id)
    section = unit.roster.section(cause.section_id)
    base = an_action_plan(
        slo_ids=(slo_id,), work_ids=(cause.id,), questions=_QUESTIONS, term_id=section.term_id,
        owner=replace(an_action_plan().owner, id=section.id),
    )  # fmt: skip
    unit.action_plans.save(base)
    for key, plan in _moved(base, later).items():
        unit.action_plans.save(replace(plan, id=an_action_plan(key).id))
    unit.question_templates.save(a_question_template("four", questions=_QUESTIONS))
    unit.question_templates.save(
        a_question_template("old", name="Old questions", use=TemplateUse.RFI).retired(NOON)
    )
    _requests(unit, section.id)


def _later_result(unit: UnitOfWork, cause: SectionAssessment, slo_id: SloId) -> SectionAssessment:
    course_id = unit.roster.section(cause.section_id).course_id
    starts = {"starts_on": date(2027, 1, 18), "ends_on": date(2027, 5, 21)}
    unit.roster.put_terms([builders.a_term("spring", **starts)])
    unit.roster.put_sections(
        [builders.a_section("later", course_id=course_id, term_id=builders.a_term("spring").id)]
    )
    rubric = Rubric((builders.a_criterion(slo_ids=(slo_id,)),))
    return unit.assessments.save_work(
        builders.a_section_assessment(
            "later", assessment_id=cause.assessment_id, section_id=SectionId("section-later"),
            snapshot=rubric,
        )
    )  # fmt: skip


def _moved(base: ActionPlan, later: SectionAssessment) -> dict[str, ActionPlan]:
    tess, cora = "person-tess", "person-cora"
    written = replace(
        base, title="Peer review before the draft", answers=_ANSWERS, who="Tess Ortiz",
        by_when=date(2026, 10, 1), resources="Two hours of a tutor a week",
    )  # fmt: skip
    submitted = written.moved(PlanMove.SUBMIT, _BOTH, by=tess, at=NOON)
    approved = submitted.moved(PlanMove.APPROVE, _BOTH, by=cora, at=NOON)
    done = approved.moved(PlanMove.FINISH, _BOTH, by=tess, at=NOON, note="Held twice a week.")
    cited = FollowUp(base.slo_ids[0], later.id, "Fewer are below than a year ago.")
    step = PlanStep(PlanMove.FOLLOW_UP, ActionPlanState.FOLLOWED_UP, cora, NOON, cited.result)
    closed = replace(
        done, state=ActionPlanState.FOLLOWED_UP, history=(*done.history, step), follow_up=cited
    )
    return {"submitted": submitted, "done": done, "closed": closed}


def _requests(unit: UnitOfWork, section_id: SectionId) -> None:
    tess, english = PersonId("person-tess"), OrgId("org-english")
    due = {"due_at": NOON - timedelta(days=1), "org_id": english}
    hours = unit.rfis.save(an_rfi(questions=_QUESTIONS, org_id=english))
    old = unit.rfis.save(an_rfi("old", title="Books in use", **due))
    given = an_ask("tom").answered(hours, _ANSWERS, PersonId("person-tom"), NOON, give=True)
    section = an_ask("x", id=AskId("ask-section"), person_id=None, section_id=section_id)
    unit.rfis.save_asks([an_ask(), given, section.opened(NOON), an_ask(rfi_key="old")])
    ask = unit.rfis.ask(AskId("ask-old-tess"))
    unit.rfis.save_asks([ask.answered(old, _ANSWERS[:1], tess, NOON, give=True)])
    unit.rfis.save(old.ended(NOON))
