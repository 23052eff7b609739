"""ePortfolios with their shares, and the keys that sign credentials."""

from sqlalchemy import Index, Integer, LargeBinary

from adapters.outbound.persistence.columns import Json, UtcDateTime
from adapters.outbound.persistence.tables.base import key, table, text, value
from domain.portfolio.collection import Item

collections = table(
    "portfolio_collection", key(), text("owner_id", "person.id"), text("title"),
    text("reflection"), value("items", Json(tuple[Item, ...])), value("made_at", UtcDateTime()),
    value("changed_at", UtcDateTime()), value("removed_at", UtcDateTime(), optional=True),
    value("version", Integer()),
)  # fmt: skip
Index(None, collections.c.owner_id)

shares = table(
    "portfolio_share", key(), text("collection_id", "portfolio_collection.id"),
    text("owner_id", "person.id"), text("code_hash"), text("label"),
    value("made_at", UtcDateTime()), value("ends_at", UtcDateTime()),
    value("revoked_at", UtcDateTime(), optional=True),
    value("last_seen_at", UtcDateTime(), optional=True),
)  # fmt: skip
Index(None, shares.c.code_hash, unique=True)
Index(None, shares.c.owner_id)

signing_keys = table(
    "signing_key", key(), text("public"), value("private", LargeBinary()),
    value("made_at", UtcDateTime()), value("retired_at", UtcDateTime(), optional=True),
)  # fmt: skip

issued_credentials = table(
    "issued_credential", key(), text("person_id", "person.id"), text("work_id"), text("row_id"),
    text("points"), value("released_at", UtcDateTime()), value("list_number", Integer()),
    value("place", Integer()), value("issued_at", UtcDateTime()),
)  # fmt: skip
Index(None, issued_credentials.c.list_number, issued_credentials.c.place, unique=True)
Index(None, issued_credentials.c.person_id)
