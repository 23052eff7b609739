"""Credentials that were handed out, each with its place in a list of which stand."""

import sqlalchemy as sa
from alembic import op

from adapters.outbound.persistence.migrations.building import (
    MOMENT,
    TEXT,
    belongs,
    index,
    keyed,
)

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "attain_issued_credential",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("person_id", TEXT, nullable=False),
        sa.Column("work_id", TEXT, nullable=False),
        sa.Column("row_id", TEXT, nullable=False),
        sa.Column("points", TEXT, nullable=False),
        sa.Column("released_at", MOMENT, nullable=False),
        sa.Column("list_number", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("issued_at", MOMENT, nullable=False),
        belongs("issued_credential", "person_id", "person"),
        keyed("issued_credential", "id"),
    )
    index("issued_credential", "person_id")
    op.create_index(
        op.f("ix_attain_issued_credential_list_number_place"),
        "attain_issued_credential",
        ["list_number", "place"],
        unique=True,
    )
