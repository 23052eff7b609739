"""Loads of rosters, what came to light in them, and what people were called before."""

from sqlalchemy import Boolean, Index, Integer

from adapters.outbound.persistence.columns import Choice, Json, Packed, PackedTexts, UtcDateTime
from adapters.outbound.persistence.tables.base import (
    key,
    number_key,
    table,
    text,
    value,
    value_key,
)
from application.rosters.load_runs import (
    Doubled,
    KindCount,
    LoadState,
    Records,
    SourceChanges,
)
from application.rosters.read_options import LoadReading
from application.rosters.records import RecordKind
from application.rosters.row_errors import RowError
from domain.access import Role, RoleGrant
from domain.identity import LocalField
from domain.ids import PersonId
from domain.rostering import Demographic

load_runs = table(
    "load_run", key(), text("kind"), text("file"), text("content_hash"), text("requested_by"),
    value("requested_at", UtcDateTime()), text("limit"), value("rekey", Boolean()),
    value("move_sections", Boolean()), value("state", Choice(LoadState)),
    text("reason"), value("over_limit", Boolean()), value("counts", Json(tuple[KindCount, ...])),
    value("errors", Integer()), value("warnings", Integer()), text("repeats", optional=True),
    value("finished_at", UtcDateTime(), optional=True), text("job_id", optional=True),
    text("undone_by"), value("undone_at", UtcDateTime(), optional=True),
    value("reading", Json(LoadReading)), value("version", Integer()),
)  # fmt: skip
Index(None, load_runs.c.requested_at)
Index(None, load_runs.c.state, load_runs.c.finished_at)

load_findings = table(
    "load_finding", key("run_id", "load_run.id"), number_key("number"),
    value("findings", Packed(tuple[RowError, ...])),
)  # fmt: skip

load_doubles = table(
    "load_double", key("run_id", "load_run.id"), value("pairs", Packed(tuple[Doubled, ...]))
)

load_before = table(
    "load_before", key("run_id", "load_run.id"), value_key("kind", Choice(RecordKind)),
    value("before", Packed(Records)), value("after", Packed(Records)),
    value("added", PackedTexts()), value("grants", Packed(tuple[RoleGrant, ...])),
    value("demographics", Packed(tuple[Demographic, ...])),
    value("described", Packed(tuple[PersonId, ...])),
    value("revoked", Packed(tuple[RoleGrant, ...]), optional=True),
    value("sources", Packed(SourceChanges), optional=True),
)  # fmt: skip

load_paces = table(
    "load_pace", key("run_id", "load_run.id"), text("doing"), value("done", Integer()),
    value("total", Integer()),
)  # fmt: skip

aliases = table(
    "person_alias", key("person_id", "person.id"), value_key("field", Choice(LocalField)),
    key("value"), value("noted_at", UtcDateTime()), text("value_key"),
)  # fmt: skip
Index(None, aliases.c.field, aliases.c.value_key)

grant_sources = table(
    "grant_source", key("source_id"), text("person_id", "person.id"), value("role", Choice(Role)),
    text("org_id", "org.id", optional=True),
)  # fmt: skip
Index(None, grant_sources.c.person_id)

demographics = table("demographic", key("person_id", "person.id"), key("attribute"), text("value"))
