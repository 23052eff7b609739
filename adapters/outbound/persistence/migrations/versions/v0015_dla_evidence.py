"""Evidence that a student hands in with a DLA."""

import sqlalchemy as sa
from alembic import op

from adapters.outbound.persistence.migrations.building import TEXT

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("attain_evidence", sa.Column("assigned_dla_id", TEXT, nullable=True))
    index = op.f("ix_attain_evidence_assigned_dla_id")
    op.create_index(index, "attain_evidence", ["assigned_dla_id"])
