"""Evidence that students hand in with a DLA. Links come with the DLA itself, files on their own."""

from litestar import Response
from litestar.params import FromPath, MultipartBody

from adapters.inbound.http.api.doors import reading, receiving
from adapters.inbound.http.api.evidence import EvidenceOut, evidence_out
from adapters.inbound.http.api.evidence_files import FileIn, file_added
from adapters.inbound.http.api.paging import PageAsked
from adapters.inbound.http.api.wire import Listed
from adapters.inbound.http.caller import Caller
from adapters.inbound.http.injection import Injected
from application.queries.evidence.evidence_records import EvidenceRecords
from application.use_cases.evidence.add_evidence import AddFile
from domain.access import Right
from domain.evidence import EvidenceTarget
from domain.ids import AssignedDlaId

_TAG = "Evidence"
_OF_DLA = "/assigned-dlas/{assigned_id:str}/evidence"


@reading(_OF_DLA, _TAG, Right.SIGNED_IN, 404)
def list_evidence_of_dla(
    assigned_id: FromPath[AssignedDlaId],
    caller: Injected[Caller],
    page_asked: Injected[PageAsked],
    evidence_records: Injected[EvidenceRecords],
) -> Response[Listed[EvidenceOut]]:
    """Of one's own DLA, or what a student of a section that one teaches handed in with it."""
    found = evidence_records.of_dla(caller.viewer, assigned_id, page_asked.turn)
    return page_asked.answer(found, evidence_out)


@receiving(f"{_OF_DLA}/files", _TAG, Right.SEE_OWN_RESULTS)
async def add_file_to_dla(
    assigned_id: FromPath[AssignedDlaId],
    data: MultipartBody[FileIn],
    caller: Injected[Caller],
    add_file: Injected[AddFile],
) -> Response[EvidenceOut]:
    """Attach a file to one's own DLA, which starts it. It goes with the next hand-in."""
    target = EvidenceTarget.dla(assigned_id, caller.person_id)
    return await file_added(caller, data, target, add_file)


ROUTES = (list_evidence_of_dla, add_file_to_dla)
