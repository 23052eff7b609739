"""What is asked of a load, the roles that it ended, and indexes that tell who is in an org."""

import sqlalchemy as sa
from alembic import op

from adapters.outbound.persistence.migrations.building import TEXT

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "attain_load_run", sa.Column("reading", TEXT, nullable=False, server_default="{}")
    )
    op.add_column("attain_load_before", sa.Column("revoked", sa.LargeBinary(), nullable=True))
    for table, former, columns in (
        ("enrolment", ["section_id", "role"], ["active", "person_id"]),
        ("role_grant", ["role", "org_id"], ["person_id"]),
    ):
        name = f"attain_{table}"
        op.drop_index(op.f(f"ix_{name}_{'_'.join(former)}"), name)
        wider = [*former, *columns]
        op.create_index(op.f(f"ix_{name}_{'_'.join(wider)}"), name, wider)
