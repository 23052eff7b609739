"""Results of students kept beside the scores they are made of, and counts of them.

Both can be made again from the scores at any time; nothing else stands in them. No foreign
key but to the assessment in a section: what is derived holds on to nothing.
"""

from sqlalchemy import Index, Integer, LargeBinary

from adapters.outbound.persistence.columns import Choice, Json, Numbers
from adapters.outbound.persistence.tables.base import key, number_key, table, text, value, value_key
from domain.assessment import Purpose
from domain.kept_roll_up import RolledCell

slo_results = table(
    "slo_result", key("work_id", "section_assessment.id"), key("slo_id"),
    value("slo_version", Integer()), text("term_id"), text("course_id"), text("section_id"),
    value("purpose", Choice(Purpose)), value("levels", Json(tuple[str, ...])),
    value("students", Numbers()), value("reached", LargeBinary()), value("times", Numbers()),
    value("counted", Json(tuple[int, ...])),
)  # fmt: skip
Index(None, slo_results.c.slo_id, slo_results.c.term_id)
Index(None, slo_results.c.term_id)

slo_counts = table(
    "slo_count", key("term_id"), value_key("purpose", Choice(Purpose)), key("slo_id"),
    number_key("slo_version"), key("course_id"), text("section_id", optional=True),
    value("levels", Json(dict[str, int])), value("not_assessed", Integer()), text("mark"),
)  # fmt: skip
Index(None, slo_counts.c.slo_id)

roll_ups = table(
    "roll_up", key("term_id"), key("slo_id"), text("mark"),
    value("cells", Json(tuple[RolledCell, ...])),
)  # fmt: skip
