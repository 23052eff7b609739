"""What loads of rosters keep; dates of enrolments, how and where sections are taught."""

import sqlalchemy as sa
from alembic import op

from adapters.outbound.persistence.migrations.building import MOMENT, TEXT, belongs

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # The default stays: SQLite could drop it only by making the table anew, under its children.
    for name in ("mode", "location"):
        op.add_column("attain_section", sa.Column(name, TEXT, nullable=False, server_default=""))
    op.add_column("attain_enrolment", sa.Column("begins_on", sa.Date(), nullable=True))
    op.add_column("attain_enrolment", sa.Column("ends_on", sa.Date(), nullable=True))
    _loads()
    _of_loads()
    _of_people()


def _loads() -> None:
    op.create_table(
        "attain_load_run",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("file", TEXT, nullable=False),
        sa.Column("content_hash", TEXT, nullable=False),
        sa.Column("requested_by", TEXT, nullable=False),
        sa.Column("requested_at", MOMENT, nullable=False),
        sa.Column("limit", TEXT, nullable=False),
        sa.Column("rekey", sa.Boolean(), nullable=False),
        sa.Column("move_sections", sa.Boolean(), nullable=False),
        sa.Column("state", TEXT, nullable=False),
        sa.Column("reason", TEXT, nullable=False),
        sa.Column("over_limit", sa.Boolean(), nullable=False),
        sa.Column("counts", TEXT, nullable=False),
        sa.Column("errors", sa.Integer(), nullable=False),
        sa.Column("warnings", sa.Integer(), nullable=False),
        sa.Column("repeats", TEXT, nullable=True),
        sa.Column("finished_at", MOMENT, nullable=True),
        sa.Column("job_id", TEXT, nullable=True),
        sa.Column("undone_by", TEXT, nullable=False),
        sa.Column("undone_at", MOMENT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attain_load_run")),
    )
    op.create_index(op.f("ix_attain_load_run_requested_at"), "attain_load_run", ["requested_at"])
    op.create_index(
        op.f("ix_attain_load_run_state_finished_at"), "attain_load_run", ["state", "finished_at"]
    )


def _of_loads() -> None:
    op.create_table(
        "attain_load_finding",
        sa.Column("run_id", TEXT, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("findings", sa.LargeBinary(), nullable=False),
        belongs("load_finding", "run_id", "load_run"),
        sa.PrimaryKeyConstraint("run_id", "number", name=op.f("pk_attain_load_finding")),
    )
    op.create_table(
        "attain_load_double",
        sa.Column("run_id", TEXT, nullable=False),
        sa.Column("pairs", sa.LargeBinary(), nullable=False),
        belongs("load_double", "run_id", "load_run"),
        sa.PrimaryKeyConstraint("run_id", name=op.f("pk_attain_load_double")),
    )
    op.create_table(
        "attain_load_before",
        sa.Column("run_id", TEXT, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("before", sa.LargeBinary(), nullable=False),
        sa.Column("after", sa.LargeBinary(), nullable=False),
        sa.Column("added", sa.LargeBinary(), nullable=False),
        sa.Column("grants", sa.LargeBinary(), nullable=False),
        sa.Column("demographics", sa.LargeBinary(), nullable=False),
        sa.Column("described", sa.LargeBinary(), nullable=False),
        belongs("load_before", "run_id", "load_run"),
        sa.PrimaryKeyConstraint("run_id", "kind", name=op.f("pk_attain_load_before")),
    )
    op.create_table(
        "attain_load_pace",
        sa.Column("run_id", TEXT, nullable=False),
        sa.Column("doing", TEXT, nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        belongs("load_pace", "run_id", "load_run"),
        sa.PrimaryKeyConstraint("run_id", name=op.f("pk_attain_load_pace")),
    )


def _of_people() -> None:
    op.create_table(
        "attain_person_alias",
        sa.Column("person_id", TEXT, nullable=False),
        sa.Column("field", TEXT, nullable=False),
        sa.Column("value", TEXT, nullable=False),
        sa.Column("noted_at", MOMENT, nullable=False),
        sa.Column("value_key", TEXT, nullable=False),
        belongs("person_alias", "person_id", "person"),
        sa.PrimaryKeyConstraint("person_id", "field", "value", name=op.f("pk_attain_person_alias")),
    )
    op.create_index(
        op.f("ix_attain_person_alias_field_value_key"),
        "attain_person_alias",
        ["field", "value_key"],
    )
    op.create_table(
        "attain_demographic",
        sa.Column("person_id", TEXT, nullable=False),
        sa.Column("attribute", TEXT, nullable=False),
        sa.Column("value", TEXT, nullable=False),
        belongs("demographic", "person_id", "person"),
        sa.PrimaryKeyConstraint("person_id", "attribute", name=op.f("pk_attain_demographic")),
    )
