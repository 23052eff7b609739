"""What anybody needs to check a credential: the college's profile and its public keys."""

from litestar import Response, get
from litestar.params import FromPath

from adapters.inbound.http.injection import Injected
from application.queries.published_keys import PublishedKeys
from domain.access import Right
from domain.ids import SigningKeyId

_FOR_AN_HOUR = {"Cache-Control": "public, max-age=3600", "Access-Control-Allow-Origin": "*"}
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


def _json(text: str, media_type: str) -> Response[str]:
    return Response(text, media_type=media_type, headers=_FOR_AN_HOUR)


ROUTES = (issuer_profile, key_set, one_key)
