"""ePortfolios with their shares, and the keys that sign credentials."""

import sqlalchemy as sa
from alembic import op

from adapters.outbound.persistence.migrations.building import MOMENT, TEXT, belongs, index

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


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
        belongs("portfolio_collection", "owner_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attain_portfolio_collection")),
    )
    index("portfolio_collection", "owner_id")
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
        belongs("portfolio_share", "collection_id", "portfolio_collection"),
        belongs("portfolio_share", "owner_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attain_portfolio_share")),
    )
    index("portfolio_share", "code_hash", unique=True)
    index("portfolio_share", "owner_id")
    op.create_table(
        "attain_signing_key",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("public", TEXT, nullable=False),
        sa.Column("private", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("retired_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attain_signing_key")),
    )
