"""Launches and who stood behind them, registrations, LMS sites, sessions, settings, audit."""

from sqlalchemy import Boolean, Index, Integer, LargeBinary
from sqlalchemy import text as sql

from adapters.outbound.persistence.columns import Choice, Json, UtcDateTime
from adapters.outbound.persistence.tables.base import key, number_key, table, text, value
from domain.access import Role
from domain.lms_site import AuthorisationState

lms_identities = table(
    "lms_identity", key("platform"), key("lms_user_id"), text("person_id", "person.id"),
    text("matched_value"), value("matched_at", UtcDateTime()), text("decided_by", optional=True),
    text("account_ref"),
)  # fmt: skip
Index(None, lms_identities.c.person_id)

launches = table(
    "launch", key(), value("at", UtcDateTime()), text("slug"), text("reason"), text("platform"),
    text("lms_user_id"), text("context_id"), text("context_label"), text("resource_link_id"),
    text("roles"), text("compared"), text("person_id", optional=True), text("reference"),
    value("queued", Boolean()), text("resolved_to", optional=True),
)  # fmt: skip
# As text, so that query and index are worded alike on both databases.
QUEUED = sql("queued AND resolved_to IS NULL")
Index(None, launches.c.at)
Index(
    "ix_attain_launch_queue", launches.c.platform, launches.c.lms_user_id,
    sqlite_where=QUEUED, postgresql_where=QUEUED,
)  # fmt: skip

consumer_keys = table(
    "consumer_key", key("key"), text("label"), value("secret", LargeBinary()),
    value("previous_secret", LargeBinary(), optional=True),
    value("previous_until", UtcDateTime(), optional=True), value("created_at", UtcDateTime()),
    value("last_used_at", UtcDateTime(), optional=True),
    value("revoked_at", UtcDateTime(), optional=True), value("version", Integer()),
)  # fmt: skip

nonces = table("nonce", key("consumer_key"), key("nonce_hash"), value("until", UtcDateTime()))
Index(None, nonces.c.until)

sites = table(
    "site", key(), text("name"), text("plugin"), text("url"), text("client_id"),
    value("client_secret", LargeBinary()), text("account_ref"), value("test", Boolean()),
    value("active", Boolean()), value("version", Integer()),
)  # fmt: skip
Index(None, sites.c.name, unique=True)

authorisations = table(
    "authorisation", key(), text("site_id", "site.id"), text("person_id", "person.id"),
    text("user_ref"), value("access_token", LargeBinary()), value("refresh_token", LargeBinary()),
    value("expires_at", UtcDateTime(), optional=True), value("state", Choice(AuthorisationState)),
    text("lost_reason"), value("authorised_at", UtcDateTime()),
    value("lease_until", UtcDateTime(), optional=True), value("version", Integer()),
)  # fmt: skip
Index(None, authorisations.c.site_id, authorisations.c.person_id)

consents = table(
    "consent", key("state_hash"), text("session_hash"), text("site_id", "site.id"),
    text("person_id", "person.id", optional=True), text("purpose"), text("return_to"),
    value("expires_at", UtcDateTime()),
)  # fmt: skip

sessions = table(
    "session", key(), text("token_hash"), text("person_id", "person.id"),
    value("role", Choice(Role)), value("context", Json(dict[str, str])), text("lms_origin"),
    value("started_at", UtcDateTime()), value("seen_at", UtcDateTime()),
    value("ended_at", UtcDateTime(), optional=True), text("org_id", optional=True),
)  # fmt: skip
Index(None, sessions.c.token_hash, unique=True)
Index(None, sessions.c.person_id)

local_passwords = table(
    "local_password", key("person_id", "person.id"), text("hash"),
    value("changed_at", UtcDateTime()), text("changed_by"),
)  # fmt: skip

one_time_codes = table(
    "one_time_code", key("code_hash"), text("purpose"), text("session_id", optional=True),
    text("person_id", "person.id"), text("target"), value("expires_at", UtcDateTime()),
    value("spent_at", UtcDateTime(), optional=True),
)  # fmt: skip

settings = table("setting", key("name"), text("value"))

audit_entries = table(
    "audit_entry", number_key("number"), value("at", UtcDateTime()), text("actor"),
    text("verb"), text("subject"), text("details"), text("previous"), text("digest"),
)  # fmt: skip
