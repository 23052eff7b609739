"""How the files of a load are read: encoding, orgs and terms, asked with the load."""

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
