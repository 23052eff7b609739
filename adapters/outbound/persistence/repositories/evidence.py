from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import Connection, bindparam

from adapters.outbound.persistence.tables import evidence as tables
from adapters.outbound.persistence.versioned import VersionedRecords
from application.ports.evidence_repositories import EvidenceRepository
from domain.evidence import (
    Evidence,
    EvidenceState,
    EvidenceTarget,
    ScanState,
    StoredFile,
    TargetKind,
)
from domain.ids import EvidenceId, PersonId, SectionAssessmentId


def _row(one: Evidence) -> tuple[Any, ...]:
    target, file = one.target, one.file
    return (
        one.id, one.kind, target.kind, target.work_id, target.student_id, target.action_plan_id,
        target.assigned_dla_id, one.owner_id, one.source, one.title, one.url, one.description,
        file.key, file.media_type, file.size, file.digest, one.scan, one.state, one.added_at,
        one.keep_until, one.version,
    )  # fmt: skip


def _evidence(*row: Any) -> Evidence:  # noqa: ANN401 a row by position
    values = [*row[:2], EvidenceTarget(*row[2:7]), *row[7:12], StoredFile(*row[12:16]), *row[16:]]
    return Evidence(*values)


EVIDENCE = VersionedRecords(tables.evidence, Evidence, row_of=_row, record_of=_evidence)
_C = EVIDENCE.c
_THERE = EVIDENCE.select.where(_C.state != EvidenceState.REMOVED).order_by(_C.added_at, _C.id)
_OF_TARGET = {
    TargetKind.RESULT: _THERE.where(
        _C.target_kind == TargetKind.RESULT,
        _C.work_id == bindparam("work_id"),
        _C.student_id == bindparam("student_id"),
    ),
    TargetKind.WORK: _THERE.where(
        _C.target_kind == TargetKind.WORK, _C.work_id == bindparam("work_id")
    ),
    TargetKind.ACTION_PLAN: _THERE.where(_C.action_plan_id == bindparam("action_plan_id")),
    TargetKind.DLA: _THERE.where(
        _C.assigned_dla_id == bindparam("assigned_dla_id"),
        _C.student_id == bindparam("student_id"),
    ),
}
_NAMES = {
    TargetKind.RESULT: ("work_id", "student_id"),
    TargetKind.WORK: ("work_id",),
    TargetKind.ACTION_PLAN: ("action_plan_id",),
    TargetKind.DLA: ("assigned_dla_id", "student_id"),
}
_OF_WORK = _THERE.where(_C.work_id == bindparam("work_id"))
_OF_STUDENT = _THERE.where(_C.student_id == bindparam("student_id"))
_AMONG = EVIDENCE.select.where(_C.id.in_(bindparam("among", expanding=True))).order_by(_C.id)
_STORED = EVIDENCE.select.where(_C.file_key != "").order_by(_C.id)
_WAITING = _STORED.where(_C.scan == ScanState.WAITING)
_PAST = (
    EVIDENCE.select.where(
        _C.keep_until < bindparam("day"), _C.state != EvidenceState.REMOVED
    ).order_by(_C.keep_until, _C.id)
)  # fmt: skip


class SqlEvidence(EvidenceRepository):
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, evidence_id: EvidenceId) -> Evidence:
        return EVIDENCE.get(self._connection, "This evidence", evidence_id)

    def among(self, evidence_ids: Iterable[EvidenceId]) -> list[Evidence]:
        return EVIDENCE.among(self._connection, _AMONG, evidence_ids)

    def save(self, evidence: Evidence) -> Evidence:
        return EVIDENCE.save(self._connection, evidence)

    def of_target(self, target: EvidenceTarget) -> list[Evidence]:
        named = {name: getattr(target, name) for name in _NAMES[target.kind]}
        return EVIDENCE.fetch(self._connection, _OF_TARGET[target.kind], **named)

    def of_work(self, work_id: SectionAssessmentId) -> list[Evidence]:
        return EVIDENCE.fetch(self._connection, _OF_WORK, work_id=work_id)

    def of_student(self, student_id: PersonId) -> list[Evidence]:
        return EVIDENCE.fetch(self._connection, _OF_STUDENT, student_id=student_id)

    def waiting(self) -> list[Evidence]:
        return EVIDENCE.fetch(self._connection, _WAITING)

    def past(self, day: date, limit: int | None = None) -> list[Evidence]:
        return EVIDENCE.fetch(self._connection, _PAST.limit(limit), day=day)

    def stored(self) -> list[Evidence]:
        return EVIDENCE.fetch(self._connection, _STORED)
