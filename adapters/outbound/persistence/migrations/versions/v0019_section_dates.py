"""The days of a section where they are not those of its term."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("starts_on", "ends_on"):
        op.add_column("attain_section", sa.Column(name, sa.Date(), nullable=True))
