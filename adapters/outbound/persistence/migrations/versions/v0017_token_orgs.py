"""Tokens for the API that reach one org only."""

import sqlalchemy as sa
from alembic import op

from adapters.outbound.persistence.migrations.building import TEXT

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("attain_api_token", sa.Column("org_id", TEXT, nullable=True))
