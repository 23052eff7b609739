"""Action plans, requests for information, and templates of their questions."""

import sqlalchemy as sa
from alembic import op

from adapters.outbound.persistence.migrations.building import MOMENT, TEXT, belongs

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Without a foreign key: SQLite could add one only by making the table anew.
    op.add_column("attain_reminder_round", sa.Column("rfi_id", TEXT, nullable=True))
    _templates()
    _plans()
    _rfis()


def _templates() -> None:
    op.create_table(
        "attain_question_template",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("use", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("org_id", TEXT, nullable=True),
        sa.Column("questions", TEXT, nullable=False),
        sa.Column("retired_at", MOMENT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        belongs("question_template", "org_id", "org"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attain_question_template")),
    )


def _plans() -> None:
    words = ("title", "owner", "org_id", "term_id", "reason", "slo_ids")
    more = ("work_ids", "questions", "answers", "who")
    op.create_table(
        "attain_action_plan",
        sa.Column("id", TEXT, nullable=False),
        *(sa.Column(name, TEXT, nullable=False) for name in (*words, *more)),
        sa.Column("by_when", sa.Date(), nullable=True),
        sa.Column("resources", TEXT, nullable=False),
        sa.Column("due_at", MOMENT, nullable=True),
        sa.Column("state", TEXT, nullable=False),
        sa.Column("history", TEXT, nullable=False),
        sa.Column("follow_up", TEXT, nullable=True),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("asked_ids", TEXT, nullable=False),
        sa.Column("section_id", TEXT, nullable=True),
        belongs("action_plan", "org_id", "org"),
        belongs("action_plan", "term_id", "term"),
        belongs("action_plan", "section_id", "section"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attain_action_plan")),
    )
    for name in ("org_id", "section_id"):
        op.create_index(op.f(f"ix_attain_action_plan_{name}"), "attain_action_plan", [name])
    op.create_table(
        "attain_action_plan_asked",
        sa.Column("plan_id", TEXT, nullable=False),
        sa.Column("person_id", TEXT, nullable=False),
        belongs("action_plan_asked", "plan_id", "action_plan"),
        belongs("action_plan_asked", "person_id", "person"),
        sa.PrimaryKeyConstraint("plan_id", "person_id", name=op.f("pk_attain_action_plan_asked")),
    )
    op.create_index(
        op.f("ix_attain_action_plan_asked_person_id"), "attain_action_plan_asked", ["person_id"]
    )


def _rfis() -> None:
    op.create_table(
        "attain_rfi",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("title", TEXT, nullable=False),
        sa.Column("message", TEXT, nullable=False),
        sa.Column("org_id", TEXT, nullable=True),
        sa.Column("term_id", TEXT, nullable=False),
        sa.Column("questions", TEXT, nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("sent_by", TEXT, nullable=True),
        sa.Column("sent_at", MOMENT, nullable=False),
        sa.Column("closed_at", MOMENT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        belongs("rfi", "org_id", "org"),
        belongs("rfi", "term_id", "term"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attain_rfi")),
    )
    op.create_index(op.f("ix_attain_rfi_org_id"), "attain_rfi", ["org_id"])
    op.create_table(
        "attain_rfi_ask",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("rfi_id", TEXT, nullable=False),
        sa.Column("person_id", TEXT, nullable=True),
        sa.Column("section_id", TEXT, nullable=True),
        sa.Column("opened_at", MOMENT, nullable=True),
        sa.Column("answers", TEXT, nullable=False),
        sa.Column("answered_at", MOMENT, nullable=True),
        sa.Column("answered_by", TEXT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        belongs("rfi_ask", "rfi_id", "rfi"),
        belongs("rfi_ask", "person_id", "person"),
        belongs("rfi_ask", "section_id", "section"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attain_rfi_ask")),
        _once("person_id"),
        _once("section_id"),
    )
    for name in ("person_id", "section_id"):
        op.create_index(op.f(f"ix_attain_rfi_ask_{name}"), "attain_rfi_ask", [name])


def _once(column: str) -> sa.UniqueConstraint:
    name = op.f(f"uq_attain_rfi_ask_rfi_id_{column}")
    return sa.UniqueConstraint("rfi_id", column, name=name)
