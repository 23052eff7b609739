"""Evidence: what is known of each file, link and LMS submission."""

import sqlalchemy as sa
from alembic import op

from adapters.outbound.persistence.migrations.building import MOMENT, TEXT, belongs

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "attain_evidence",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("target_kind", TEXT, nullable=False),
        sa.Column("work_id", TEXT, nullable=True),
        sa.Column("student_id", TEXT, nullable=True),
        sa.Column("action_plan_id", TEXT, nullable=True),
        sa.Column("owner_id", TEXT, nullable=False),
        sa.Column("source", TEXT, nullable=False),
        sa.Column("title", TEXT, nullable=False),
        sa.Column("url", TEXT, nullable=False),
        sa.Column("description", TEXT, nullable=False),
        sa.Column("file_key", TEXT, nullable=False),
        sa.Column("media_type", TEXT, nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("digest", TEXT, nullable=False),
        sa.Column("scan", TEXT, nullable=False),
        sa.Column("state", TEXT, nullable=False),
        sa.Column("added_at", MOMENT, nullable=False),
        sa.Column("keep_until", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        belongs("evidence", "work_id", "section_assessment"),
        belongs("evidence", "student_id", "person"),
        belongs("evidence", "owner_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attain_evidence")),
    )
    for name in ("work_id", "student_id", "action_plan_id", "keep_until"):
        op.create_index(op.f(f"ix_attain_evidence_{name}"), "attain_evidence", [name])
