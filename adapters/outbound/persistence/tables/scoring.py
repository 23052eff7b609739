"""Scales, SLOs, assessments, their use in sections, and scores."""

from sqlalchemy import Boolean, Index, Integer, UniqueConstraint, literal_column, type_coerce
from sqlalchemy import text as sql

from adapters.outbound.persistence.columns import (
    PLAIN_TEXT,
    Choice,
    ExactDecimal,
    Json,
    UtcDateTime,
)
from adapters.outbound.persistence.score_column import ScoreText
from adapters.outbound.persistence.tables.base import key, table, text, value
from domain.assessment import AssessmentKind, AssessmentState, Purpose
from domain.reflection import Answer, ReflectionTemplate
from domain.rubric import Rubric
from domain.scale import ScoreLevel
from domain.slo import PerformanceDescriptor, SloKind, SloState

scales = table(
    "scale", key(), text("code"), text("name"), value("version", Integer()),
    value("is_default", Boolean()), value("levels", Json(tuple[ScoreLevel, ...])),
)  # fmt: skip
# Exactly one is taken where none is named. As text, so that both databases word it alike.
_DEFAULT = sql("is_default")
Index("uq_attain_scale_default", scales.c.is_default, unique=True,
      sqlite_where=_DEFAULT, postgresql_where=_DEFAULT)  # fmt: skip

slos = table(
    "slo", key(), text("code"), value("kind", Choice(SloKind)),
    text("course_id", "course.id", optional=True), text("org_id", "org.id", optional=True),
    text("title"), text("statement"), value("state", Choice(SloState)),
    value("version", Integer()), value("descriptors", Json(tuple[PerformanceDescriptor, ...])),
)  # fmt: skip
Index(None, slos.c.course_id)

assessments = table(
    "assessment", key(), text("code"), text("org_id", "org.id", optional=True), text("name"),
    text("description"), value("kind", Choice(AssessmentKind)), value("purpose", Choice(Purpose)),
    text("scale_id", "scale.id"), value("rubric", Json(Rubric)),
    value("points_possible", ExactDecimal()), value("reflection", Json(ReflectionTemplate)),
    value("in_library", Boolean()), text("owner_id", "person.id", optional=True),
    value("version", Integer()), text("guide"), value("state", Choice(AssessmentState)),
    value("edition", Integer()), value("row_count", Integer()), value("asks_reflection", Boolean()),
)  # fmt: skip
"""`row_count` and `asks_reflection` are told by the JSON; counting needs them as columns."""

works = table(
    "section_assessment", key(), text("assessment_id", "assessment.id"),
    text("section_id", "section.id"), value("due_at", UtcDateTime(), optional=True),
    value("planned", Boolean()), value("released_at", UtcDateTime(), optional=True),
    value("snapshot", Json(Rubric), optional=True), value("version", Integer()),
    value("opens_at", UtcDateTime(), optional=True),
    value("closed_at", UtcDateTime(), optional=True), text("closed_reason"),
    text("plan_id", optional=True), value("edition", Integer(), optional=True),
    value("frozen_rows", Integer(), optional=True),
    UniqueConstraint("assessment_id", "section_id"),
)  # fmt: skip
"""`frozen_rows` is how many criteria the snapshot has."""
Index(None, works.c.section_id)
Index(None, works.c.plan_id)

reflections = table(
    "reflection", key("section_assessment_id", "section_assessment.id"),
    key("person_id", "person.id"), value("answers", Json(tuple[Answer, ...])),
    value("submitted_at", UtcDateTime(), optional=True), value("version", Integer()),
    value("asked", Json(ReflectionTemplate), optional=True),
    value("shared_at", UtcDateTime(), optional=True),
)  # fmt: skip

scores = table(
    "score", key("section_assessment_id", "section_assessment.id"),
    key("student_id", "person.id"), key("row_id"), value("value", ScoreText()), text("comment"),
    value("version", Integer()), text("scored_by", optional=True),
    value("scored_at", UtcDateTime(), optional=True),
)  # fmt: skip

IS_DECIDED = type_coerce(scores.c.value, PLAIN_TEXT) != literal_column("''")
"""A score or N/A stands there; blank cells are stored as nothing."""
_decided = sql("value <> ''")
Index(
    "ix_attain_score_decided", scores.c.section_assessment_id, scores.c.row_id,
    sqlite_where=_decided, postgresql_where=_decided,
)  # fmt: skip

own_grades = table(
    "own_grade", key("section_assessment_id", "section_assessment.id"),
    key("student_id", "person.id"), value("points", ExactDecimal(), optional=True),
    value("version", Integer()), text("set_by"), value("set_at", UtcDateTime()),
)  # fmt: skip
