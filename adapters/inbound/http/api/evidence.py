"""Evidence: what there is, the files themselves, and links that programs bring."""

from datetime import date, datetime
from typing import Annotated, Literal

import msgspec
from litestar import Response
from litestar.params import FromPath, JSONBody
from litestar.response import Stream

from adapters.inbound.http.api.doors import ROOT, creating, handing_out, reading, replacing
from adapters.inbound.http.api.etags import IfMatch
from adapters.inbound.http.api.paging import PageAsked
from adapters.inbound.http.api.reading import made, with_etag
from adapters.inbound.http.api.wire import In, Line, Listed, Out, Short
from adapters.inbound.http.caller import Caller
from adapters.inbound.http.handed_out import handed_out
from adapters.inbound.http.injection import Injected
from application.queries.evidence.evidence_records import EvidenceRecords, own_target
from application.use_cases.evidence.add_evidence import AddLink, AddLinkCommand
from application.use_cases.evidence.keep_evidence import (
    DescribeEvidence,
    DescribeEvidenceCommand,
    EvidenceCommand,
    RetireEvidence,
)
from application.use_cases.evidence.open_evidence import OpenEvidence
from domain.access import Right
from domain.evidence import (
    Evidence,
    EvidenceKind,
    EvidenceSource,
    EvidenceState,
    EvidenceTarget,
    ScanState,
    TargetKind,
)
from domain.ids import ActionPlanId, EvidenceId, PersonId, SectionAssessmentId

_TAG, _RIGHT, _IMPROVE = "Evidence", Right.SIGNED_IN, Right.IMPROVE
_OF_WORK, _OF_PLAN = "/section-assessments/{work_id:str}/evidence", (
    "/action-plans/{plan_id:str}/evidence"
)  # fmt: skip
_ONE = "/evidence/{evidence_id:str}"


class EvidenceOut(Out, frozen=True):
    """`about` says which of the ids is given. Of a file `size` is in bytes and `sha256` in hex.

    A file can be opened while `openable`. `keepUntil` is the last day on which it is kept.
    """

    id: str
    kind: EvidenceKind
    about: TargetKind
    section_assessment_id: str | None
    student_id: str | None
    action_plan_id: str | None
    assigned_dla_id: str | None
    title: str
    url: str
    description: str
    media_type: str
    size: int
    sha256: str
    source: EvidenceSource
    owner_id: str
    added_at: datetime
    keep_until: date
    scan: ScanState
    state: EvidenceState
    openable: bool
    version: int


class LinkIn(In, frozen=True):
    """A web address, and what it is."""

    url: Line
    title: Annotated[str, msgspec.Meta(max_length=200, pattern=r"^[^\x00-\x1f]*$")] = ""
    description: Short = ""


class WorkLinkIn(LinkIn, frozen=True):
    """`studentId` left out: about the section as a whole, or a student's own result."""

    student_id: Line | None = None


class EvidenceWords(In, frozen=True):
    """A file keeps the extension that says what it is."""

    title: Line
    description: Short = ""


class EvidenceStateIn(In, frozen=True):
    """Retired, it is out of sight, and can come back until its last day."""

    state: Literal["kept", "retired"]


@reading(_OF_WORK, _TAG, _RIGHT, 404)
def list_evidence_of_work(
    work_id: FromPath[SectionAssessmentId],
    caller: Injected[Caller],
    page_asked: Injected[PageAsked],
    evidence_records: Injected[EvidenceRecords],
) -> Response[Listed[EvidenceOut]]:
    """Of a section that one teaches and of its students' results, or of one's own result."""
    found = evidence_records.of_work(caller.viewer, work_id, page_asked.turn)
    return page_asked.answer(found, evidence_out)


@reading(_OF_PLAN, _TAG, _IMPROVE, 404)
def list_evidence_of_plan(
    plan_id: FromPath[ActionPlanId],
    caller: Injected[Caller],
    page_asked: Injected[PageAsked],
    evidence_records: Injected[EvidenceRecords],
) -> Response[Listed[EvidenceOut]]:
    """Of an action plan that one may see."""
    found = evidence_records.of_plan(caller.viewer, plan_id, page_asked.turn)
    return page_asked.answer(found, evidence_out)


@reading(_ONE, _TAG, _RIGHT, 404)
def one_evidence(
    evidence_id: FromPath[EvidenceId],
    caller: Injected[Caller],
    evidence_records: Injected[EvidenceRecords],
) -> Response[EvidenceOut]:
    return with_etag(evidence_out(evidence_records.one(caller.viewer, evidence_id)))


@handing_out(f"{_ONE}/file", _TAG, _RIGHT)
async def evidence_file_of(
    evidence_id: FromPath[EvidenceId],
    caller: Injected[Caller],
    open_evidence: Injected[OpenEvidence],
) -> Stream:
    """The file itself; what is being scanned, was refused or removed is not there."""
    opened = await open_evidence(caller.viewer, evidence_id)
    return handed_out(opened)


@creating(_OF_WORK, _TAG, _RIGHT, 404, 409)
def add_link_to_work(
    work_id: FromPath[SectionAssessmentId],
    data: JSONBody[WorkLinkIn],
    caller: Injected[Caller],
    add_link: Injected[AddLink],
) -> Response[EvidenceOut]:
    """Note a web address as evidence."""
    return _added(caller, data, work_target(caller, work_id, data.student_id), add_link)


@creating(_OF_PLAN, _TAG, _IMPROVE, 404, 409)
def add_link_to_plan(
    plan_id: FromPath[ActionPlanId],
    data: JSONBody[LinkIn],
    caller: Injected[Caller],
    add_link: Injected[AddLink],
) -> Response[EvidenceOut]:
    return _added(caller, data, EvidenceTarget.action_plan(plan_id), add_link)


@replacing(_ONE, _TAG, _RIGHT)
def word_evidence(
    evidence_id: FromPath[EvidenceId],
    data: JSONBody[EvidenceWords],
    caller: Injected[Caller],
    if_match: Injected[IfMatch],
    evidence_records: Injected[EvidenceRecords],
    describe_evidence: Injected[DescribeEvidence],
) -> Response[EvidenceOut]:
    """Describe anew what one brought."""
    if_match.check(evidence_out(evidence_records.one(caller.viewer, evidence_id)))
    command = DescribeEvidenceCommand(caller.viewer, evidence_id, data.title, data.description)
    return with_etag(evidence_out(describe_evidence(command)))


@replacing(f"{_ONE}/state", _TAG, _RIGHT)
def move_evidence(
    evidence_id: FromPath[EvidenceId],
    data: JSONBody[EvidenceStateIn],
    caller: Injected[Caller],
    if_match: Injected[IfMatch],
    evidence_records: Injected[EvidenceRecords],
    retire_evidence: Injected[RetireEvidence],
) -> Response[EvidenceOut]:
    """Retire evidence, or take it back. `If-Match` names the state of the evidence."""
    if_match.check(evidence_out(evidence_records.one(caller.viewer, evidence_id)))
    move = retire_evidence if data.state == "retired" else retire_evidence.back
    return with_etag(evidence_out(move(EvidenceCommand(caller.viewer, evidence_id))))


def evidence_out(one: Evidence) -> EvidenceOut:
    about = one.target
    return EvidenceOut(
        id=one.id,
        kind=one.kind,
        about=about.kind,
        section_assessment_id=about.work_id,
        student_id=about.student_id,
        action_plan_id=about.action_plan_id,
        assigned_dla_id=about.assigned_dla_id,
        title=one.title,
        url=one.url,
        description=one.description,
        media_type=one.file.media_type,
        size=one.file.size,
        sha256=one.file.digest,
        source=one.source,
        owner_id=one.owner_id,
        added_at=one.added_at,
        keep_until=one.keep_until,
        scan=one.scan,
        state=one.state,
        openable=one.is_openable,
        version=one.version,
    )


def _added(
    caller: Caller, data: LinkIn, target: EvidenceTarget, add_link: AddLink
) -> Response[EvidenceOut]:
    command = AddLinkCommand(caller.viewer, target, data.url, data.title, data.description)
    evidence = add_link(command)
    return made(f"{ROOT}/evidence/{evidence.id}", evidence_out(evidence))


def work_target(
    caller: Caller, work_id: SectionAssessmentId, student_id: str | None
) -> EvidenceTarget:
    """The doors refuse what is not the caller's."""
    if student_id is not None:
        return EvidenceTarget.result(work_id, PersonId(student_id))
    if caller.may(Right.TEACH):
        return EvidenceTarget.work(work_id)
    return own_target(caller.viewer, work_id)


ROUTES = (
    list_evidence_of_work,
    list_evidence_of_plan,
    one_evidence,
    evidence_file_of,
    add_link_to_work,
    add_link_to_plan,
    word_evidence,
    move_evidence,
)
