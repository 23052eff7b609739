"""Counts of Collective work, evaluators, second scores, templates and sharing of reflections."""

import sqlalchemy as sa
from alembic import op

from adapters.outbound.persistence.migrations.building import MOMENT, TEXT, belongs, keyed

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("attain_reflection", sa.Column("asked", TEXT, nullable=True))
    op.add_column("attain_reflection", sa.Column("shared_at", MOMENT, nullable=True))
    _counts()
    _evaluators()
    _second_scores()
    _settled()
    _templates()


def _counts() -> None:
    op.create_table(
        "attain_collective_count",
        sa.Column("section_assessment_id", TEXT, nullable=False),
        sa.Column("row_id", TEXT, nullable=False),
        sa.Column("levels", TEXT, nullable=False),
        sa.Column("not_assessed", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("counted_by", TEXT, nullable=True),
        sa.Column("counted_at", MOMENT, nullable=True),
        sa.Column("total", sa.Integer(), nullable=False),
        belongs("collective_count", "section_assessment_id", "section_assessment"),
        keyed("collective_count", "section_assessment_id", "row_id"),
    )


def _evaluators() -> None:
    op.create_table(
        "attain_evaluator",
        sa.Column("section_assessment_id", TEXT, nullable=False),
        sa.Column("person_id", TEXT, nullable=False),
        sa.Column("scoring", TEXT, nullable=False),
        sa.Column("hides_names", sa.Boolean(), nullable=False),
        sa.Column("seed", TEXT, nullable=False),
        sa.Column("seats", TEXT, nullable=False),
        sa.Column("assigned_by", TEXT, nullable=False),
        sa.Column("assigned_at", MOMENT, nullable=False),
        sa.Column("withdrawn_at", MOMENT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        belongs("evaluator", "section_assessment_id", "section_assessment"),
        belongs("evaluator", "person_id", "person"),
        keyed("evaluator", "section_assessment_id", "person_id"),
    )
    op.create_index(op.f("ix_attain_evaluator_person_id"), "attain_evaluator", ["person_id"])


def _second_scores() -> None:
    op.create_table(
        "attain_second_score",
        *_cell_columns(),
        sa.Column("value", TEXT, nullable=False),
        sa.Column("comment", TEXT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("scored_at", MOMENT, nullable=True),
        *_cell_rules("second_score"),
    )


def _settled() -> None:
    op.create_table(
        "attain_settled_score",
        *_cell_columns(),
        sa.Column("first", TEXT, nullable=False),
        sa.Column("second", TEXT, nullable=False),
        sa.Column("stands", TEXT, nullable=False),
        sa.Column("decided_by", TEXT, nullable=False),
        sa.Column("decided_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        *_cell_rules("settled_score"),
    )


def _templates() -> None:
    op.create_table(
        "attain_reflection_template",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("org_id", TEXT, nullable=True),
        sa.Column("template", TEXT, nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        belongs("reflection_template", "org_id", "org"),
        keyed("reflection_template", "id"),
    )


_CELL = ("section_assessment_id", "scorer_id", "student_id", "row_id")


def _cell_columns() -> list[sa.Column[str]]:
    return [sa.Column(name, TEXT, nullable=False) for name in _CELL]


def _cell_rules(name: str) -> tuple[sa.Constraint, ...]:
    return (
        belongs(name, "section_assessment_id", "section_assessment"),
        belongs(name, "scorer_id", "person"),
        belongs(name, "student_id", "person"),
        keyed(name, *_CELL),
    )
