"""Valid evidence, of which a test names only what it is about."""

from datetime import date
from typing import Any

from domain.evidence import (
    NO_FILE,
    Evidence,
    EvidenceKind,
    EvidenceSource,
    EvidenceState,
    EvidenceTarget,
    ScanState,
    StoredFile,
)
from domain.ids import EvidenceId, PersonId, SectionAssessmentId
from tests.stand_ins import NOON

WORK = SectionAssessmentId("work-essay")
ANA = PersonId("person-ana")
OF_ANA = EvidenceTarget.result(WORK, ANA)


def evidence(key: str = "draft", **changes: Any) -> Evidence:
    given: dict[str, Any] = {
        "id": EvidenceId(f"evidence-{key}"),
        "kind": EvidenceKind.FILE,
        "target": OF_ANA,
        "owner_id": ANA,
        "source": EvidenceSource.STUDENT,
        "title": f"{key}.pdf",
        "url": "",
        "description": "",
        "file": StoredFile(f"key-{key}", "application/pdf", 12, "d" * 64),
        "scan": ScanState.NOT_SCANNED,
        "state": EvidenceState.KEPT,
        "added_at": NOON,
        "keep_until": date(2032, 6, 30),
    }
    return Evidence(**{**given, **changes})


def a_link_as_evidence(key: str = "video", **changes: Any) -> Evidence:
    given = {"kind": EvidenceKind.LINK, "title": key, "url": f"https://example.edu/{key}"}
    return evidence(key, **{"file": NO_FILE, **given, **changes})
