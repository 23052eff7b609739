"""Action plans, requests for information and templates with valid defaults."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from domain.ids import ActionPlanId, AskId, OrgId, PersonId, RfiId, SloId, TemplateId, TermId
from domain.improvement.action_plan import (
    ActionPlan,
    ActionPlanState,
    OwnerKind,
    PlanMove,
    PlanOwner,
    PlanStep,
)
from domain.improvement.question_template import QuestionTemplate, TemplateUse
from domain.improvement.rfi import Rfi, RfiAsk
from domain.reflection import Question, QuestionKind
from tests.stand_ins import NOON

QUESTIONS = (
    Question("q1", "What will you change?"),
    Question("q2", "How many students are concerned?", QuestionKind.NUMBER, required=False),
)


def an_action_plan(key: str = "thesis", **changes: Any) -> ActionPlan:
    asked = PlanStep(PlanMove.REQUEST, ActionPlanState.REQUESTED, "person-cora", NOON, "Please.")
    plan = ActionPlan(
        ActionPlanId(f"action-plan-{key}"), "Clearer theses",
        PlanOwner(OwnerKind.SECTION, "section-engl101-01"), OrgId("org-english"),
        TermId("term-fall"), "Many are below.", (SloId("slo-thesis"),), (), QUESTIONS, (), "",
        None, "", NOON + timedelta(days=14), ActionPlanState.REQUESTED, (asked,), None, NOON, 0,
    )  # fmt: skip
    return replace(plan, **changes)


def an_rfi(key: str = "hours", **changes: Any) -> Rfi:
    rfi = Rfi(
        RfiId(f"rfi-{key}"), "Office hours", "We plan the tutoring centre.", OrgId("org-english"),
        TermId("term-fall"), QUESTIONS, NOON + timedelta(days=7), PersonId("person-cora"), NOON,
        None, 0,
    )  # fmt: skip
    return replace(rfi, **changes)


def an_ask(person: str = "tess", rfi_key: str = "hours", **changes: Any) -> RfiAsk:
    ask = RfiAsk(
        AskId(f"ask-{rfi_key}-{person}"), RfiId(f"rfi-{rfi_key}"), PersonId(f"person-{person}"),
        None, None, (), None, None, 0,
    )  # fmt: skip
    return replace(ask, **changes)


def a_question_template(key: str = "change", **changes: Any) -> QuestionTemplate:
    template = QuestionTemplate(
        TemplateId(f"template-{key}"), TemplateUse.ACTION_PLAN, "What will change", None, QUESTIONS,
        None, 0,
    )  # fmt: skip
    return replace(template, **changes)
