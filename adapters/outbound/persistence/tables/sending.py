"""Links to LMS assignments, and grades on their way there."""

from sqlalchemy import Boolean, Index, Integer

from adapters.outbound.persistence.columns import Choice, ExactDecimal, Json, UtcDateTime
from adapters.outbound.persistence.tables.base import key, number_key, table, text, value
from domain.delivery import DeliveryState, GradeSource, SendState
from domain.ids import DeliveryId

links = table(
    "link", key(), text("platform"), text("context_id"), text("resource_link_id"),
    text("section_assessment_id", "section_assessment.id"), text("section_id", "section.id"),
    text("site_id", "site.id", optional=True), text("course_ref", optional=True),
    text("assignment_ref", optional=True), text("title"),
    value("points_possible", ExactDecimal(), optional=True), text("linked_by", "person.id"),
    value("linked_at", UtcDateTime()), value("unlinked_at", UtcDateTime(), optional=True),
    value("version", Integer()),
)  # fmt: skip
_ACTIVE = links.c.unlinked_at.is_(None)
Index(
    "uq_attain_link_active", links.c.platform, links.c.context_id, links.c.resource_link_id,
    links.c.section_id, unique=True, sqlite_where=_ACTIVE, postgresql_where=_ACTIVE,
)  # fmt: skip
Index(None, links.c.section_assessment_id)
Index(None, links.c.section_id)

context_choices = table(
    "context_choice", key("platform"), key("context_id"), key("person_id", "person.id"),
    text("section_id", "section.id"), value("chosen_at", UtcDateTime()),
)  # fmt: skip

sends = table(
    "send", key(), text("link_id", "link.id"), text("requested_by", "person.id"),
    value("requested_at", UtcDateTime()), value("state", Choice(SendState)), text("reason"),
    text("job_id", optional=True), value("finished_at", UtcDateTime(), optional=True),
    value("version", Integer()),
)  # fmt: skip
UNFINISHED = sends.c.state.not_in([SendState.DONE, SendState.STOPPED])
Index(
    "uq_attain_send_unfinished", sends.c.link_id, unique=True,
    sqlite_where=UNFINISHED, postgresql_where=UNFINISHED,
)  # fmt: skip
Index(None, sends.c.link_id)

deliveries = table(
    "delivery", key(), text("send_id", "send.id"), text("link_id", "link.id"),
    text("student_id", "person.id"), text("user_ref", optional=True),
    value("grade", ExactDecimal()), value("source", Choice(GradeSource)),
    value("state", Choice(DeliveryState)), text("reason"),
    value("expected_before", ExactDecimal(), optional=True), value("confirmed", Boolean()),
    value("read_back", ExactDecimal(), optional=True),
    value("settled_at", UtcDateTime(), optional=True), value("version", Integer()),
)  # fmt: skip
Index(None, deliveries.c.send_id)
Index(None, deliveries.c.link_id, deliveries.c.state)

bulk_posts = table(
    "bulk_post", key("send_id", "send.id"), number_key("number"),
    value("delivery_ids", Json(tuple[DeliveryId, ...])), text("progress_ref"),
    value("settled", Boolean()),
)  # fmt: skip
