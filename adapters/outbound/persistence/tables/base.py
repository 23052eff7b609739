"""What all tables share: one metadata, the prefix, and names for constraints."""

from typing import TypeVar

from sqlalchemy import Column, ForeignKey, Integer, MetaData, Table
from sqlalchemy.schema import SchemaItem
from sqlalchemy.types import TypeEngine

from adapters.outbound.persistence.columns import PLAIN_TEXT

T = TypeVar("T")

PREFIX = "attain_"
SCHEMA_VERSION = f"{PREFIX}schema_version"
"""Where alembic keeps the revision of the schema."""

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def table(name: str, *items: SchemaItem) -> Table:
    return Table(PREFIX + name, metadata, *items)


def key(name: str = "id", target: str | None = None) -> Column[str]:
    """A part of the primary key, perhaps naming the record of another table."""
    return Column(name, PLAIN_TEXT, *_points_to(target), primary_key=True)


def number_key(name: str) -> Column[int]:
    """A part of the primary key that counts; we count, not the database."""
    return Column(name, Integer(), primary_key=True, autoincrement=False)


def value_key(name: str, kind: TypeEngine[T]) -> Column[T]:
    """A part of the primary key that is no plain text."""
    return Column(name, kind, primary_key=True)


def text(name: str, target: str | None = None, *, optional: bool = False) -> Column[str]:
    return Column(name, PLAIN_TEXT, *_points_to(target), nullable=optional)


def value(name: str, kind: TypeEngine[T], *, optional: bool = False) -> Column[T]:
    return Column(name, kind, nullable=optional)


def _points_to(target: str | None) -> tuple[ForeignKey, ...]:
    """Checked at commit, so that a load may bring children before their parents."""
    if target is None:
        return ()
    return (ForeignKey(f"{PREFIX}{target}", deferrable=True, initially="DEFERRED"),)
