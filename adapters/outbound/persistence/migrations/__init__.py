"""Alembic migrations; `adapters.outbound.persistence.schema` runs them."""
