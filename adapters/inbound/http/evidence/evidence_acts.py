"""What can be done with one piece of evidence, from whichever page it is seen."""

from litestar import get, post
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect, Stream

from adapters.inbound.http.form_fields import FormBody, FormFields
from adapters.inbound.http.handed_out import handed_out
from adapters.inbound.http.injection import Injected
from adapters.inbound.http.pages import see_other
from adapters.inbound.http.visit import Visit
from application.use_cases.evidence.keep_evidence import (
    DescribeEvidence,
    DescribeEvidenceCommand,
    EvidenceCommand,
    RemoveEvidence,
    RetireEvidence,
)
from application.use_cases.evidence.open_evidence import OpenEvidence
from domain.access import Right
from domain.ids import EvidenceId


@get("/evidence/{evidence_id:str}/file", right=Right.SIGNED_IN, uncompressed=True)
async def evidence_file(
    evidence_id: FromPath[str], visit: Injected[Visit], open_evidence: Injected[OpenEvidence]
) -> Stream:
    opened = await open_evidence(visit.viewer, EvidenceId(evidence_id))
    return handed_out(opened)


@post("/evidence/{evidence_id:str}/describe", right=Right.SIGNED_IN, sync_to_thread=True)
def describe(
    data: URLEncodedBody[FormBody],
    evidence_id: FromPath[str],
    visit: Injected[Visit],
    describe_evidence: Injected[DescribeEvidence],
) -> Redirect:
    sent = FormFields(data)
    command = DescribeEvidenceCommand(
        visit.viewer, EvidenceId(evidence_id), sent.text("title"), sent.text("description")
    )
    describe_evidence(command)
    return _back(visit, sent)


@post("/evidence/{evidence_id:str}/retire", right=Right.SIGNED_IN, sync_to_thread=True)
def retire(
    data: URLEncodedBody[FormBody],
    evidence_id: FromPath[str],
    visit: Injected[Visit],
    retire_evidence: Injected[RetireEvidence],
) -> Redirect:
    retire_evidence(EvidenceCommand(visit.viewer, EvidenceId(evidence_id)))
    return _back(visit, FormFields(data))


@post("/evidence/{evidence_id:str}/restore", right=Right.SIGNED_IN, sync_to_thread=True)
def restore(
    data: URLEncodedBody[FormBody],
    evidence_id: FromPath[str],
    visit: Injected[Visit],
    retire_evidence: Injected[RetireEvidence],
) -> Redirect:
    retire_evidence.back(EvidenceCommand(visit.viewer, EvidenceId(evidence_id)))
    return _back(visit, FormFields(data))


@post("/evidence/{evidence_id:str}/remove", right=Right.SIGNED_IN)
async def remove(
    data: URLEncodedBody[FormBody],
    evidence_id: FromPath[str],
    visit: Injected[Visit],
    remove_evidence: Injected[RemoveEvidence],
) -> Redirect:
    await remove_evidence(EvidenceCommand(visit.viewer, EvidenceId(evidence_id)))
    return _back(visit, FormFields(data))


def _back(visit: Visit, sent: FormFields) -> Redirect:
    """To the page on which it was pressed: a path of ours, never an address."""
    wanted = sent.text("back")
    ours = wanted.startswith("/") and not wanted.startswith(("//", "/\\"))
    return see_other(visit, wanted if ours else "/")


ROUTES = (evidence_file, describe, retire, restore, remove)
