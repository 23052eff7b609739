"""What the exchange of outcomes and scores with the LMS keeps."""

import sqlalchemy as sa
from alembic import op

from adapters.outbound.persistence.migrations.building import MOMENT, TEXT

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "attain_account_authorisation",
        sa.Column("site_id", TEXT, nullable=False),
        sa.Column("person_id", TEXT, nullable=False),
        sa.Column("account_ref", TEXT, nullable=False),
        sa.Column("given_at", MOMENT, nullable=False),
        sa.Column("checked_at", MOMENT, nullable=False),
        sa.Column("lost_reason", TEXT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["attain_person.id"],
            name=op.f("fk_attain_account_authorisation_person_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["site_id"],
            ["attain_site.id"],
            name=op.f("fk_attain_account_authorisation_site_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint(
            "site_id", "person_id", name=op.f("pk_attain_account_authorisation")
        ),
    )
    op.create_table(
        "attain_org_pairing",
        sa.Column("org_id", TEXT, nullable=False),
        sa.Column("site_id", TEXT, nullable=False),
        sa.Column("account_ref", TEXT, nullable=False),
        sa.Column("account_name", TEXT, nullable=False),
        sa.Column("paired_by", TEXT, nullable=False),
        sa.Column("paired_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id"],
            ["attain_org.id"],
            name=op.f("fk_attain_org_pairing_org_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["site_id"],
            ["attain_site.id"],
            name=op.f("fk_attain_org_pairing_site_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("org_id", "site_id", name=op.f("pk_attain_org_pairing")),
    )
    op.create_index(
        op.f("ix_attain_org_pairing_site_id"), "attain_org_pairing", ["site_id"], unique=False
    )
    op.create_table(
        "attain_section_pairing",
        sa.Column("section_id", TEXT, nullable=False),
        sa.Column("person_id", TEXT, nullable=False),
        sa.Column("site_id", TEXT, nullable=False),
        sa.Column("course_ref", TEXT, nullable=False),
        sa.Column("course_name", TEXT, nullable=False),
        sa.Column("chosen_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["attain_person.id"],
            name=op.f("fk_attain_section_pairing_person_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["section_id"],
            ["attain_section.id"],
            name=op.f("fk_attain_section_pairing_section_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["site_id"],
            ["attain_site.id"],
            name=op.f("fk_attain_section_pairing_site_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("section_id", "person_id", name=op.f("pk_attain_section_pairing")),
    )
    op.create_table(
        "attain_placed_rubric",
        sa.Column("work_id", TEXT, nullable=False),
        sa.Column("site_id", TEXT, nullable=False),
        sa.Column("course_ref", TEXT, nullable=False),
        sa.Column("assignment_ref", TEXT, nullable=False),
        sa.Column("rubric_ref", TEXT, nullable=False),
        sa.Column("criteria", TEXT, nullable=False),
        sa.Column("placed_by", TEXT, nullable=False),
        sa.Column("placed_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["placed_by"],
            ["attain_person.id"],
            name=op.f("fk_attain_placed_rubric_placed_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["site_id"],
            ["attain_site.id"],
            name=op.f("fk_attain_placed_rubric_site_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["work_id"],
            ["attain_section_assessment.id"],
            name=op.f("fk_attain_placed_rubric_work_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("site_id", "assignment_ref", name=op.f("pk_attain_placed_rubric")),
    )
    op.create_table(
        "attain_score_import",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("work_id", TEXT, nullable=False),
        sa.Column("site_id", TEXT, nullable=False),
        sa.Column("course_ref", TEXT, nullable=False),
        sa.Column("course_name", TEXT, nullable=False),
        sa.Column("requested_by", TEXT, nullable=False),
        sa.Column("requested_at", MOMENT, nullable=False),
        sa.Column("scheduled", sa.Boolean(), nullable=False),
        sa.Column("state", TEXT, nullable=False),
        sa.Column("reason", TEXT, nullable=False),
        sa.Column("assignments", TEXT, nullable=False),
        sa.Column("policy", TEXT, nullable=False),
        sa.Column("counts", TEXT, nullable=False),
        sa.Column("job_id", TEXT, nullable=True),
        sa.Column("applied_at", MOMENT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["requested_by"],
            ["attain_person.id"],
            name=op.f("fk_attain_score_import_requested_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["site_id"],
            ["attain_site.id"],
            name=op.f("fk_attain_score_import_site_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["work_id"],
            ["attain_section_assessment.id"],
            name=op.f("fk_attain_score_import_work_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attain_score_import")),
    )
    op.create_index(
        "ix_attain_score_import_waiting",
        "attain_score_import",
        ["id"],
        unique=False,
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.create_index(
        op.f("ix_attain_score_import_work_id_requested_at"),
        "attain_score_import",
        ["work_id", "requested_at"],
        unique=False,
    )
    op.create_table(
        "attain_sync_run",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("site_id", TEXT, nullable=False),
        sa.Column("work_id", TEXT, nullable=True),
        sa.Column("acts_as", TEXT, nullable=True),
        sa.Column("requested_by", TEXT, nullable=False),
        sa.Column("requested_at", MOMENT, nullable=False),
        sa.Column("state", TEXT, nullable=False),
        sa.Column("reason", TEXT, nullable=False),
        sa.Column("job_id", TEXT, nullable=True),
        sa.Column("finished_at", MOMENT, nullable=True),
        sa.Column("undo_of", TEXT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["acts_as"],
            ["attain_person.id"],
            name=op.f("fk_attain_sync_run_acts_as"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["site_id"],
            ["attain_site.id"],
            name=op.f("fk_attain_sync_run_site_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["undo_of"],
            ["attain_sync_run.id"],
            name=op.f("fk_attain_sync_run_undo_of"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["work_id"],
            ["attain_section_assessment.id"],
            name=op.f("fk_attain_sync_run_work_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attain_sync_run")),
    )
    op.create_index(
        "ix_attain_sync_run_open",
        "attain_sync_run",
        ["requested_at"],
        unique=False,
        sqlite_where=sa.text("state NOT IN ('done', 'stopped')"),
        postgresql_where=sa.text("state NOT IN ('done', 'stopped')"),
    )
    op.create_index(
        op.f("ix_attain_sync_run_requested_at"), "attain_sync_run", ["requested_at"], unique=False
    )
    op.create_table(
        "attain_imported_cell",
        sa.Column("import_id", TEXT, nullable=False),
        sa.Column("student_id", TEXT, nullable=False),
        sa.Column("row_id", TEXT, nullable=False),
        sa.Column("before", TEXT, nullable=False),
        sa.Column("score_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["import_id"],
            ["attain_score_import.id"],
            name=op.f("fk_attain_imported_cell_import_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["student_id"],
            ["attain_person.id"],
            name=op.f("fk_attain_imported_cell_student_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint(
            "import_id", "student_id", "row_id", name=op.f("pk_attain_imported_cell")
        ),
    )
    op.create_table(
        "attain_publication",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("site_id", TEXT, nullable=False),
        sa.Column("slo_id", TEXT, nullable=False),
        sa.Column("place", TEXT, nullable=False),
        sa.Column("work_id", TEXT, nullable=True),
        sa.Column("guid", TEXT, nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("slo_version", sa.Integer(), nullable=False),
        sa.Column("outcome_ref", TEXT, nullable=False),
        sa.Column("content", TEXT, nullable=False),
        sa.Column("meanings", TEXT, nullable=False),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.Column("mapped", sa.Boolean(), nullable=False),
        sa.Column("sent_at", MOMENT, nullable=False),
        sa.Column("run_id", TEXT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["run_id"],
            ["attain_sync_run.id"],
            name=op.f("fk_attain_publication_run_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["site_id"],
            ["attain_site.id"],
            name=op.f("fk_attain_publication_site_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["slo_id"],
            ["attain_slo.id"],
            name=op.f("fk_attain_publication_slo_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["work_id"],
            ["attain_section_assessment.id"],
            name=op.f("fk_attain_publication_work_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attain_publication")),
    )
    op.create_index(
        op.f("ix_attain_publication_site_id_outcome_ref"),
        "attain_publication",
        ["site_id", "outcome_ref"],
        unique=False,
    )
    op.create_index(
        op.f("ix_attain_publication_site_id_place"),
        "attain_publication",
        ["site_id", "place"],
        unique=False,
    )
    op.create_index(
        op.f("ix_attain_publication_site_id_slo_id"),
        "attain_publication",
        ["site_id", "slo_id"],
        unique=False,
    )
    op.create_index(
        "uq_attain_publication_guid",
        "attain_publication",
        ["site_id", "guid"],
        unique=True,
        sqlite_where=sa.text("guid <> ''"),
        postgresql_where=sa.text("guid <> ''"),
    )
    op.create_table(
        "attain_reading",
        sa.Column("import_id", TEXT, nullable=False),
        sa.Column("assignment_ref", TEXT, nullable=False),
        sa.Column("reading", TEXT, nullable=False),
        sa.ForeignKeyConstraint(
            ["import_id"],
            ["attain_score_import.id"],
            name=op.f("fk_attain_reading_import_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("import_id", "assignment_ref", name=op.f("pk_attain_reading")),
    )
    op.create_table(
        "attain_import_student",
        sa.Column("import_id", TEXT, nullable=False),
        sa.Column("ref", TEXT, nullable=False),
        sa.Column("sis_id", TEXT, nullable=True),
        sa.Column("login", TEXT, nullable=True),
        sa.Column("email", TEXT, nullable=True),
        sa.ForeignKeyConstraint(
            ["import_id"],
            ["attain_score_import.id"],
            name=op.f("fk_attain_import_student_import_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("import_id", "ref", name=op.f("pk_attain_import_student")),
    )
    op.create_table(
        "attain_refresh_plan",
        sa.Column("work_id", TEXT, nullable=False),
        sa.Column("site_id", TEXT, nullable=False),
        sa.Column("course_ref", TEXT, nullable=False),
        sa.Column("course_name", TEXT, nullable=False),
        sa.Column("assignments", TEXT, nullable=False),
        sa.Column("policy", TEXT, nullable=False),
        sa.Column("set_by", TEXT, nullable=False),
        sa.Column("every_hours", sa.Integer(), nullable=False),
        sa.Column("next_at", MOMENT, nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("last_import", TEXT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["last_import"],
            ["attain_score_import.id"],
            name=op.f("fk_attain_refresh_plan_last_import"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["set_by"],
            ["attain_person.id"],
            name=op.f("fk_attain_refresh_plan_set_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["site_id"],
            ["attain_site.id"],
            name=op.f("fk_attain_refresh_plan_site_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["work_id"],
            ["attain_section_assessment.id"],
            name=op.f("fk_attain_refresh_plan_work_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("work_id", name=op.f("pk_attain_refresh_plan")),
    )
    op.create_index(
        "ix_attain_refresh_plan_due",
        "attain_refresh_plan",
        ["next_at"],
        unique=False,
        sqlite_where=sa.text("active"),
        postgresql_where=sa.text("active"),
    )
    op.create_table(
        "attain_score_source",
        sa.Column("section_assessment_id", TEXT, nullable=False),
        sa.Column("student_id", TEXT, nullable=False),
        sa.Column("row_id", TEXT, nullable=False),
        sa.Column("import_id", TEXT, nullable=False),
        sa.Column("score_version", sa.Integer(), nullable=False),
        sa.Column("contributions", TEXT, nullable=False),
        sa.ForeignKeyConstraint(
            ["import_id"],
            ["attain_score_import.id"],
            name=op.f("fk_attain_score_source_import_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["section_assessment_id"],
            ["attain_section_assessment.id"],
            name=op.f("fk_attain_score_source_section_assessment_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["student_id"],
            ["attain_person.id"],
            name=op.f("fk_attain_score_source_student_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint(
            "section_assessment_id", "student_id", "row_id", name=op.f("pk_attain_score_source")
        ),
    )
    op.create_table(
        "attain_sync_item",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("run_id", TEXT, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("place", TEXT, nullable=False),
        sa.Column("folder", TEXT, nullable=False),
        sa.Column("slo_id", TEXT, nullable=False),
        sa.Column("slo_version", sa.Integer(), nullable=False),
        sa.Column("label", TEXT, nullable=False),
        sa.Column("step", TEXT, nullable=False),
        sa.Column("guid", TEXT, nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("content", TEXT, nullable=False),
        sa.Column("meanings", TEXT, nullable=False),
        sa.Column("before", TEXT, nullable=True),
        sa.Column("old_ref", TEXT, nullable=True),
        sa.Column("state", TEXT, nullable=False),
        sa.Column("reason", TEXT, nullable=False),
        sa.Column("outcome_ref", TEXT, nullable=True),
        sa.ForeignKeyConstraint(
            ["run_id"],
            ["attain_sync_run.id"],
            name=op.f("fk_attain_sync_item_run_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["slo_id"],
            ["attain_slo.id"],
            name=op.f("fk_attain_sync_item_slo_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attain_sync_item")),
    )
    op.create_index(
        op.f("ix_attain_sync_item_run_id_number"),
        "attain_sync_item",
        ["run_id", "number"],
        unique=False,
    )
    op.create_table(
        "attain_sync_upload",
        sa.Column("run_id", TEXT, nullable=False),
        sa.Column("place", TEXT, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("item_ids", TEXT, nullable=False),
        sa.Column("import_ref", TEXT, nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("settled", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["run_id"],
            ["attain_sync_run.id"],
            name=op.f("fk_attain_sync_upload_run_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("run_id", "place", "number", name=op.f("pk_attain_sync_upload")),
    )
