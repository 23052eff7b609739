"""A collection as others see it, and as it is taken away; the student's signed credentials."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

from litestar import Response, get
from litestar.params import FromPath
from litestar.response import Stream

from adapters.inbound.http.disposition import attachment
from adapters.inbound.http.injection import Injected
from adapters.inbound.http.pages import page
from adapters.inbound.http.portfolio.portfolio import PATH
from adapters.inbound.http.portfolio.portfolio_json import collection_json, file_name
from adapters.inbound.http.portfolio.published import JWT, PublishedModel
from adapters.inbound.http.visit import Visit
from adapters.inbound.http.zip_stream import ZipPart, whole, zip_stream
from application.errors import NotFound
from application.ports.runtime import Transact
from application.queries.portfolio.item_files import OpenItemFile
from application.queries.portfolio.own_credentials import CredentialLine, OwnCredentials
from application.queries.portfolio.portfolio_document import PrintCollection
from application.queries.portfolio.portfolio_export import CollectionExport, ExportCollection
from application.queries.portfolio.portfolio_pages import ReadCollection
from domain.access import Right
from domain.ids import CollectionId


@dataclass(frozen=True, slots=True)
class CredentialsModel:
    lines: tuple[CredentialLine, ...]
    signed: bool
    """The college has a key, so that they can be had as files."""


@get(f"{PATH}/{{collection_id:str}}/preview", right=Right.SEE_OWN_RESULTS, sync_to_thread=True)
def preview(
    collection_id: FromPath[str], visit: Injected[Visit], read_collection: Injected[ReadCollection]
) -> Response[str]:
    """Exactly what a visitor would see."""
    view = read_collection(visit.person_id, CollectionId(collection_id))
    return page(visit, "portfolio-preview.html", PublishedModel(view))


@get(f"{PATH}/{{collection_id:str}}/export.zip", right=Right.SEE_OWN_RESULTS)
async def export_zip(
    collection_id: FromPath[str],
    visit: Injected[Visit],
    export_collection: Injected[ExportCollection],
    open_item_file: Injected[OpenItemFile],
    transact: Injected[Transact],
) -> Stream:
    own = CollectionId(collection_id)
    made = await transact(lambda: export_collection(visit.person_id, own))
    collection = made.view.collection
    headers = {"content-disposition": attachment(f"{collection.title}.zip")}
    content = zip_stream(_parts(made, open_item_file), collection.changed_at)
    return Stream(content, media_type="application/zip", headers=headers)


@get(f"{PATH}/{{collection_id:str}}/export.pdf", right=Right.SEE_OWN_RESULTS, sync_to_thread=True)
def export_pdf(
    collection_id: FromPath[str],
    visit: Injected[Visit],
    print_collection: Injected[PrintCollection],
) -> Response[bytes]:
    made = print_collection(visit.person_id, CollectionId(collection_id), visit.house.rules())
    headers = {"content-disposition": attachment("portfolio.pdf")}
    return Response(made, media_type="application/pdf", headers=headers)


@get(f"{PATH}/credentials", right=Right.SEE_OWN_RESULTS, sync_to_thread=True)
def credentials(visit: Injected[Visit], own_credentials: Injected[OwnCredentials]) -> Response[str]:
    lines = own_credentials(visit.person_id)
    model = CredentialsModel(lines, own_credentials.attests(visit.person_id))
    return page(visit, "portfolio-credentials.html", model)


@get(f"{PATH}/credentials/{{number:str}}", right=Right.SEE_OWN_RESULTS, sync_to_thread=True)
def credential(
    number: FromPath[str], visit: Injected[Visit], own_credentials: Injected[OwnCredentials]
) -> Response[str]:
    """One Open Badges 3.0 credential; `record` is the CLR 2.0 of all of them."""
    if number == "record":
        return signed(own_credentials.record(visit.person_id), "learner-record.jwt")
    return signed(own_credentials.badge(visit.person_id, number), f"credential-{number}.jwt")


def signed(token: str, name: str) -> Response[str]:
    headers = {"content-disposition": attachment(name)}
    return Response(token, media_type=JWT, headers=headers)


async def _parts(made: CollectionExport, opened: OpenItemFile) -> AsyncIterator[ZipPart]:
    yield ZipPart("portfolio.json", whole(collection_json(made.view)))
    for number, token in made.badges.items():
        yield ZipPart(f"credentials/{number}.jwt", whole(token.encode()))
    if made.record:
        yield ZipPart("credentials/learner-record.jwt", whole(made.record.encode()))
    for place, view in enumerate(made.view.items, start=1):
        if view.file and view.is_there:
            try:
                blocks = await opened(view.file)
            except NotFound:
                continue  # the store has lost it; the rest is worth taking away
            yield ZipPart(file_name(view, place), blocks, packed=False)


ROUTES = (preview, export_zip, export_pdf, credentials, credential)
