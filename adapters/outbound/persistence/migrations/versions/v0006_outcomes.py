"""Wordings, mappings and targets of SLOs, mastery levels, and what foreign files say."""

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

from adapters.outbound.persistence.migrations.building import MOMENT, TEXT, belongs

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _make_tables()
    _keep_wordings()
    _keep_mastery_levels()
    _keep_one_default()
    op.create_index(
        "uq_attain_scale_default",
        "attain_scale",
        ["is_default"],
        unique=True,
        sqlite_where=sa.text("is_default"),
        postgresql_where=sa.text("is_default"),
    )


def _make_tables() -> None:
    op.create_table(
        "attain_slo_version",
        sa.Column("slo_id", TEXT, nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("title", TEXT, nullable=False),
        sa.Column("statement", TEXT, nullable=False),
        sa.Column("since", MOMENT, nullable=True),
        sa.Column("until", MOMENT, nullable=True),
        sa.Column("replaces", sa.Integer(), nullable=True),
        belongs("slo_version", "slo_id", "slo"),
        sa.PrimaryKeyConstraint("slo_id", "version", name=op.f("pk_attain_slo_version")),
    )
    op.create_table(
        "attain_slo_mapping",
        sa.Column("lower_id", TEXT, nullable=False),
        sa.Column("higher_id", TEXT, nullable=False),
        sa.Column("from_term", TEXT, nullable=False),
        sa.Column("until_term", TEXT, nullable=True),
        sa.Column("kind", TEXT, nullable=True),
        belongs("slo_mapping", "lower_id", "slo"),
        belongs("slo_mapping", "higher_id", "slo"),
        belongs("slo_mapping", "from_term", "term"),
        belongs("slo_mapping", "until_term", "term"),
        sa.PrimaryKeyConstraint(
            "lower_id", "higher_id", "from_term", name=op.f("pk_attain_slo_mapping")
        ),
    )
    op.create_index(op.f("ix_attain_slo_mapping_higher_id"), "attain_slo_mapping", ["higher_id"])
    op.create_table(
        "attain_mastery_level",
        sa.Column("code", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("met", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_attain_mastery_level")),
    )
    op.create_table(
        "attain_target",
        sa.Column("of", TEXT, nullable=False),
        sa.Column("subject_id", TEXT, nullable=False),
        sa.Column("share", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("of", "subject_id", name=op.f("pk_attain_target")),
    )
    op.create_table(
        "attain_foreign_record",
        sa.Column("standard", TEXT, nullable=False),
        sa.Column("framework", TEXT, nullable=False),
        sa.Column("identifier", TEXT, nullable=False),
        sa.Column("slo_id", TEXT, nullable=True),
        sa.Column("body", TEXT, nullable=False),
        belongs("foreign_record", "slo_id", "slo"),
        sa.PrimaryKeyConstraint(
            "standard", "framework", "identifier", name=op.f("pk_attain_foreign_record")
        ),
    )
    op.create_index(op.f("ix_attain_foreign_record_slo_id"), "attain_foreign_record", ["slo_id"])


def _keep_wordings() -> None:
    """The wording that each SLO has now; since when, nobody knows any more."""
    op.execute(
        "INSERT INTO attain_slo_version (slo_id, version, title, statement)"
        " SELECT id, version, title, statement FROM attain_slo"
    )


def _keep_mastery_levels() -> None:
    """Scales carried the only copies; of several, that of the newest scale is kept."""
    connection = op.get_bind()
    rows = connection.execute(sa.text("SELECT levels FROM attain_scale ORDER BY version, id"))
    found: dict[str, dict[str, Any]] = {}
    for (levels,) in rows:
        for level in json.loads(levels):
            found[level["mastery"]["code"]] = level["mastery"]
    insert = sa.text(
        "INSERT INTO attain_mastery_level (code, name, position, met)"
        " VALUES (:code, :name, :position, :met)"
    )
    for mastery in found.values():
        connection.execute(insert, mastery)


def _keep_one_default() -> None:
    """The one that was taken so far: by code, then version."""
    connection = op.get_bind()
    ordered = "SELECT id FROM attain_scale ORDER BY is_default DESC, code, version, id"
    first = connection.execute(sa.text(ordered)).scalar()
    if first is not None:
        connection.execute(
            sa.text("UPDATE attain_scale SET is_default = (id = :first)"), {"first": first}
        )
