"""Wordings, mappings and targets of SLOs, mastery levels, and what foreign files say."""

from sqlalchemy import Boolean, Index, Integer

from adapters.outbound.persistence.columns import Choice, ExactDecimal, UtcDateTime
from adapters.outbound.persistence.tables.base import (
    key,
    number_key,
    table,
    text,
    value,
    value_key,
)
from domain.foreign import Standard
from domain.slo_mapping import MappingKind
from domain.target import TargetOf

slo_versions = table(
    "slo_version", key("slo_id", "slo.id"), number_key("version"), text("title"),
    text("statement"), value("since", UtcDateTime(), optional=True),
    value("until", UtcDateTime(), optional=True), value("replaces", Integer(), optional=True),
)  # fmt: skip

slo_mappings = table(
    "slo_mapping", key("lower_id", "slo.id"), key("higher_id", "slo.id"),
    key("from_term", "term.id"), text("until_term", "term.id", optional=True),
    value("kind", Choice(MappingKind), optional=True),
)  # fmt: skip
Index(None, slo_mappings.c.higher_id)

mastery_levels = table(
    "mastery_level", key("code"), text("name"), value("position", Integer()),
    value("met", Boolean()),
)  # fmt: skip

targets = table(
    "target", value_key("of", Choice(TargetOf)), key("subject_id"),
    value("share", ExactDecimal()),
)  # fmt: skip

foreign_records = table(
    "foreign_record", value_key("standard", Choice(Standard)), key("framework"),
    key("identifier"), text("slo_id", "slo.id", optional=True), text("body"),
)  # fmt: skip
Index(None, foreign_records.c.slo_id)
