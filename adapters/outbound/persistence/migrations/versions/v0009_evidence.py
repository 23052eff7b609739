"""Evidence: what is known of each file, link and LMS submission."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

# The same order of text on every server; SQLite has it anyway.
TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
MOMENT = sa.DateTime(timezone=True)


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
        _belongs("work_id", "section_assessment"),
        _belongs("student_id", "person"),
        _belongs("owner_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attain_evidence")),
    )
    for name in ("work_id", "student_id", "action_plan_id", "keep_until"):
        op.create_index(op.f(f"ix_attain_evidence_{name}"), "attain_evidence", [name])


def _belongs(column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column],
        [f"attain_{target}.id"],
        name=op.f(f"fk_attain_evidence_{column}"),
        initially="DEFERRED",
        deferrable=True,
    )
