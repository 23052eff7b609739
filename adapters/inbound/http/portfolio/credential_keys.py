"""What anybody needs to check a credential: the college's profile, public keys, status lists."""

from litestar import Response, get
from litestar.params import FromPath

from adapters.inbound.http.injection import Injected
from adapters.inbound.http.portfolio.published import JWT
from application.queries.portfolio.published_keys import PublishedKeys
from application.queries.portfolio.status_lists import StatusLists
from domain.access import Right
from domain.ids import SigningKeyId

_FOR_AN_HOUR = {"Cache-Control": "public, max-age=3600", "Access-Control-Allow-Origin": "*"}
_FOR_A_WHILE = {**_FOR_AN_HOUR, "Cache-Control": "public, max-age=300"}
"""Wallets read keys from a page of their own; nothing here is anybody's secret."""


@get("/credentials/issuer", right=Right.OPEN_TO_ALL, sync_to_thread=True)
def issuer_profile(published_keys: Injected[PublishedKeys]) -> Response[str]:
    return _json(published_keys.profile(), "application/ld+json")


@get("/credentials/jwks.json", right=Right.OPEN_TO_ALL, sync_to_thread=True)
def key_set(published_keys: Injected[PublishedKeys]) -> Response[str]:
    return _json(published_keys.key_set(), "application/jwk-set+json")


@get("/credentials/keys/{key_id:str}", right=Right.OPEN_TO_ALL, sync_to_thread=True)
def one_key(key_id: FromPath[str], published_keys: Injected[PublishedKeys]) -> Response[str]:
    """The `kid` of every credential leads here."""
    return _json(published_keys.key(SigningKeyId(key_id)), "application/jwk+json")


@get("/credentials/status/{number:int}", right=Right.OPEN_TO_ALL, sync_to_thread=True)
def status_list(number: FromPath[int], status_lists: Injected[StatusLists]) -> Response[str]:
    """Whether credentials stand, by their places; `credentialStatus` of each leads here."""
    return Response(status_lists(number), media_type=JWT, headers=_FOR_A_WHILE)


def _json(text: str, media_type: str) -> Response[str]:
    return Response(text, media_type=media_type, headers=_FOR_AN_HOUR)


ROUTES = (issuer_profile, key_set, one_key, status_list)
