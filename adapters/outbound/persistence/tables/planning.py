"""Plans of assessments, reminders, and links offered from copied LMS courses."""

from sqlalchemy import Index, Integer, UniqueConstraint

from adapters.outbound.persistence.columns import Choice, ExactDecimal, Json, UtcDateTime
from adapters.outbound.persistence.tables.base import key, table, text, value
from domain.ids import SectionAssessmentId
from domain.link_offer import OfferState
from domain.planning import PlanTarget
from domain.reminder import ReminderState

plans = table(
    "assessment_plan", key(), text("assessment_id", "assessment.id"), text("term_id", "term.id"),
    value("target", Json(PlanTarget)), value("opens_at", UtcDateTime(), optional=True),
    value("due_at", UtcDateTime(), optional=True), text("made_by", optional=True),
    value("made_at", UtcDateTime()), value("undone_at", UtcDateTime(), optional=True),
    text("carried_from", optional=True), value("version", Integer()),
)  # fmt: skip
Index(None, plans.c.term_id)
Index(None, plans.c.assessment_id)

reminder_rounds = table(
    "reminder_round", key(), text("term_id", "term.id"), text("asked_by", optional=True),
    value("asked_at", UtcDateTime()), text("subject"), text("message"),
    text("job_id", optional=True), text("rfi_id", optional=True),
)  # fmt: skip

reminders = table(
    "reminder", key("round_id", "reminder_round.id"), key("person_id", "person.id"),
    value("work_ids", Json(tuple[SectionAssessmentId, ...])),
    value("state", Choice(ReminderState)), text("reason"),
    value("settled_at", UtcDateTime(), optional=True),
)  # fmt: skip
Index(None, reminders.c.settled_at)

link_offers = table(
    "link_offer", key(), text("platform"), text("context_id"), text("resource_link_id"),
    text("section_id", "section.id"), text("origin_id", "link.id"),
    text("site_id", "site.id", optional=True), text("course_ref", optional=True),
    text("assignment_ref", optional=True), text("title"),
    value("points_possible", ExactDecimal(), optional=True), value("noted_at", UtcDateTime()),
    value("state", Choice(OfferState)), text("decided_by", optional=True),
    value("decided_at", UtcDateTime(), optional=True), value("version", Integer()),
    UniqueConstraint("resource_link_id", "context_id", "platform", "section_id"),
)  # fmt: skip
Index(None, link_offers.c.section_id)
