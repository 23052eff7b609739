"""Outcomes sent to the LMS, the runs that send them, and which place belongs to whom."""

from sqlalchemy import Boolean, Index, Integer
from sqlalchemy import text as sql

from adapters.outbound.persistence.columns import Choice, Json, UtcDateTime
from adapters.outbound.persistence.place_column import PlaceText
from adapters.outbound.persistence.tables.base import (
    key,
    number_key,
    table,
    text,
    value,
    value_key,
)
from domain.ids import SyncItemId
from domain.outcomes.content import OutcomeContent, RatingMeaning
from domain.outcomes.sync_plan import FolderWish, Step
from domain.outcomes.sync_run import ItemState, RunState

sync_runs = table(
    "sync_run", key(), text("site_id", "site.id"),
    text("work_id", "section_assessment.id", optional=True),
    text("acts_as", "person.id", optional=True), text("requested_by"),
    value("requested_at", UtcDateTime()), value("state", Choice(RunState)), text("reason"),
    text("job_id", optional=True), value("finished_at", UtcDateTime(), optional=True),
    text("undo_of", "sync_run.id", optional=True), value("version", Integer()),
)  # fmt: skip
# As text, so that query and index are worded alike on both databases.
OPEN = sql("state NOT IN ('done', 'stopped')")
Index(None, sync_runs.c.requested_at)
Index("ix_attain_sync_run_open", sync_runs.c.requested_at, sqlite_where=OPEN, postgresql_where=OPEN)

sync_items = table(
    "sync_item", key(), text("run_id", "sync_run.id"), value("number", Integer()),
    value("place", PlaceText()), value("folder", Json(FolderWish)),
    text("slo_id", "slo.id"), value("slo_version", Integer()), text("label"),
    value("step", Choice(Step)), text("guid"), value("generation", Integer()),
    value("content", Json(OutcomeContent)), value("meanings", Json(tuple[RatingMeaning, ...])),
    value("before", Json(OutcomeContent), optional=True), text("old_ref", optional=True),
    value("state", Choice(ItemState)), text("reason"), text("outcome_ref", optional=True),
)  # fmt: skip
Index(None, sync_items.c.run_id, sync_items.c.number)

sync_uploads = table(
    "sync_upload", key("run_id", "sync_run.id"), value_key("place", PlaceText()),
    number_key("number"), value("item_ids", Json(tuple[SyncItemId, ...])), text("import_ref"),
    value("done", Integer()), value("settled", Boolean()),
)  # fmt: skip

publications = table(
    "publication", key(), text("site_id", "site.id"), text("slo_id", "slo.id"),
    value("place", PlaceText()),
    text("work_id", "section_assessment.id", optional=True), text("guid"),
    value("generation", Integer()), value("slo_version", Integer()), text("outcome_ref"),
    value("content", Json(OutcomeContent)), value("meanings", Json(tuple[RatingMeaning, ...])),
    value("live", Boolean()), value("mapped", Boolean()), value("sent_at", UtcDateTime()),
    text("run_id", "sync_run.id", optional=True), value("version", Integer()),
)  # fmt: skip
# A foreign outcome may have no guid.
_NAMED = sql("guid <> ''")
Index(
    "uq_attain_publication_guid", publications.c.site_id, publications.c.guid, unique=True,
    sqlite_where=_NAMED, postgresql_where=_NAMED,
)  # fmt: skip
Index(None, publications.c.site_id, publications.c.slo_id)
Index(None, publications.c.site_id, publications.c.outcome_ref)
Index(None, publications.c.site_id, publications.c.place)

account_authorisations = table(
    "account_authorisation", key("site_id", "site.id"), key("person_id", "person.id"),
    text("account_ref"), value("given_at", UtcDateTime()), value("checked_at", UtcDateTime()),
    text("lost_reason"), value("version", Integer()),
)  # fmt: skip

org_pairings = table(
    "org_pairing", key("org_id", "org.id"), key("site_id", "site.id"), text("account_ref"),
    text("account_name"), text("paired_by"), value("paired_at", UtcDateTime()),
)  # fmt: skip
Index(None, org_pairings.c.site_id)

section_pairings = table(
    "section_pairing", key("section_id", "section.id"), key("person_id", "person.id"),
    text("site_id", "site.id"), text("course_ref"), text("course_name"),
    value("chosen_at", UtcDateTime()),
)  # fmt: skip
