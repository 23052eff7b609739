"""What launches said of people for a while, what stewards decided, and people made one."""

from sqlalchemy import Boolean, Index

from adapters.outbound.persistence.columns import Choice, Json, UtcDateTime
from adapters.outbound.persistence.tables.base import key, table, text, value
from domain.identity import LmsIdentity
from domain.ids import LaunchId
from domain.launch import Audience
from domain.matching_case import CaseKind, Verdict
from domain.person_merge import Moved

launch_values = table(
    "launch_value", key("launch_id", "launch.id"), value("at", UtcDateTime()),
    value("audience", Choice(Audience)), value("values", Json(dict[str, str])),
)  # fmt: skip
Index(None, launch_values.c.at)

decisions = table(
    "matching_decision", key(), value("kind", Choice(CaseKind)), text("subject"),
    value("verdict", Choice(Verdict)), text("person_id", "person.id", optional=True),
    text("reason"), text("compared"), text("why"),
    value("launch_ids", Json(tuple[LaunchId, ...])),
    value("before", Json(LmsIdentity), optional=True), text("decided_by"),
    value("decided_at", UtcDateTime()), text("undone_by"),
    value("undone_at", UtcDateTime(), optional=True),
)  # fmt: skip
Index(None, decisions.c.subject)
Index(None, decisions.c.decided_at)

merges = table(
    "person_merge", key("decision_id", "matching_decision.id"), text("gone_id", "person.id"),
    text("kept_id", "person.id"), value("moved", Json(tuple[Moved, ...])),
    value("was_active", Boolean()), value("merged_at", UtcDateTime()),
    value("undone_at", UtcDateTime(), optional=True),
)  # fmt: skip
Index(None, merges.c.gone_id)
