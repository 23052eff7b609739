"""ePortfolios with their shares, and the keys that sign credentials."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

# The same order of text on every server; SQLite has it anyway.
TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "attain_portfolio_collection",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("owner_id", TEXT, nullable=False),
        sa.Column("title", TEXT, nullable=False),
        sa.Column("reflection", TEXT, nullable=False),
        sa.Column("items", TEXT, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.Column("removed_at", MOMENT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        _belongs("portfolio_collection", "owner_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attain_portfolio_collection")),
    )
    _index("portfolio_collection", "owner_id")
    op.create_table(
        "attain_portfolio_share",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("collection_id", TEXT, nullable=False),
        sa.Column("owner_id", TEXT, nullable=False),
        sa.Column("code_hash", TEXT, nullable=False),
        sa.Column("label", TEXT, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("ends_at", MOMENT, nullable=False),
        sa.Column("revoked_at", MOMENT, nullable=True),
        sa.Column("last_seen_at", MOMENT, nullable=True),
        _belongs("portfolio_share", "collection_id", "portfolio_collection"),
        _belongs("portfolio_share", "owner_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attain_portfolio_share")),
    )
    _index("portfolio_share", "code_hash", unique=True)
    _index("portfolio_share", "owner_id")
    op.create_table(
        "attain_signing_key",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("public", TEXT, nullable=False),
        sa.Column("private", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("retired_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attain_signing_key")),
    )


def _belongs(name: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column],
        [f"attain_{target}.id"],
        name=op.f(f"fk_attain_{name}_{column}"),
        initially="DEFERRED",
        deferrable=True,
    )


def _index(name: str, column: str, *, unique: bool = False) -> None:
    op.create_index(op.f(f"ix_attain_{name}_{column}"), f"attain_{name}", [column], unique=unique)
