"""DLAs, who has them, and self-assessments."""

from sqlalchemy import Index, Integer, UniqueConstraint

from adapters.outbound.persistence.columns import Choice, Json, UtcDateTime
from adapters.outbound.persistence.tables.base import key, table, text, value
from domain.dla import DlaState, DlaStep
from domain.self_assessment import OwnScore
from domain.web_link import WebLink

dlas = table(
    "dla", key(), text("owner_id", "person.id"), text("title"), text("instructions"),
    value("links", Json(tuple[WebLink, ...])), text("hand_in"),
    text("slo_id", "slo.id", optional=True), value("made_at", UtcDateTime()),
    value("retired_at", UtcDateTime(), optional=True), value("version", Integer()),
)  # fmt: skip
Index(None, dlas.c.owner_id)

assigned_dlas = table(
    "assigned_dla", key(), text("dla_id", "dla.id"), text("section_id", "section.id"),
    text("student_id", "person.id"), text("work_id", "section_assessment.id", optional=True),
    value("due_at", UtcDateTime(), optional=True), value("state", Choice(DlaState)), text("text"),
    value("steps", Json(tuple[DlaStep, ...])), text("assigned_by"),
    value("assigned_at", UtcDateTime()), value("version", Integer()),
    UniqueConstraint("dla_id", "section_id", "student_id"),
)  # fmt: skip
Index(None, assigned_dlas.c.section_id)
Index(None, assigned_dlas.c.student_id)

self_assessments = table(
    "self_assessment", key("section_assessment_id", "section_assessment.id"),
    key("student_id", "person.id"), value("scores", Json(tuple[OwnScore, ...])), text("note"),
    value("submitted_at", UtcDateTime(), optional=True), value("version", Integer()),
)  # fmt: skip
Index(None, self_assessments.c.student_id)
