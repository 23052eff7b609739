"""Results and counts for reports. They are filled from the scores when the upgrade ends."""

import sqlalchemy as sa
from alembic import op

from adapters.outbound.persistence.migrations.building import TEXT, belongs

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "attain_slo_result",
        sa.Column("work_id", TEXT, nullable=False),
        sa.Column("slo_id", TEXT, nullable=False),
        sa.Column("slo_version", sa.Integer(), nullable=False),
        sa.Column("term_id", TEXT, nullable=False),
        sa.Column("purpose", TEXT, nullable=False),
        sa.Column("levels", TEXT, nullable=False),
        sa.Column("students", sa.LargeBinary(), nullable=False),
        sa.Column("reached", sa.LargeBinary(), nullable=False),
        sa.Column("times", sa.LargeBinary(), nullable=False),
        sa.Column("counted", TEXT, nullable=False),
        belongs("slo_result", "work_id", "section_assessment"),
        sa.PrimaryKeyConstraint("work_id", "slo_id", name=op.f("pk_attain_slo_result")),
    )
    for columns in (["slo_id", "term_id"], ["term_id"]):
        op.create_index(
            op.f(f"ix_attain_slo_result_{'_'.join(columns)}"), "attain_slo_result", columns
        )
    op.create_table(
        "attain_slo_count",
        sa.Column("term_id", TEXT, nullable=False),
        sa.Column("purpose", TEXT, nullable=False),
        sa.Column("slo_id", TEXT, nullable=False),
        sa.Column("slo_version", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("levels", TEXT, nullable=False),
        sa.Column("not_assessed", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(
            "term_id", "purpose", "slo_id", "slo_version", name=op.f("pk_attain_slo_count")
        ),
    )
    op.create_index(op.f("ix_attain_slo_count_slo_id"), "attain_slo_count", ["slo_id"])
