"""Action plans, requests for information, and templates of their questions."""

from sqlalchemy import Date, Index, Integer, UniqueConstraint

from adapters.outbound.persistence.columns import Choice, Json, UtcDateTime
from adapters.outbound.persistence.tables.base import key, table, text, value
from domain.ids import PersonId, SectionAssessmentId, SloId
from domain.improvement.action_plan import (
    ActionPlanState,
    FollowUp,
    PlanOwner,
    PlanStep,
)
from domain.improvement.question_template import TemplateUse
from domain.reflection import Answer, Question

templates = table(
    "question_template", key(), value("use", Choice(TemplateUse)), text("name"),
    text("org_id", "org.id", optional=True), value("questions", Json(tuple[Question, ...])),
    value("retired_at", UtcDateTime(), optional=True), value("version", Integer()),
)  # fmt: skip

action_plans = table(
    "action_plan", key(), text("title"), value("owner", Json(PlanOwner)),
    text("org_id", "org.id"), text("term_id", "term.id"), text("reason"),
    value("slo_ids", Json(tuple[SloId, ...])),
    value("work_ids", Json(tuple[SectionAssessmentId, ...])),
    value("questions", Json(tuple[Question, ...])), value("answers", Json(tuple[Answer, ...])),
    text("who"), value("by_when", Date(), optional=True), text("resources"),
    value("due_at", UtcDateTime(), optional=True), value("state", Choice(ActionPlanState)),
    value("history", Json(tuple[PlanStep, ...])),
    value("follow_up", Json(FollowUp), optional=True), value("made_at", UtcDateTime()),
    value("version", Integer()), value("asked_ids", Json(tuple[PersonId, ...])),
    text("section_id", "section.id", optional=True),
)  # fmt: skip
Index(None, action_plans.c.org_id)
Index(None, action_plans.c.section_id)

asked_people = table(
    "action_plan_asked", key("plan_id", "action_plan.id"), key("person_id", "person.id"),
)  # fmt: skip
Index(None, asked_people.c.person_id)

rfis = table(
    "rfi", key(), text("title"), text("message"), text("org_id", "org.id", optional=True),
    text("term_id", "term.id"), value("questions", Json(tuple[Question, ...])),
    value("due_at", UtcDateTime()), text("sent_by", optional=True),
    value("sent_at", UtcDateTime()), value("closed_at", UtcDateTime(), optional=True),
    value("version", Integer()),
)  # fmt: skip
Index(None, rfis.c.org_id)

asks = table(
    "rfi_ask", key(), text("rfi_id", "rfi.id"), text("person_id", "person.id", optional=True),
    text("section_id", "section.id", optional=True),
    value("opened_at", UtcDateTime(), optional=True),
    value("answers", Json(tuple[Answer, ...])),
    value("answered_at", UtcDateTime(), optional=True), text("answered_by", optional=True),
    value("version", Integer()),
    UniqueConstraint("rfi_id", "person_id"), UniqueConstraint("rfi_id", "section_id"),
)  # fmt: skip
Index(None, asks.c.person_id)
Index(None, asks.c.section_id)
