"""The assessment library: editions, reflection templates, plans, reminders, offered links.

Revision ID: 0007
Revises: 0002
"""

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

from adapters.outbound.persistence.migrations.building import MOMENT, TEXT, belongs

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _grow()
    _fill_assessments()
    _fill_works()
    _fill_reflections()
    op.drop_column("attain_assessment", "reflection_question")
    op.drop_column("attain_reflection", "text")
    op.create_index(
        op.f("ix_attain_section_assessment_plan_id"), "attain_section_assessment", ["plan_id"]
    )
    op.create_index(
        "ix_attain_score_decided",
        "attain_score",
        ["section_assessment_id", "row_id"],
        sqlite_where=sa.text("value <> ''"),
        postgresql_where=sa.text("value <> ''"),
    )
    _plans()
    _reminders()
    _offers()


def _grow() -> None:
    """Columns that may not be empty get a value for the rows that are there."""

    def words(name: str, value: str) -> "sa.Column[str]":
        return sa.Column(name, TEXT, nullable=False, server_default=value)

    op.add_column("attain_assessment", words("reflection", '{"questions":[]}'))
    op.add_column("attain_assessment", words("guide", ""))
    op.add_column("attain_assessment", words("state", "active"))
    for name, kind, value in (
        ("edition", sa.Integer(), sa.text("1")),
        ("row_count", sa.Integer(), sa.text("0")),
        ("asks_reflection", sa.Boolean(), sa.false()),
    ):
        column = sa.Column(name, kind, nullable=False, server_default=value)
        op.add_column("attain_assessment", column)
    for name in ("opens_at", "closed_at"):
        op.add_column("attain_section_assessment", sa.Column(name, MOMENT, nullable=True))
    op.add_column("attain_section_assessment", words("closed_reason", ""))
    op.add_column("attain_section_assessment", sa.Column("plan_id", TEXT, nullable=True))
    for name in ("edition", "frozen_rows"):
        op.add_column("attain_section_assessment", sa.Column(name, sa.Integer(), nullable=True))
    op.add_column("attain_reflection", words("answers", "[]"))


def _fill_assessments() -> None:
    """The one question of before becomes a template of one question."""
    table = _table("attain_assessment", "id", "rubric", "reflection_question", "reflection")
    table = _with(table, row_count=sa.Integer(), asks_reflection=sa.Boolean())
    for key, rubric, prompt in _rows(table.c.id, table.c.rubric, table.c.reflection_question):
        _update(
            table,
            key,
            row_count=len(json.loads(rubric)["criteria"]),
            reflection=_template(prompt),
            asks_reflection=bool(prompt.strip()),
        )


def _template(prompt: str) -> str:
    question = {"id": "q1", "prompt": prompt, "kind": "text", "required": True, "choices": []}
    return json.dumps({"questions": [question] if prompt.strip() else []})


def _fill_works() -> None:
    """What was scored was scored by the first edition."""
    table = _table("attain_section_assessment", "id", "snapshot")
    table = _with(table, edition=sa.Integer(), frozen_rows=sa.Integer())
    for key, snapshot in _rows(table.c.id, table.c.snapshot):
        if snapshot:
            _update(table, key, edition=1, frozen_rows=len(json.loads(snapshot)["criteria"]))


def _fill_reflections() -> None:
    table = _table("attain_reflection", "section_assessment_id", "person_id", "text", "answers")
    works = _table("attain_section_assessment", "id", "assessment_id")
    assessments = _table("attain_assessment", "id", "reflection_question")
    found = op.get_bind().execute(
        sa.select(
            table.c.section_assessment_id,
            table.c.person_id,
            table.c.text,
            assessments.c.reflection_question,
        )
        .join(works, works.c.id == table.c.section_assessment_id)
        .join(assessments, assessments.c.id == works.c.assessment_id)
    )
    for work_id, person_id, text, prompt in found.fetchall():
        answer = {"question_id": "q1", "prompt": prompt, "text": text}
        op.execute(
            table.update()
            .where(table.c.section_assessment_id == work_id, table.c.person_id == person_id)
            .values(answers=json.dumps([answer]))
        )


def _table(name: str, *columns: str) -> sa.TableClause:
    return sa.table(name, *(sa.column(column, TEXT) for column in columns))


def _with(table: sa.TableClause, **kinds: sa.types.TypeEngine[Any]) -> sa.TableClause:
    more = (sa.column(name, kind) for name, kind in kinds.items())
    return sa.table(table.name, *(sa.column(c.name, TEXT) for c in table.c), *more)


def _rows(*columns: "sa.ColumnElement[Any]") -> list[Any]:
    return list(op.get_bind().execute(sa.select(*columns)).fetchall())


def _update(table: sa.TableClause, key: str, **values: object) -> None:
    op.execute(table.update().where(table.c.id == key).values(**values))


def _plans() -> None:
    op.create_table(
        "attain_assessment_plan",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("assessment_id", TEXT, nullable=False),
        sa.Column("term_id", TEXT, nullable=False),
        sa.Column("target", TEXT, nullable=False),
        sa.Column("opens_at", MOMENT, nullable=True),
        sa.Column("due_at", MOMENT, nullable=True),
        sa.Column("made_by", TEXT, nullable=True),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("undone_at", MOMENT, nullable=True),
        sa.Column("carried_from", TEXT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        belongs("assessment_plan", "assessment_id", "assessment"),
        belongs("assessment_plan", "term_id", "term"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attain_assessment_plan")),
    )
    for name in ("term_id", "assessment_id"):
        index = op.f(f"ix_attain_assessment_plan_{name}")
        op.create_index(index, "attain_assessment_plan", [name])


def _reminders() -> None:
    op.create_table(
        "attain_reminder_round",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("term_id", TEXT, nullable=False),
        sa.Column("asked_by", TEXT, nullable=True),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("subject", TEXT, nullable=False),
        sa.Column("message", TEXT, nullable=False),
        sa.Column("job_id", TEXT, nullable=True),
        belongs("reminder_round", "term_id", "term"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attain_reminder_round")),
    )
    op.create_table(
        "attain_reminder",
        sa.Column("round_id", TEXT, nullable=False),
        sa.Column("person_id", TEXT, nullable=False),
        sa.Column("work_ids", TEXT, nullable=False),
        sa.Column("state", TEXT, nullable=False),
        sa.Column("reason", TEXT, nullable=False),
        sa.Column("settled_at", MOMENT, nullable=True),
        belongs("reminder", "round_id", "reminder_round"),
        belongs("reminder", "person_id", "person"),
        sa.PrimaryKeyConstraint("round_id", "person_id", name=op.f("pk_attain_reminder")),
    )
    op.create_index(op.f("ix_attain_reminder_settled_at"), "attain_reminder", ["settled_at"])


def _offers() -> None:
    op.create_table(
        "attain_link_offer",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("platform", TEXT, nullable=False),
        sa.Column("context_id", TEXT, nullable=False),
        sa.Column("resource_link_id", TEXT, nullable=False),
        sa.Column("section_id", TEXT, nullable=False),
        sa.Column("origin_id", TEXT, nullable=False),
        sa.Column("site_id", TEXT, nullable=True),
        sa.Column("course_ref", TEXT, nullable=True),
        sa.Column("assignment_ref", TEXT, nullable=True),
        sa.Column("title", TEXT, nullable=False),
        sa.Column("points_possible", TEXT, nullable=True),
        sa.Column("noted_at", MOMENT, nullable=False),
        sa.Column("state", TEXT, nullable=False),
        sa.Column("decided_by", TEXT, nullable=True),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        belongs("link_offer", "section_id", "section"),
        belongs("link_offer", "origin_id", "link"),
        belongs("link_offer", "site_id", "site"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attain_link_offer")),
        sa.UniqueConstraint(
            "resource_link_id",
            "context_id",
            "platform",
            "section_id",
            name=op.f("uq_attain_link_offer_resource_link_id_context_id_platform_section_id"),
        ),
    )
    op.create_index(op.f("ix_attain_link_offer_section_id"), "attain_link_offer", ["section_id"])
