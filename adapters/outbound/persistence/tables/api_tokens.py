"""Tokens for the API, by the hash of their text."""

from sqlalchemy import Index

from adapters.outbound.persistence.columns import Choice, UtcDateTime
from adapters.outbound.persistence.tables.base import key, table, text, value
from domain.access import Role
from domain.api_token import TokenScope

api_tokens = table(
    "api_token", key(), text("text_hash"), text("person_id", "person.id"),
    value("role", Choice(Role)), value("scope", Choice(TokenScope)), text("label"),
    value("created_at", UtcDateTime()), value("expires_at", UtcDateTime()),
    value("last_used_at", UtcDateTime(), optional=True),
    value("revoked_at", UtcDateTime(), optional=True), text("org_id", optional=True),
)  # fmt: skip
Index(None, api_tokens.c.text_hash, unique=True)
Index(None, api_tokens.c.person_id)
