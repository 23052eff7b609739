"""The page of a shared collection, for whoever has its address; nobody signs in for it."""

from dataclasses import dataclass
from datetime import datetime

from litestar import Response, get
from litestar.params import FromPath
from litestar.response import Stream

from adapters.inbound.http.disposition import attachment
from adapters.inbound.http.injection import Injected
from adapters.inbound.http.pages import page
from adapters.inbound.http.visit import Visit
from application.errors import NotFound
from application.queries.portfolio.item_files import OpenPublishedFile
from application.queries.portfolio.own_credentials import OwnCredentials
from application.queries.portfolio.portfolio_items import CollectionView
from application.queries.portfolio.published_collection import Published, ReadPublished
from domain.access import Right

JWT = "application/jwt"
_GONE = 410
_UNKNOWN = 404
_UNLISTED = {"X-Robots-Tag": "noindex, nofollow"}


@dataclass(frozen=True, slots=True)
class PublishedModel:
    """`until` and `base` are None and empty in the owner's preview."""

    view: CollectionView
    until: datetime | None = None
    base: str = ""
    """The path under which files and the signed record lie."""
    attested: bool = False
    """There is a signed record to be had."""


@dataclass(frozen=True, slots=True)
class EndedModel:
    known: bool
    """There was such a share once."""


@get("/p/{code:str}", right=Right.OPEN_TO_ALL, sync_to_thread=True)
def published(
    code: FromPath[str],
    visit: Injected[Visit],
    read_published: Injected[ReadPublished],
    own_credentials: Injected[OwnCredentials],
) -> Response[str]:
    """Expired, revoked and unknown addresses answer a plain page that names nobody."""
    try:
        found = read_published(code)
    except NotFound:
        return _unlisted(page(visit, "portfolio-ended.html", EndedModel(known=False), _UNKNOWN))
    if found is None:
        return _unlisted(page(visit, "portfolio-ended.html", EndedModel(known=True), _GONE))
    attested = own_credentials.attests(found.view.collection.owner_id, found.view.works)
    model = PublishedModel(found.view, found.until, f"/p/{code}", attested)
    return _unlisted(page(visit, "portfolio-published.html", model))


@get("/p/{code:str}/record.jwt", right=Right.OPEN_TO_ALL, sync_to_thread=True)
def published_record(
    code: FromPath[str],
    read_published: Injected[ReadPublished],
    own_credentials: Injected[OwnCredentials],
) -> Response[str]:
    """What the college attests of the results in the collection, signed."""
    view = standing(read_published(code)).view
    token = own_credentials.record(view.collection.owner_id, view.works)
    headers = {**_UNLISTED, "content-disposition": 'attachment; filename="learner-record.jwt"'}
    return Response(token, media_type=JWT, headers=headers)


@get("/p/{code:str}/files/{item_id:str}", right=Right.OPEN_TO_ALL, uncompressed=True)
async def published_file(
    code: FromPath[str],
    item_id: FromPath[str],
    open_published_file: Injected[OpenPublishedFile],
) -> Stream:
    """To be saved, never shown: whatever it is, it can do nothing here."""
    file, blocks = await open_published_file(code, item_id)
    headers = {
        **_UNLISTED,
        "Content-Disposition": attachment(file.name),
        "Content-Length": str(file.size),
        "Content-Security-Policy": "sandbox; default-src 'none'",
    }
    return Stream(blocks, media_type=file.media_type, headers=headers)


def standing(found: Published | None) -> Published:
    """Raises NotFound when the share is over."""
    if found is None:
        raise NotFound("A shared ePortfolio")
    return found


def _unlisted(answer: Response[str]) -> Response[str]:
    """No search engine may list it; the page says the same in its head."""
    answer.headers.update(_UNLISTED)
    return answer


ROUTES = (published, published_record, published_file)
