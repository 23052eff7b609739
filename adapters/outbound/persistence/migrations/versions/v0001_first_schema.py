"""The first schema."""

import sqlalchemy as sa
from alembic import op

from adapters.outbound.persistence.migrations.building import MOMENT, TEXT

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:  # noqa: PLR0915 one statement for each table and index
    op.create_table(
        "attain_audit_entry",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("actor", TEXT, nullable=False),
        sa.Column("verb", TEXT, nullable=False),
        sa.Column("subject", TEXT, nullable=False),
        sa.Column("details", TEXT, nullable=False),
        sa.Column("previous", TEXT, nullable=False),
        sa.Column("digest", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_attain_audit_entry")),
    )
    op.create_table(
        "attain_consumer_key",
        sa.Column("key", TEXT, nullable=False),
        sa.Column("label", TEXT, nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.Column("previous_secret", sa.LargeBinary(), nullable=True),
        sa.Column("previous_until", MOMENT, nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("last_used_at", MOMENT, nullable=True),
        sa.Column("revoked_at", MOMENT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_attain_consumer_key")),
    )
    op.create_table(
        "attain_launch",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("slug", TEXT, nullable=False),
        sa.Column("reason", TEXT, nullable=False),
        sa.Column("platform", TEXT, nullable=False),
        sa.Column("lms_user_id", TEXT, nullable=False),
        sa.Column("context_id", TEXT, nullable=False),
        sa.Column("context_label", TEXT, nullable=False),
        sa.Column("resource_link_id", TEXT, nullable=False),
        sa.Column("roles", TEXT, nullable=False),
        sa.Column("compared", TEXT, nullable=False),
        sa.Column("person_id", TEXT, nullable=True),
        sa.Column("reference", TEXT, nullable=False),
        sa.Column("queued", sa.Boolean(), nullable=False),
        sa.Column("resolved_to", TEXT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attain_launch")),
    )
    op.create_index(op.f("ix_attain_launch_at"), "attain_launch", ["at"], unique=False)
    op.create_index(
        "ix_attain_launch_queue",
        "attain_launch",
        ["platform", "lms_user_id"],
        unique=False,
        sqlite_where=sa.text("queued AND resolved_to IS NULL"),
        postgresql_where=sa.text("queued AND resolved_to IS NULL"),
    )
    op.create_table(
        "attain_nonce",
        sa.Column("consumer_key", TEXT, nullable=False),
        sa.Column("nonce_hash", TEXT, nullable=False),
        sa.Column("until", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("consumer_key", "nonce_hash", name=op.f("pk_attain_nonce")),
    )
    op.create_index(op.f("ix_attain_nonce_until"), "attain_nonce", ["until"], unique=False)
    op.create_table(
        "attain_org",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("source_id", TEXT, nullable=False),
        sa.Column("code", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("parent_id", TEXT, nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["parent_id"],
            ["attain_org.id"],
            name=op.f("fk_attain_org_parent_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attain_org")),
    )
    op.create_table(
        "attain_person",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("source_id", TEXT, nullable=False),
        sa.Column("tech_id", TEXT, nullable=False),
        sa.Column("login", TEXT, nullable=False),
        sa.Column("email", TEXT, nullable=False),
        sa.Column("given_name", TEXT, nullable=False),
        sa.Column("family_name", TEXT, nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("tech_key", TEXT, nullable=False),
        sa.Column("login_key", TEXT, nullable=False),
        sa.Column("email_key", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attain_person")),
    )
    op.create_index(
        op.f("ix_attain_person_email_key"), "attain_person", ["email_key"], unique=False
    )
    op.create_index(
        op.f("ix_attain_person_login_key"), "attain_person", ["login_key"], unique=False
    )
    op.create_index(op.f("ix_attain_person_tech_key"), "attain_person", ["tech_key"], unique=False)
    op.create_table(
        "attain_scale",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("code", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("is_default", sa.Boolean(), nullable=False),
        sa.Column("levels", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attain_scale")),
    )
    op.create_table(
        "attain_setting",
        sa.Column("name", TEXT, nullable=False),
        sa.Column("value", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_attain_setting")),
    )
    op.create_table(
        "attain_site",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("plugin", TEXT, nullable=False),
        sa.Column("url", TEXT, nullable=False),
        sa.Column("client_id", TEXT, nullable=False),
        sa.Column("client_secret", sa.LargeBinary(), nullable=False),
        sa.Column("account_ref", TEXT, nullable=False),
        sa.Column("test", sa.Boolean(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attain_site")),
    )
    op.create_index(op.f("ix_attain_site_name"), "attain_site", ["name"], unique=True)
    op.create_table(
        "attain_term",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("source_id", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attain_term")),
    )
    op.create_table(
        "attain_assessment",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("code", TEXT, nullable=False),
        sa.Column("org_id", TEXT, nullable=True),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("description", TEXT, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("purpose", TEXT, nullable=False),
        sa.Column("scale_id", TEXT, nullable=False),
        sa.Column("rubric", TEXT, nullable=False),
        sa.Column("points_possible", TEXT, nullable=False),
        sa.Column("reflection_question", TEXT, nullable=False),
        sa.Column("in_library", sa.Boolean(), nullable=False),
        sa.Column("owner_id", TEXT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id"],
            ["attain_org.id"],
            name=op.f("fk_attain_assessment_org_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"],
            ["attain_person.id"],
            name=op.f("fk_attain_assessment_owner_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["scale_id"],
            ["attain_scale.id"],
            name=op.f("fk_attain_assessment_scale_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attain_assessment")),
    )
    op.create_table(
        "attain_authorisation",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("site_id", TEXT, nullable=False),
        sa.Column("person_id", TEXT, nullable=False),
        sa.Column("user_ref", TEXT, nullable=False),
        sa.Column("access_token", sa.LargeBinary(), nullable=False),
        sa.Column("refresh_token", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", MOMENT, nullable=True),
        sa.Column("state", TEXT, nullable=False),
        sa.Column("lost_reason", TEXT, nullable=False),
        sa.Column("authorised_at", MOMENT, nullable=False),
        sa.Column("lease_until", MOMENT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["attain_person.id"],
            name=op.f("fk_attain_authorisation_person_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["site_id"],
            ["attain_site.id"],
            name=op.f("fk_attain_authorisation_site_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attain_authorisation")),
    )
    op.create_index(
        op.f("ix_attain_authorisation_site_id_person_id"),
        "attain_authorisation",
        ["site_id", "person_id"],
        unique=False,
    )
    op.create_table(
        "attain_consent",
        sa.Column("state_hash", TEXT, nullable=False),
        sa.Column("session_hash", TEXT, nullable=False),
        sa.Column("site_id", TEXT, nullable=False),
        sa.Column("person_id", TEXT, nullable=True),
        sa.Column("purpose", TEXT, nullable=False),
        sa.Column("return_to", TEXT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["attain_person.id"],
            name=op.f("fk_attain_consent_person_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["site_id"],
            ["attain_site.id"],
            name=op.f("fk_attain_consent_site_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("state_hash", name=op.f("pk_attain_consent")),
    )
    op.create_table(
        "attain_course",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("source_id", TEXT, nullable=False),
        sa.Column("code", TEXT, nullable=False),
        sa.Column("title", TEXT, nullable=False),
        sa.Column("org_id", TEXT, nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id"],
            ["attain_org.id"],
            name=op.f("fk_attain_course_org_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attain_course")),
    )
    op.create_table(
        "attain_lms_identity",
        sa.Column("platform", TEXT, nullable=False),
        sa.Column("lms_user_id", TEXT, nullable=False),
        sa.Column("person_id", TEXT, nullable=False),
        sa.Column("matched_value", TEXT, nullable=False),
        sa.Column("matched_at", MOMENT, nullable=False),
        sa.Column("decided_by", TEXT, nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["attain_person.id"],
            name=op.f("fk_attain_lms_identity_person_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("platform", "lms_user_id", name=op.f("pk_attain_lms_identity")),
    )
    op.create_table(
        "attain_one_time_code",
        sa.Column("code_hash", TEXT, nullable=False),
        sa.Column("purpose", TEXT, nullable=False),
        sa.Column("session_id", TEXT, nullable=True),
        sa.Column("person_id", TEXT, nullable=False),
        sa.Column("target", TEXT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("spent_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["attain_person.id"],
            name=op.f("fk_attain_one_time_code_person_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_attain_one_time_code")),
    )
    op.create_table(
        "attain_role_grant",
        sa.Column("person_id", TEXT, nullable=False),
        sa.Column("role", TEXT, nullable=False),
        sa.Column("org_id", TEXT, nullable=True),
        sa.Column("grant_key", TEXT, nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id"],
            ["attain_org.id"],
            name=op.f("fk_attain_role_grant_org_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["attain_person.id"],
            name=op.f("fk_attain_role_grant_person_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("grant_key", name=op.f("pk_attain_role_grant")),
    )
    op.create_index(
        op.f("ix_attain_role_grant_person_id"), "attain_role_grant", ["person_id"], unique=False
    )
    op.create_table(
        "attain_session",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("token_hash", TEXT, nullable=False),
        sa.Column("person_id", TEXT, nullable=False),
        sa.Column("role", TEXT, nullable=False),
        sa.Column("context", TEXT, nullable=False),
        sa.Column("lms_origin", TEXT, nullable=False),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["attain_person.id"],
            name=op.f("fk_attain_session_person_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attain_session")),
    )
    op.create_index(
        op.f("ix_attain_session_token_hash"), "attain_session", ["token_hash"], unique=True
    )
    op.create_table(
        "attain_section",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("source_id", TEXT, nullable=False),
        sa.Column("title", TEXT, nullable=False),
        sa.Column("code", TEXT, nullable=False),
        sa.Column("course_id", TEXT, nullable=False),
        sa.Column("org_id", TEXT, nullable=False),
        sa.Column("term_id", TEXT, nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("title_key", TEXT, nullable=False),
        sa.ForeignKeyConstraint(
            ["course_id"],
            ["attain_course.id"],
            name=op.f("fk_attain_section_course_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["org_id"],
            ["attain_org.id"],
            name=op.f("fk_attain_section_org_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["term_id"],
            ["attain_term.id"],
            name=op.f("fk_attain_section_term_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attain_section")),
    )
    op.create_index(
        op.f("ix_attain_section_source_id"), "attain_section", ["source_id"], unique=False
    )
    op.create_index(
        op.f("ix_attain_section_title_key"), "attain_section", ["title_key"], unique=False
    )
    op.create_table(
        "attain_slo",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("code", TEXT, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("course_id", TEXT, nullable=True),
        sa.Column("org_id", TEXT, nullable=True),
        sa.Column("title", TEXT, nullable=False),
        sa.Column("statement", TEXT, nullable=False),
        sa.Column("state", TEXT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("descriptors", TEXT, nullable=False),
        sa.ForeignKeyConstraint(
            ["course_id"],
            ["attain_course.id"],
            name=op.f("fk_attain_slo_course_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["org_id"],
            ["attain_org.id"],
            name=op.f("fk_attain_slo_org_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attain_slo")),
    )
    op.create_index(op.f("ix_attain_slo_course_id"), "attain_slo", ["course_id"], unique=False)
    op.create_table(
        "attain_context_choice",
        sa.Column("platform", TEXT, nullable=False),
        sa.Column("context_id", TEXT, nullable=False),
        sa.Column("person_id", TEXT, nullable=False),
        sa.Column("section_id", TEXT, nullable=False),
        sa.Column("chosen_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["attain_person.id"],
            name=op.f("fk_attain_context_choice_person_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["section_id"],
            ["attain_section.id"],
            name=op.f("fk_attain_context_choice_section_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint(
            "platform", "context_id", "person_id", name=op.f("pk_attain_context_choice")
        ),
    )
    op.create_table(
        "attain_enrolment",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("source_id", TEXT, nullable=False),
        sa.Column("section_id", TEXT, nullable=False),
        sa.Column("person_id", TEXT, nullable=False),
        sa.Column("role", TEXT, nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["attain_person.id"],
            name=op.f("fk_attain_enrolment_person_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["section_id"],
            ["attain_section.id"],
            name=op.f("fk_attain_enrolment_section_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attain_enrolment")),
    )
    op.create_index(
        op.f("ix_attain_enrolment_person_id_role"),
        "attain_enrolment",
        ["person_id", "role"],
        unique=False,
    )
    op.create_index(
        op.f("ix_attain_enrolment_section_id_role"),
        "attain_enrolment",
        ["section_id", "role"],
        unique=False,
    )
    op.create_table(
        "attain_section_assessment",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("assessment_id", TEXT, nullable=False),
        sa.Column("section_id", TEXT, nullable=False),
        sa.Column("due_at", MOMENT, nullable=True),
        sa.Column("planned", sa.Boolean(), nullable=False),
        sa.Column("released_at", MOMENT, nullable=True),
        sa.Column("snapshot", TEXT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"],
            ["attain_assessment.id"],
            name=op.f("fk_attain_section_assessment_assessment_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["section_id"],
            ["attain_section.id"],
            name=op.f("fk_attain_section_assessment_section_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attain_section_assessment")),
        sa.UniqueConstraint(
            "assessment_id",
            "section_id",
            name=op.f("uq_attain_section_assessment_assessment_id_section_id"),
        ),
    )
    op.create_index(
        op.f("ix_attain_section_assessment_section_id"),
        "attain_section_assessment",
        ["section_id"],
        unique=False,
    )
    op.create_table(
        "attain_link",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("platform", TEXT, nullable=False),
        sa.Column("context_id", TEXT, nullable=False),
        sa.Column("resource_link_id", TEXT, nullable=False),
        sa.Column("section_assessment_id", TEXT, nullable=False),
        sa.Column("section_id", TEXT, nullable=False),
        sa.Column("site_id", TEXT, nullable=True),
        sa.Column("course_ref", TEXT, nullable=True),
        sa.Column("assignment_ref", TEXT, nullable=True),
        sa.Column("title", TEXT, nullable=False),
        sa.Column("points_possible", TEXT, nullable=True),
        sa.Column("linked_by", TEXT, nullable=False),
        sa.Column("linked_at", MOMENT, nullable=False),
        sa.Column("unlinked_at", MOMENT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["linked_by"],
            ["attain_person.id"],
            name=op.f("fk_attain_link_linked_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["section_assessment_id"],
            ["attain_section_assessment.id"],
            name=op.f("fk_attain_link_section_assessment_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["section_id"],
            ["attain_section.id"],
            name=op.f("fk_attain_link_section_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["site_id"],
            ["attain_site.id"],
            name=op.f("fk_attain_link_site_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attain_link")),
    )
    op.create_index(
        op.f("ix_attain_link_section_assessment_id"),
        "attain_link",
        ["section_assessment_id"],
        unique=False,
    )
    op.create_index(op.f("ix_attain_link_section_id"), "attain_link", ["section_id"], unique=False)
    op.create_index(
        "uq_attain_link_active",
        "attain_link",
        ["platform", "context_id", "resource_link_id", "section_id"],
        unique=True,
        sqlite_where=sa.text("unlinked_at IS NULL"),
        postgresql_where=sa.text("unlinked_at IS NULL"),
    )
    op.create_table(
        "attain_own_grade",
        sa.Column("section_assessment_id", TEXT, nullable=False),
        sa.Column("student_id", TEXT, nullable=False),
        sa.Column("points", TEXT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("set_by", TEXT, nullable=False),
        sa.Column("set_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["section_assessment_id"],
            ["attain_section_assessment.id"],
            name=op.f("fk_attain_own_grade_section_assessment_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["student_id"],
            ["attain_person.id"],
            name=op.f("fk_attain_own_grade_student_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint(
            "section_assessment_id", "student_id", name=op.f("pk_attain_own_grade")
        ),
    )
    op.create_table(
        "attain_reflection",
        sa.Column("section_assessment_id", TEXT, nullable=False),
        sa.Column("person_id", TEXT, nullable=False),
        sa.Column("text", TEXT, nullable=False),
        sa.Column("submitted_at", MOMENT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["attain_person.id"],
            name=op.f("fk_attain_reflection_person_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["section_assessment_id"],
            ["attain_section_assessment.id"],
            name=op.f("fk_attain_reflection_section_assessment_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint(
            "section_assessment_id", "person_id", name=op.f("pk_attain_reflection")
        ),
    )
    op.create_table(
        "attain_score",
        sa.Column("section_assessment_id", TEXT, nullable=False),
        sa.Column("student_id", TEXT, nullable=False),
        sa.Column("row_id", TEXT, nullable=False),
        sa.Column("value", TEXT, nullable=False),
        sa.Column("comment", TEXT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("scored_by", TEXT, nullable=True),
        sa.Column("scored_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["section_assessment_id"],
            ["attain_section_assessment.id"],
            name=op.f("fk_attain_score_section_assessment_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["student_id"],
            ["attain_person.id"],
            name=op.f("fk_attain_score_student_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint(
            "section_assessment_id", "student_id", "row_id", name=op.f("pk_attain_score")
        ),
    )
    op.create_table(
        "attain_send",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("link_id", TEXT, nullable=False),
        sa.Column("requested_by", TEXT, nullable=False),
        sa.Column("requested_at", MOMENT, nullable=False),
        sa.Column("state", TEXT, nullable=False),
        sa.Column("reason", TEXT, nullable=False),
        sa.Column("job_id", TEXT, nullable=True),
        sa.Column("finished_at", MOMENT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["link_id"],
            ["attain_link.id"],
            name=op.f("fk_attain_send_link_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["requested_by"],
            ["attain_person.id"],
            name=op.f("fk_attain_send_requested_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attain_send")),
    )
    op.create_index(op.f("ix_attain_send_link_id"), "attain_send", ["link_id"], unique=False)
    op.create_index(
        "uq_attain_send_unfinished",
        "attain_send",
        ["link_id"],
        unique=True,
        sqlite_where=sa.text("(state NOT IN ('done', 'stopped'))"),
        postgresql_where=sa.text("(state NOT IN ('done', 'stopped'))"),
    )
    op.create_table(
        "attain_bulk_post",
        sa.Column("send_id", TEXT, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("delivery_ids", TEXT, nullable=False),
        sa.Column("progress_ref", TEXT, nullable=False),
        sa.Column("settled", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["send_id"],
            ["attain_send.id"],
            name=op.f("fk_attain_bulk_post_send_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("send_id", "number", name=op.f("pk_attain_bulk_post")),
    )
    op.create_table(
        "attain_delivery",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("send_id", TEXT, nullable=False),
        sa.Column("link_id", TEXT, nullable=False),
        sa.Column("student_id", TEXT, nullable=False),
        sa.Column("user_ref", TEXT, nullable=True),
        sa.Column("grade", TEXT, nullable=False),
        sa.Column("source", TEXT, nullable=False),
        sa.Column("state", TEXT, nullable=False),
        sa.Column("reason", TEXT, nullable=False),
        sa.Column("expected_before", TEXT, nullable=True),
        sa.Column("confirmed", sa.Boolean(), nullable=False),
        sa.Column("read_back", TEXT, nullable=True),
        sa.Column("settled_at", MOMENT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["link_id"],
            ["attain_link.id"],
            name=op.f("fk_attain_delivery_link_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["send_id"],
            ["attain_send.id"],
            name=op.f("fk_attain_delivery_send_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["student_id"],
            ["attain_person.id"],
            name=op.f("fk_attain_delivery_student_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attain_delivery")),
    )
    op.create_index(
        op.f("ix_attain_delivery_link_id_state"),
        "attain_delivery",
        ["link_id", "state"],
        unique=False,
    )
    op.create_index(
        op.f("ix_attain_delivery_send_id"), "attain_delivery", ["send_id"], unique=False
    )
