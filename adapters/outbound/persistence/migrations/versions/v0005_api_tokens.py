"""Tokens by which programs use the API."""

import sqlalchemy as sa
from alembic import op

from adapters.outbound.persistence.migrations.building import MOMENT, TEXT

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "attain_api_token",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("text_hash", TEXT, nullable=False),
        sa.Column("person_id", TEXT, nullable=False),
        sa.Column("role", TEXT, nullable=False),
        sa.Column("scope", TEXT, nullable=False),
        sa.Column("label", TEXT, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("last_used_at", MOMENT, nullable=True),
        sa.Column("revoked_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["attain_person.id"],
            name=op.f("fk_attain_api_token_person_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attain_api_token")),
    )
    op.create_index(
        op.f("ix_attain_api_token_text_hash"), "attain_api_token", ["text_hash"], unique=True
    )
    op.create_index(
        op.f("ix_attain_api_token_person_id"), "attain_api_token", ["person_id"], unique=False
    )
