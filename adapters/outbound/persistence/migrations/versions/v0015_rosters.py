"""What is asked of a load, the roles that it ended, and indexes that tell who is in an org."""

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
    for table, former, columns in (
        ("enrolment", ["section_id", "role"], ["active", "person_id"]),
        ("role_grant", ["role", "org_id"], ["person_id"]),
    ):
        name = f"attain_{table}"
        op.drop_index(op.f(f"ix_{name}_{'_'.join(former)}"), name)
        wider = [*former, *columns]
        op.create_index(op.f(f"ix_{name}_{'_'.join(wider)}"), name, wider)
