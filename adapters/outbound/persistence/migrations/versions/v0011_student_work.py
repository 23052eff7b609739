"""DLAs, who has them, and self-assessments."""

import sqlalchemy as sa
from alembic import op

from adapters.outbound.persistence.migrations.building import MOMENT, TEXT, belongs, index

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _dlas()
    _assigned()
    _self_assessments()


def _dlas() -> None:
    op.create_table(
        "attain_dla",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("owner_id", TEXT, nullable=False),
        sa.Column("title", TEXT, nullable=False),
        sa.Column("instructions", TEXT, nullable=False),
        sa.Column("links", TEXT, nullable=False),
        sa.Column("hand_in", TEXT, nullable=False),
        sa.Column("slo_id", TEXT, nullable=True),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("retired_at", MOMENT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        belongs("dla", "owner_id", "person"),
        belongs("dla", "slo_id", "slo"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attain_dla")),
    )
    index("dla", "owner_id")


def _assigned() -> None:
    name = "assigned_dla"
    op.create_table(
        f"attain_{name}",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("dla_id", TEXT, nullable=False),
        sa.Column("section_id", TEXT, nullable=False),
        sa.Column("student_id", TEXT, nullable=False),
        sa.Column("work_id", TEXT, nullable=True),
        sa.Column("due_at", MOMENT, nullable=True),
        sa.Column("state", TEXT, nullable=False),
        sa.Column("text", TEXT, nullable=False),
        sa.Column("links", TEXT, nullable=False),
        sa.Column("steps", TEXT, nullable=False),
        sa.Column("assigned_by", TEXT, nullable=False),
        sa.Column("assigned_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        belongs(name, "dla_id", "dla"),
        belongs(name, "section_id", "section"),
        belongs(name, "student_id", "person"),
        belongs(name, "work_id", "section_assessment"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attain_assigned_dla")),
        sa.UniqueConstraint(
            "dla_id",
            "section_id",
            "student_id",
            name=op.f("uq_attain_assigned_dla_dla_id_section_id_student_id"),
        ),
    )
    index(name, "section_id")
    index(name, "student_id")


def _self_assessments() -> None:
    name = "self_assessment"
    op.create_table(
        f"attain_{name}",
        sa.Column("section_assessment_id", TEXT, nullable=False),
        sa.Column("student_id", TEXT, nullable=False),
        sa.Column("scores", TEXT, nullable=False),
        sa.Column("note", TEXT, nullable=False),
        sa.Column("submitted_at", MOMENT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        belongs(name, "section_assessment_id", "section_assessment"),
        belongs(name, "student_id", "person"),
        sa.PrimaryKeyConstraint(
            "section_assessment_id", "student_id", name=op.f("pk_attain_self_assessment")
        ),
    )
    index(name, "student_id")
