"""Files on their way in: by `upload.js` as the bare body of a request, or by a plain form."""

from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import unquote

from litestar import Response
from litestar.datastructures import UploadFile
from litestar.exceptions import HTTPException
from litestar.status_codes import HTTP_201_CREATED, HTTP_422_UNPROCESSABLE_ENTITY

from adapters.inbound.http.visit import AnyRequest
from application.errors import ApplicationError, Invalid
from application.ports.evidence_store import Blocks
from application.use_cases.evidence.add_evidence import AddFile, AddFileCommand
from application.viewers import Viewer
from domain.errors import DomainError
from domain.evidence import Evidence, EvidenceTarget

_BLOCK = 1 << 18
_PATIENCE = 300_000_000
"""So much of a refused file is heard out, in bytes, and thrown away."""
LARGEST_FORM = 1_000_000_000
"""Of all files of one plain form together; it is spooled to disk. Each file has its own limit."""
_CUT = "the connection was cut before the file was whole; send it again."


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file of a form that was not taken; the others were."""

    name: str
    why: str


async def add_streamed(
    request: AnyRequest, viewer: Viewer, target: EvidenceTarget, add_file: AddFile
) -> Response[dict[str, str]]:
    """Take the body itself for the file; name and description stand in headers.

    Names never stand in addresses, which end up in logs of proxies. The answer is 201, or 422
    with what is wrong as `detail`.
    """
    blocks = blocks_of(request)
    command = AddFileCommand(
        viewer,
        target,
        unquote(request.headers.get("x-file-name", "")),
        blocks,
        _declared(request),
        unquote(request.headers.get("x-description", "")),
    )
    try:
        made = await add_file(command)
    except Invalid as wrong:
        await _hear_out(blocks)
        return Response({"detail": wrong.cure}, status_code=HTTP_422_UNPROCESSABLE_ENTITY)
    told = {"id": made.id, "title": made.title, "scan": made.scan.value}
    return Response(told, status_code=HTTP_201_CREATED)


async def _hear_out(blocks: Blocks) -> None:
    """Read on for a while: browsers show no answer that comes while they are still sending."""
    heard = 0
    with suppress(Invalid):
        async for block in blocks:
            heard += len(block)
            if heard > _PATIENCE:
                return


async def add_sent(
    sent: Sequence[object],
    viewer: Viewer,
    target: EvidenceTarget,
    add_file: AddFile,
    description: str = "",
) -> tuple[list[Evidence], list[Refusal]]:
    """Take each file of a form by itself: one that is refused does not stop the others."""
    added: list[Evidence] = []
    refused: list[Refusal] = []
    for file in sent:
        if not isinstance(file, UploadFile) or not file.filename:
            continue
        command = AddFileCommand(
            viewer, target, file.filename, spooled(file), description=description
        )
        try:
            added.append(await add_file(command))
        except Invalid as wrong:
            refused.append(Refusal(file.filename, wrong.cure))
        except (ApplicationError, DomainError) as wrong:
            if wrong.slug == "not-found":
                raise
            refused.append(Refusal(file.filename, str(wrong)))
    return added, refused


async def blocks_of(request: AnyRequest) -> Blocks:
    """The body as it arrives. Raises: Invalid when it ends before its end."""
    try:
        async for block in request.stream():
            yield block
    except HTTPException as error:
        raise Invalid("file", _CUT) from error


async def spooled(file: UploadFile) -> AsyncIterator[bytes]:
    await file.seek(0)
    while block := await file.read(_BLOCK):
        yield block


def _declared(request: AnyRequest) -> int | None:
    length = request.headers.get("content-length", "")
    return int(length) if length.isascii() and length.isdecimal() else None
