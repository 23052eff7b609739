"""Counts of Collective work, evaluators, second scores, and templates of reflections."""

from sqlalchemy import Boolean, Index, Integer

from adapters.outbound.persistence.columns import Choice, Json, UtcDateTime
from adapters.outbound.persistence.score_column import ScoreText
from adapters.outbound.persistence.tables.base import key, table, text, value
from domain.collective import LevelCount
from domain.evaluation import Scoring
from domain.ids import PersonId
from domain.reflection import ReflectionTemplate

counts = table(
    "collective_count", key("section_assessment_id", "section_assessment.id"), key("row_id"),
    value("levels", Json(tuple[LevelCount, ...])), value("not_assessed", Integer(), optional=True),
    value("version", Integer()), text("counted_by", optional=True),
    value("counted_at", UtcDateTime(), optional=True), value("total", Integer()),
)  # fmt: skip
"""`total` is told by the JSON; the calendar needs it as a column."""

evaluators = table(
    "evaluator", key("section_assessment_id", "section_assessment.id"),
    key("person_id", "person.id"), value("scoring", Choice(Scoring)),
    value("hides_names", Boolean()), text("seed"), value("seats", Json(tuple[PersonId, ...])),
    text("assigned_by"), value("assigned_at", UtcDateTime()),
    value("withdrawn_at", UtcDateTime(), optional=True), value("version", Integer()),
)  # fmt: skip
Index(None, evaluators.c.person_id)

second_scores = table(
    "second_score", key("section_assessment_id", "section_assessment.id"),
    key("scorer_id", "person.id"), key("student_id", "person.id"), key("row_id"),
    value("value", ScoreText()), text("comment"), value("version", Integer()),
    value("scored_at", UtcDateTime(), optional=True),
)  # fmt: skip

settled = table(
    "settled_score", key("section_assessment_id", "section_assessment.id"),
    key("scorer_id", "person.id"), key("student_id", "person.id"), key("row_id"),
    value("first", ScoreText()), value("second", ScoreText()), value("stands", ScoreText()),
    text("decided_by"), value("decided_at", UtcDateTime()), value("version", Integer()),
)  # fmt: skip

templates = table(
    "reflection_template", key(), text("name"), text("org_id", "org.id", optional=True),
    value("template", Json(ReflectionTemplate)), value("retired", Boolean()),
    value("version", Integer()),
)  # fmt: skip
