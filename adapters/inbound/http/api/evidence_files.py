"""Files that programs bring as evidence: the limits, the scan and the doors of the pages."""

from typing import Annotated

import msgspec
from litestar import Response
from litestar.datastructures import UploadFile
from litestar.params import FromPath, MultipartBody

from adapters.inbound.http.api.doors import ROOT, receiving
from adapters.inbound.http.api.evidence import EvidenceOut, evidence_out, work_target
from adapters.inbound.http.api.reading import made
from adapters.inbound.http.caller import Caller
from adapters.inbound.http.injection import Injected
from adapters.inbound.http.uploads import spooled
from application.errors import Invalid
from application.use_cases.evidence.add_evidence import AddFile, AddFileCommand
from domain.access import Right
from domain.evidence import EvidenceTarget
from domain.ids import ActionPlanId, SectionAssessmentId

_TAG = "Evidence"
Described = Annotated[str, msgspec.Meta(max_length=2_000, pattern=r"^[^\x00]*$")]
Id = Annotated[str, msgspec.Meta(max_length=200, pattern=r"^[^\x00-\x1f]*$")]


class FileIn(msgspec.Struct, frozen=True, rename="camel", forbid_unknown_fields=True):
    """A form with one file. What the content is decides about its kind, not its name."""

    file: UploadFile
    description: Described = ""


class WorkFileIn(FileIn, frozen=True, rename="camel", forbid_unknown_fields=True):
    """`studentId` left out: about the section as a whole, or a student's own result."""

    student_id: Id | None = None


@receiving("/section-assessments/{work_id:str}/evidence/files", _TAG, Right.SIGNED_IN)
async def add_file_to_work(
    work_id: FromPath[SectionAssessmentId],
    data: MultipartBody[WorkFileIn],
    caller: Injected[Caller],
    add_file: Injected[AddFile],
) -> Response[EvidenceOut]:
    """Bring a file as evidence. It opens once it is scanned, where files are."""
    return await file_added(caller, data, work_target(caller, work_id, data.student_id), add_file)


@receiving("/action-plans/{plan_id:str}/evidence/files", _TAG, Right.IMPROVE)
async def add_file_to_plan(
    plan_id: FromPath[ActionPlanId],
    data: MultipartBody[FileIn],
    caller: Injected[Caller],
    add_file: Injected[AddFile],
) -> Response[EvidenceOut]:
    """Bring a file as evidence of an action plan that one may see."""
    return await file_added(caller, data, EvidenceTarget.action_plan(plan_id), add_file)


async def file_added(
    caller: Caller, data: FileIn, target: EvidenceTarget, add_file: AddFile
) -> Response[EvidenceOut]:
    """Raises as `AddFile`; Invalid for a part that is no file."""
    name = data.file.filename
    if not name:
        raise Invalid("file", "give it a file name.")
    blocks = spooled(data.file)
    command = AddFileCommand(caller.viewer, target, name, blocks, description=data.description)
    evidence = await add_file(command)
    return made(f"{ROOT}/evidence/{evidence.id}", evidence_out(evidence))


ROUTES = (add_file_to_work, add_file_to_plan)
