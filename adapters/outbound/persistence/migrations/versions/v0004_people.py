"""Who granted a role and when, the org that a session acts in, passwords, names to search by."""

import unicodedata

import sqlalchemy as sa
from alembic import op

from adapters.outbound.persistence.migrations.building import MOMENT, TEXT

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "attain_local_password",
        sa.Column("person_id", TEXT, nullable=False),
        sa.Column("hash", TEXT, nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.Column("changed_by", TEXT, nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["attain_person.id"],
            name=op.f("fk_attain_local_password_person_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_attain_local_password")),
    )
    op.add_column(
        "attain_role_grant", sa.Column("granted_by", TEXT, nullable=False, server_default="")
    )
    op.add_column("attain_role_grant", sa.Column("granted_at", MOMENT, nullable=True))
    op.create_index(
        op.f("ix_attain_role_grant_role_org_id"), "attain_role_grant", ["role", "org_id"]
    )
    op.add_column("attain_session", sa.Column("org_id", TEXT, nullable=True))
    op.create_index(op.f("ix_attain_session_person_id"), "attain_session", ["person_id"])
    op.create_index(op.f("ix_attain_lms_identity_person_id"), "attain_lms_identity", ["person_id"])
    op.create_index(
        op.f("ix_attain_section_term_id_org_id"), "attain_section", ["term_id", "org_id"]
    )
    op.create_index(op.f("ix_attain_section_course_id"), "attain_section", ["course_id"])
    for name in ("name_key", "given_key"):
        op.add_column("attain_person", sa.Column(name, TEXT, nullable=False, server_default=""))
    _fill_names()
    for name in ("name_key", "given_key"):
        op.create_index(op.f(f"ix_attain_person_{name}"), "attain_person", [name])


def _fill_names() -> None:
    connection = op.get_bind()
    people = connection.execute(
        sa.text("SELECT id, given_name, family_name FROM attain_person")
    ).all()
    if people:
        connection.execute(
            sa.text(
                "UPDATE attain_person SET name_key = :name_key, given_key = :given_key"
                " WHERE id = :id"
            ),
            [
                {
                    "id": person_id,
                    "name_key": _words(f"{family} {given}"),
                    "given_key": _words(f"{given} {family}"),
                }
                for person_id, given, family in people
            ],
        )


def _words(text: str) -> str:
    """As `domain.rostering.name_words` wrote them when this migration was made."""
    parts = unicodedata.normalize("NFKD", text.replace(",", " "))
    bare = "".join(char for char in parts if not unicodedata.combining(char))
    return " ".join(bare.casefold().split())
