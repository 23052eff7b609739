"""Canvas' REST API for one person at one site: token, paging, decoding."""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import httpx
from msgspec import DecodeError
from msgspec.json import Decoder

from adapters.outbound.canvas.addresses import same_origin
from adapters.outbound.canvas.errors import error_from, place, token_refused
from adapters.outbound.canvas.throttle import Throttle
from adapters.outbound.canvas.transport import Wire
from application.errors import LmsSpokeNonsense
from application.ports.lms_plugin import TokenSource

T = TypeVar("T")
Params = Sequence[tuple[str, str]]
_PER_PAGE = ("per_page", "100")


@dataclass(slots=True, eq=False, repr=False)
class CanvasClient:
    """Calls relative to `origin`; paths begin with a slash and follow `/api/v1`."""

    wire: Wire
    origin: str
    tokens: TokenSource
    throttle: Throttle

    async def read(self, path: str, decoder: Decoder[T], params: Params = ()) -> T:
        return decoded(await self._get(self._url(path, params)), decoder)

    async def pages(
        self, path: str, decoder: Decoder[list[T]], params: Params = ()
    ) -> AsyncIterator[T]:
        """Every item of a list. Pages may be short, and only `Link` tells the last one."""
        url = self._url(path, (*params, _PER_PAGE))
        for _ in range(self.wire.settings.page_cap):
            response = await self._get(url)
            for item in decoded(response, decoder):
                yield item
            following = response.links.get("next")
            if following is None:
                return
            url = self._next(response, following["url"])
        raise LmsSpokeNonsense(f"A list of Canvas does not end (GET {url.path}).")

    async def write(
        self, method: str, path: str, form: Mapping[str, str], decoder: Decoder[T]
    ) -> T:
        """PUT or POST a form; never repeated but when throttled or with a renewed token."""
        url = self._url(path, ())
        return decoded(await self._call(method, url, form), decoder)

    async def _get(self, url: httpx.URL) -> httpx.Response:
        return await self._call("GET", url, None)

    async def _call(
        self, method: str, url: httpx.URL, form: Mapping[str, str] | None
    ) -> httpx.Response:
        """One call; a refused token is renewed once, so a token that stays refused ends it."""
        token = await self.tokens.token()
        response = await self._send(method, url, form, token)
        if token_refused(response):
            token = await self.tokens.renewed(token)
            response = await self._send(method, url, form, token)
        if not response.is_success:
            raise error_from(response)
        return response

    async def _send(
        self, method: str, url: httpx.URL, form: Mapping[str, str] | None, token: str
    ) -> httpx.Response:
        request = self.wire.http.build_request(
            method, url, data=form, headers={"Authorization": f"Bearer {token}"}
        )
        return await self.wire.exchange(request, self.throttle, repeatable=method == "GET")

    def _url(self, path: str, params: Params) -> httpx.URL:
        url = httpx.URL(f"{self.origin}/api/v1{path}")
        return url.copy_merge_params(list(params)) if params else url

    def _next(self, response: httpx.Response, link: str) -> httpx.URL:
        """The next page, as it is. To another origin the token must not travel.

        Behind a proxy Canvas may write another scheme or host into its links; then the list
        cannot be read to its end, and half a list would be worse than none.
        """
        url = httpx.URL(link)
        if not same_origin(url, self.origin):
            raise LmsSpokeNonsense(f"The next page lies at another address ({place(response)}).")
        return url


def decoded(response: httpx.Response, decoder: Decoder[T]) -> T:
    """Raises LmsSpokeNonsense for a body that is no JSON or not of this shape."""
    try:
        return decoder.decode(response.content)
    except (DecodeError, UnicodeDecodeError) as error:
        raise LmsSpokeNonsense(f"Canvas' answer does not decode ({place(response)}).") from error
