"""Imports of scores from the LMS, what was read for them, and where scores came from.

`readings` keeps each reading whole, under the import and the assignment it belongs to,
`students` the students of the LMS course as they were then.
"""

from sqlalchemy import Boolean, Index, Integer
from sqlalchemy import text as sql

from adapters.outbound.persistence.columns import Choice, Json, UtcDateTime
from adapters.outbound.persistence.score_column import ScoreText
from adapters.outbound.persistence.tables.base import key, table, text, value
from domain.ids import LmsAssignmentRef
from domain.score_import.import_plan import ImportPolicy
from domain.score_import.import_run import ImportCounts, ImportState
from domain.score_import.placed_rubric import PlacedCriterion
from domain.score_import.reading import Reading
from domain.score_import.source import Contribution

imports = table(
    "score_import", key(), text("work_id", "section_assessment.id"), text("site_id", "site.id"),
    text("course_ref"), text("course_name"), text("requested_by", "person.id"),
    value("requested_at", UtcDateTime()), value("scheduled", Boolean()),
    value("state", Choice(ImportState)), text("reason"),
    value("assignments", Json(tuple[LmsAssignmentRef, ...])),
    value("policy", Choice(ImportPolicy)), value("counts", Json(ImportCounts)),
    text("job_id", optional=True), value("applied_at", UtcDateTime(), optional=True),
    value("version", Integer()),
)  # fmt: skip
# As text, so that query and index are worded alike on both databases.
WAITING = sql("state = 'waiting'")
Index(None, imports.c.work_id, imports.c.requested_at)
Index(
    "ix_attain_score_import_waiting", imports.c.id, sqlite_where=WAITING, postgresql_where=WAITING
)

readings = table(
    "reading", key("import_id", "score_import.id"), key("assignment_ref"),
    value("reading", Json(Reading)),
)  # fmt: skip

students = table(
    "import_student", key("import_id", "score_import.id"), key("ref"),
    text("sis_id", optional=True), text("login", optional=True), text("email", optional=True),
)  # fmt: skip

imported_cells = table(
    "imported_cell", key("import_id", "score_import.id"), key("student_id", "person.id"),
    key("row_id"), value("before", ScoreText()), value("score_version", Integer()),
)  # fmt: skip

score_sources = table(
    "score_source", key("section_assessment_id", "section_assessment.id"),
    key("student_id", "person.id"), key("row_id"), text("import_id", "score_import.id"),
    value("score_version", Integer()), value("contributions", Json(tuple[Contribution, ...])),
)  # fmt: skip

placed_rubrics = table(
    "placed_rubric", text("work_id", "section_assessment.id"), key("site_id", "site.id"),
    text("course_ref"), key("assignment_ref"), text("rubric_ref"),
    value("criteria", Json(tuple[PlacedCriterion, ...])), text("placed_by", "person.id"),
    value("placed_at", UtcDateTime()),
)  # fmt: skip

refresh_plans = table(
    "refresh_plan", key("work_id", "section_assessment.id"), text("site_id", "site.id"),
    text("course_ref"), text("course_name"),
    value("assignments", Json(tuple[LmsAssignmentRef, ...])),
    value("policy", Choice(ImportPolicy)), text("set_by", "person.id"),
    value("every_hours", Integer()), value("next_at", UtcDateTime()), value("active", Boolean()),
    text("last_import", "score_import.id", optional=True), value("version", Integer()),
)  # fmt: skip
ACTIVE = sql("active")
Index(
    "ix_attain_refresh_plan_due", refresh_plans.c.next_at,
    sqlite_where=ACTIVE, postgresql_where=ACTIVE,
)  # fmt: skip
