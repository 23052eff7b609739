"""Evidence: what is known of each file, link and LMS submission; files lie elsewhere."""

from sqlalchemy import BigInteger, Date, Index, Integer

from adapters.outbound.persistence.columns import Choice, UtcDateTime
from adapters.outbound.persistence.tables.base import key, table, text, value
from domain.evidence import EvidenceKind, EvidenceSource, EvidenceState, ScanState, TargetKind

evidence = table(
    "evidence", key(), value("kind", Choice(EvidenceKind)),
    value("target_kind", Choice(TargetKind)),
    text("work_id", "section_assessment.id", optional=True),
    text("student_id", "person.id", optional=True), text("action_plan_id", optional=True),
    text("assigned_dla_id", optional=True),
    text("owner_id", "person.id"), value("source", Choice(EvidenceSource)), text("title"),
    text("url"), text("description"), text("file_key"), text("media_type"),
    value("size", BigInteger()), text("digest"), value("scan", Choice(ScanState)),
    value("state", Choice(EvidenceState)), value("added_at", UtcDateTime()),
    value("keep_until", Date()), value("version", Integer()),
)  # fmt: skip
Index(None, evidence.c.work_id)
Index(None, evidence.c.student_id)
Index(None, evidence.c.action_plan_id)
Index(None, evidence.c.assigned_dla_id)
Index(None, evidence.c.keep_until)
