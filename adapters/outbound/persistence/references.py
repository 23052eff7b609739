"""Which columns of the whole schema name the records of one table."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Column

from adapters.outbound.persistence.tables.every import metadata


def columns_naming(key: Column[Any]) -> Iterator[Column[Any]]:
    """All that refer to this primary key; new tables join by themselves."""
    for table in metadata.sorted_tables:
        yield from (column for column in table.columns if column.references(key))
