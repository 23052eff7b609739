"""Runs migrations on the connection that `schema.py` hands over."""

from alembic import context

from adapters.outbound.persistence.migrations.options import OPTIONS
from adapters.outbound.persistence.tables.every import metadata

context.configure(
    connection=context.config.attributes["connection"], target_metadata=metadata, **OPTIONS
)
context.run_migrations()
