"""All tables as plain cells, without secrets."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from sqlalchemy import Column, Connection, Engine, LargeBinary, Table, select, type_coerce

from adapters.outbound.persistence.columns import PLAIN_TEXT, Packed, is_written_as_text
from adapters.outbound.persistence.tables.base import PREFIX
from adapters.outbound.persistence.tables.every import metadata
from application.ports.table_dump import DumpedTable

WITHHELD = {
    "nonce": "launches that were seen; of use to the running server alone",
    "launch_value": "what launches said of people, which is forgotten after 90 days",
    "session": "who is signed in",
    "one_time_code": "single-use codes",
    "local_password": "hashes of passwords",
    "consent": "authorizations that have been begun",
    "slo_result": "worked out of the scores, which are there",
    "slo_count": "worked out of the scores, which are there",
    "roll_up": "worked out of the scores, which are there",
}
"""Tables that no export holds, with the reason."""
_HASHED = "_hash"
_BATCH = 2_000


@contextmanager
def dumped_tables(engine: Engine) -> Iterator[Iterator[DumpedTable]]:
    """Answers `application.ports.table_dump.TableDump`: one transaction, so one moment."""
    with engine.begin() as connection:
        yield (
            DumpedTable(name, tuple(column.name for column in columns), _rows(connection, columns))
            for name, columns in exported_columns().items()
        )


def exported_columns() -> dict[str, tuple[Column[Any], ...]]:
    """What an export holds: the columns of each table by its name without our prefix."""
    tables = {name.removeprefix(PREFIX): table for name, table in metadata.tables.items()}
    return {name: _open(table) for name, table in sorted(tables.items()) if name not in WITHHELD}


def _open(table: Table) -> tuple[Column[Any], ...]:
    return tuple(column for column in table.columns if not _is_withheld(column))


def _is_withheld(column: Column[Any]) -> bool:
    """Secrets, and what is kept packed only so that a deed can be taken back."""
    return isinstance(column.type, LargeBinary | Packed) or column.name.endswith(_HASHED)


def _rows(connection: Connection, columns: tuple[Column[Any], ...]) -> Iterator[tuple[object, ...]]:
    """Values of ours come as the text that is stored for them."""
    stored = [type_coerce(c, PLAIN_TEXT) if is_written_as_text(c.type) else c for c in columns]
    statement = select(*stored).order_by(*columns[0].table.primary_key)
    for row in connection.execution_options(yield_per=_BATCH).execute(statement):
        yield tuple(_cell(value) for value in row)


def _cell(value: object) -> object:
    match value:
        case bool():
            return "true" if value else "false"
        case date():  # a moment is one too
            return value.isoformat()
        case _:
            return value
