"""The plain way to load the same files: `python -m tests.benchmark.roster_peers URL FOLDER`.

Every row of every file goes into a table of its own by a SQLAlchemy Core upsert, many at a
time; nothing is checked, and references are text.
"""

import csv
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from sqlalchemy import Column, Engine, MetaData, Table, Text, create_engine
from sqlalchemy.dialects import postgresql, sqlite

from tests.benchmark.big_college import HEADS, TABLES

_BATCH = 10_000


def table_of(name: str, metadata: MetaData) -> Table:
    columns = (
        Column(head, Text(), primary_key=not place) for place, head in enumerate(HEADS[name])
    )
    return Table(f"peer_{name}", metadata, *columns)


def load(engine: Engine, folder: Path) -> None:
    metadata = MetaData()
    tables = {name: table_of(name, metadata) for name in TABLES}
    metadata.create_all(engine)
    made = sqlite.insert if engine.dialect.name == "sqlite" else postgresql.insert
    with engine.begin() as connection:
        for name, table in tables.items():
            insert = made(table)
            rest = {c.name: insert.excluded[c.name] for c in table.columns if not c.primary_key}
            upsert = insert.on_conflict_do_update(index_elements=["sourcedId"], set_=rest)
            for rows in _batches(folder / f"{name}.csv"):
                connection.execute(upsert, rows)


def _batches(path: Path) -> Iterator[list[dict[str, str]]]:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        while batch := list(islice(reader, _BATCH)):
            yield batch


if __name__ == "__main__":
    load(create_engine(sys.argv[1]), Path(sys.argv[2]))
