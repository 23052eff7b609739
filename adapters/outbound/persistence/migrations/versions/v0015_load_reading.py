"""What is asked of the reading of a load, and the roles that a load ended."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

# The same order of text on every server; SQLite has it anyway.
TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.add_column(
        "attain_load_run", sa.Column("reading", TEXT, nullable=False, server_default="{}")
    )
    op.add_column("attain_load_before", sa.Column("revoked", sa.LargeBinary(), nullable=True))
