"""The guard in front of every unsafe method: it must come from a page of ours.

Another tool's frame in the same LMS page can post to us and the cookie goes along, so
neither cookie attribute nor partition protects. Signed launches say `signed_launch=True`;
API routes say `bearer=True`, and no cookie counts there (`bearer.py`).
"""

from litestar.connection import Request
from litestar.datastructures import UploadFile
from litestar.handlers import BaseRouteHandler

from adapters.inbound.http import csrf_tokens
from adapters.inbound.http.visit import AnyConnection, AnyRequest, visit_of
from application.errors import Forbidden

_SAFE = {"GET", "HEAD", "OPTIONS"}
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


async def check_origin_and_token(connection: AnyConnection, handler: BaseRouteHandler) -> None:
    """Raises Forbidden. The body is read only after the origin held."""
    if not isinstance(connection, Request) or connection.method in _SAFE:
        return
    if handler.opt.get("signed_launch") or handler.opt.get("bearer"):
        return
    visit = visit_of(connection)
    if not _is_ours(connection, visit.house.origin):
        raise Forbidden("This request did not come from a page of Attain.")
    if visit.signed_in is None:
        return
    if not csrf_tokens.holds(await _token(connection), visit.session.id):
        await _let_go(connection)
        raise Forbidden("The form's token is missing or old. Load the page again, then repeat.")


def _is_ours(connection: AnyConnection, origin: str) -> bool:
    site = connection.headers.get("sec-fetch-site")
    return site == "same-origin" if site else connection.headers.get("origin") == origin


async def _token(request: AnyRequest) -> str:
    if header := request.headers.get("x-csrf-token"):
        return header
    if not request.headers.get("content-type", "").startswith(_FORMS):
        return ""
    form = await request.form()
    return str(form.get("csrf", ""))


async def _let_go(request: AnyRequest) -> None:
    """Close what a refused form has uploaded; a form that was read is remembered."""
    if request.headers.get("content-type", "").startswith(_FORMS):
        for sent in (await request.form()).values():
            if isinstance(sent, UploadFile):
                await sent.close()
