"""How alembic looks at our database."""

from typing import Any

from alembic.runtime.environment import NameFilterParentNames, NameFilterType

from adapters.outbound.persistence.tables.base import PREFIX, SCHEMA_VERSION


def _ours(name: str | None, kind: NameFilterType, _parents: NameFilterParentNames) -> bool:
    """Other libraries keep tables in our database; alembic would drop them."""
    return kind != "table" or (name is not None and name.startswith(PREFIX))


OPTIONS: dict[str, Any] = {
    "version_table": SCHEMA_VERSION,
    "include_name": _ours,
    "render_as_batch": True,
    "transactional_ddl": True,
}
