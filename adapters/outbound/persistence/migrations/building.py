"""The words that migrations are written in. They mean for ever what they meant: a migration
of the past is run again wherever a database begins.
"""

import sqlalchemy as sa
from alembic import op

# The same order of text on every server; SQLite has it anyway.
TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
MOMENT = sa.DateTime(timezone=True)


def keyed(name: str, *columns: str) -> sa.PrimaryKeyConstraint:
    """The primary key of the table `attain_<name>`."""
    return sa.PrimaryKeyConstraint(*columns, name=op.f(f"pk_attain_{name}"))


def belongs(name: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    """A column that names a row of `attain_<target>`, looked at when the transaction ends."""
    return sa.ForeignKeyConstraint(
        [column],
        [f"attain_{target}.id"],
        name=op.f(f"fk_attain_{name}_{column}"),
        initially="DEFERRED",
        deferrable=True,
    )


def index(name: str, column: str, *, unique: bool = False) -> None:
    op.create_index(op.f(f"ix_attain_{name}_{column}"), f"attain_{name}", [column], unique=unique)
