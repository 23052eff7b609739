"""Values of launches for a while, decisions of the identity console, people made one."""

import sqlalchemy as sa
from alembic import op

from adapters.outbound.persistence.migrations.building import MOMENT, TEXT, belongs

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # The default stays: SQLite could drop it only by making the table anew.
    column = sa.Column("account_ref", TEXT, nullable=False, server_default="")
    op.add_column("attain_lms_identity", column)
    _values()
    _decisions()
    _merges()


def _values() -> None:
    op.create_table(
        "attain_launch_value",
        sa.Column("launch_id", TEXT, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("audience", TEXT, nullable=False),
        sa.Column("values", TEXT, nullable=False),
        belongs("launch_value", "launch_id", "launch"),
        sa.PrimaryKeyConstraint("launch_id", name=op.f("pk_attain_launch_value")),
    )
    op.create_index(op.f("ix_attain_launch_value_at"), "attain_launch_value", ["at"])


def _decisions() -> None:
    op.create_table(
        "attain_matching_decision",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("subject", TEXT, nullable=False),
        sa.Column("verdict", TEXT, nullable=False),
        sa.Column("person_id", TEXT, nullable=True),
        sa.Column("reason", TEXT, nullable=False),
        sa.Column("compared", TEXT, nullable=False),
        sa.Column("why", TEXT, nullable=False),
        sa.Column("launch_ids", TEXT, nullable=False),
        sa.Column("before", TEXT, nullable=True),
        sa.Column("decided_by", TEXT, nullable=False),
        sa.Column("decided_at", MOMENT, nullable=False),
        sa.Column("undone_by", TEXT, nullable=False),
        sa.Column("undone_at", MOMENT, nullable=True),
        belongs("matching_decision", "person_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attain_matching_decision")),
    )
    for name in ("subject", "decided_at"):
        op.create_index(
            op.f(f"ix_attain_matching_decision_{name}"), "attain_matching_decision", [name]
        )


def _merges() -> None:
    op.create_table(
        "attain_person_merge",
        sa.Column("decision_id", TEXT, nullable=False),
        sa.Column("gone_id", TEXT, nullable=False),
        sa.Column("kept_id", TEXT, nullable=False),
        sa.Column("moved", TEXT, nullable=False),
        sa.Column("was_active", sa.Boolean(), nullable=False),
        sa.Column("merged_at", MOMENT, nullable=False),
        sa.Column("undone_at", MOMENT, nullable=True),
        belongs("person_merge", "decision_id", "matching_decision"),
        belongs("person_merge", "gone_id", "person"),
        belongs("person_merge", "kept_id", "person"),
        sa.PrimaryKeyConstraint("decision_id", name=op.f("pk_attain_person_merge")),
    )
    op.create_index(op.f("ix_attain_person_merge_gone_id"), "attain_person_merge", ["gone_id"])
