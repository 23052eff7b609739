"""Counts by course, and what courses bring to higher SLOs. Counted anew as the upgrade ends."""

import sqlalchemy as sa
from alembic import op

from adapters.outbound.persistence.migrations.building import TEXT, index, keyed

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

_PLACE_OF_WORK = """
    UPDATE attain_slo_result SET (course_id, section_id) = (
        SELECT section.course_id, section.id
        FROM attain_section_assessment work JOIN attain_section section
        ON section.id = work.section_id WHERE work.id = attain_slo_result.work_id
    )
"""


def upgrade() -> None:
    for name in ("course_id", "section_id"):
        place = sa.Column(name, TEXT, nullable=False, server_default="")
        op.add_column("attain_slo_result", place)
    op.execute(_PLACE_OF_WORK)
    op.drop_table("attain_slo_count")
    op.create_table(
        "attain_slo_count",
        sa.Column("term_id", TEXT, nullable=False),
        sa.Column("purpose", TEXT, nullable=False),
        sa.Column("slo_id", TEXT, nullable=False),
        sa.Column("slo_version", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("course_id", TEXT, nullable=False),
        sa.Column("section_id", TEXT, nullable=True),
        sa.Column("levels", TEXT, nullable=False),
        sa.Column("not_assessed", sa.Integer(), nullable=False),
        sa.Column("mark", TEXT, nullable=False),
        keyed("slo_count", "term_id", "purpose", "slo_id", "slo_version", "course_id"),
    )
    index("slo_count", "slo_id")
    op.create_table(
        "attain_roll_up",
        sa.Column("term_id", TEXT, nullable=False),
        sa.Column("slo_id", TEXT, nullable=False),
        sa.Column("mark", TEXT, nullable=False),
        sa.Column("cells", TEXT, nullable=False),
        keyed("roll_up", "term_id", "slo_id"),
    )
