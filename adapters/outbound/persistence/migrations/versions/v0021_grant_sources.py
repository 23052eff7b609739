"""Which role each row of a file of roles gave, so that a row that changes ends the former one."""

import sqlalchemy as sa
from alembic import op

from adapters.outbound.persistence.migrations.building import TEXT, belongs, index, keyed

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "attain_grant_source",
        sa.Column("source_id", TEXT, nullable=False),
        sa.Column("person_id", TEXT, nullable=False),
        sa.Column("role", TEXT, nullable=False),
        sa.Column("org_id", TEXT, nullable=True),
        belongs("grant_source", "person_id", "person"),
        belongs("grant_source", "org_id", "org"),
        keyed("grant_source", "source_id"),
    )
    index("grant_source", "person_id")
    op.add_column("attain_load_before", sa.Column("sources", sa.LargeBinary(), nullable=True))
