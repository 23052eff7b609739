"""Links that students typed beside a DLA become links attached to it, as evidence.

What is with the teacher, or accepted, was handed in then. What is with the student is a draft of
today: the history keeps what was handed in before. They stay as long as evidence usually does.
"""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from alembic import op

from adapters.outbound.persistence.migrations.building import MOMENT, TEXT

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_HANDED_IN, _WITH_TEACHER = "handed in", {"handed in", "accepted"}
_KEPT = timedelta(days=2190)
_ASSIGNED = sa.table(
    "attain_assigned_dla",
    *(sa.column(name, TEXT) for name in ("id", "student_id", "state", "links", "steps")),
)
_EVIDENCE = sa.table(
    "attain_evidence",
    *(
        sa.column(name, TEXT)
        for name in (
            "id", "kind", "target_kind", "student_id", "assigned_dla_id", "owner_id", "source",
            "title", "url", "description", "file_key", "media_type", "digest", "scan", "state",
        )
    ),
    sa.column("size", sa.BigInteger()),
    sa.column("added_at", MOMENT),
    sa.column("keep_until", sa.Date()),
    sa.column("version", sa.Integer()),
)  # fmt: skip


def upgrade() -> None:
    connection = op.get_bind()
    found = connection.execute(sa.select(*_ASSIGNED.c).where(_ASSIGNED.c.links != "[]")).fetchall()
    rows = [row for one in found for row in _attached(*one)]
    if rows:
        connection.execute(sa.insert(_EVIDENCE), rows)
    op.drop_column("attain_assigned_dla", "links")


def _attached(
    assigned_id: str, student_id: str, state: str, links: str, steps: str
) -> Iterator[dict[str, Any]]:
    handed_in = [
        datetime.fromisoformat(step["at"])
        for step in json.loads(steps)
        if step["state"] == _HANDED_IN
    ]
    added_at = datetime.now(UTC)
    if state in _WITH_TEACHER and handed_in:
        added_at = max(handed_in).astimezone(UTC)
    for link in {one["address"]: one for one in json.loads(links)}.values():
        yield {
            "id": str(uuid4()),
            "kind": "link",
            "target_kind": "DLA",
            "student_id": student_id,
            "assigned_dla_id": assigned_id,
            "owner_id": student_id,
            "source": "student",
            "title": (link.get("label") or link["address"])[:200],
            "url": link["address"],
            "description": "",
            "file_key": "",
            "media_type": "",
            "digest": "",
            "scan": "not scanned",
            "state": "kept",
            "size": 0,
            "added_at": added_at,
            "keep_until": (added_at + _KEPT).date(),
            "version": 1,
        }
